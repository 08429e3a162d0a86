"""A document that goes out once it has a number: from the clerk, or from the blocks set aside for the service (F23).

No leader approves these one by one: the công văn that ask (D1, D12), and the invitations (D6).
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from answers.issuing import issue_from_block
from config.settings import settings
from database import numbers
from database.dossier import Dossier
from database.models import DocumentRow
from domain.letters_and_documents import BY_NAME, JOINT
from domain.outcome import Waiting
from domain.state import DocumentState
from domain.wait import Wait
from papers.drafts import draw_up
from papers.requests import first_asked_alike
from tasks.asking.issuing import first_asked
from tasks.asking.reminding import ask_staff


def numbered(
    dossier: Dossier, kind: str, wait: Wait, detail: Callable[[], str], told: datetime | None = None
) -> DocumentRow | Waiting:
    """The issued document of that kind, drawn up and numbered now if it can be; else what is waited for.

    `detail` tells the clerk what it is about, in words that are made only where he is asked; `told` is when what it
    says was told last, if anybody told it: about later drafts, whose words alone differ, he is not asked anew. Of
    several units that get one công văn the first one asks the clerk, once for all; the others wait along, draw up
    nothing, and look again each day whether the first is still there.
    """
    known = dossier.document(kind)
    if kind in JOINT and (known is None or known.state != DocumentState.ISSUED):
        first = first_asked_alike(dossier, kind)
        if first.id != dossier.visit.id:
            return Waiting(wait, dossier.today + timedelta(days=1), f"chung công văn với {first.key}")
    row = draw_up(dossier, kind)
    if row.state == DocumentState.ISSUED or issue_from_block(dossier, row):
        return row
    document = next(purpose.document for purpose in BY_NAME.values() if purpose == kind)
    assert document is not None, "it has a name"
    following = _ask(dossier, row, wait, document.called, f"{detail()}{_used_up(dossier, row)}", told)
    return Waiting(wait, following, "văn thư lấy số và ngày")


def _ask(
    dossier: Dossier, row: DocumentRow, wait: Wait, called: str, detail: str, told: datetime | None
) -> date | None:
    paper = next(name for name, purpose in BY_NAME.items() if purpose == row.kind)
    return ask_staff(
        dossier, wait, f"{paper}:{first_asked(dossier, row, told)}", settings().ladders.issue_within,
        task=f"Phát hành {called}", detail=detail,
        command=f'visits issue {dossier.visit.key} {paper} --number … --date … --by "…"',
    )  # fmt: skip


def _used_up(dossier: Dossier, row: DocumentRow) -> str:
    """Why a person is asked where the office numbers by blocks."""
    if row.type_code not in settings().numbering.from_blocks:
        return ""
    if numbers.next_of_block(dossier.session, numbers.series_of(row)) is None:
        return f"\nKhối số {row.type_code} dành cho dịch vụ đã hết; dành khối mới: visits numbers set-aside."
    return "\nKiểm tra văn bản có điểm chưa đạt, nên dịch vụ không tự lấy số."
