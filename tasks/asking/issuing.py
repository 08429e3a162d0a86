"""Waits until a leader has approved a document and a clerk has issued it, in this order (2.4, F23)."""

from dataclasses import dataclass
from datetime import datetime

from config.settings import settings
from database import documents
from database.dossier import Dossier
from database.models import DocumentRow
from domain.dates import short_date
from domain.outcome import Waiting
from domain.state import DocumentState
from domain.wait import Wait
from tasks.asking.reminding import ask_staff


@dataclass(frozen=True)
class Issuing:
    """How people call the document, and what its run waits for."""

    paper: str  #: what they type: `result`, `summary`
    name: str  #: `thông báo kết quả`
    detail: str  #: what the letter to staff says of it, without its revision
    origin: str  #: what it was drawn from: `từ báo cáo của Tổ công tác do … duyệt`
    approval: Wait  #: for the leader
    issue: Wait  #: for the clerk
    told: datetime | None  #: when what it says was told last; drafts since then differ in their words alone


def wait_for_issue_of(dossier: Dossier, row: DocumentRow, how: Issuing) -> Waiting | None:
    """What the document still waits for; None once it is issued."""
    if row.state == DocumentState.ISSUED:
        return None
    ladders = settings().ladders
    if row.state == DocumentState.APPROVED:
        wait, verb, job, within = how.issue, "issue", "Phát hành", ladders.issue_within
        assert row.approved_at is not None, "it is approved"
        origin = f"do {row.approved_by} duyệt ngày {short_date(row.approved_at.date())}"
    else:
        wait, verb, job, within = how.approval, "approve", "Duyệt", ladders.approve_within
        origin = f"{how.origin}, soạn ngày {short_date(row.drafted_at.date())}"
    number = " --number … --date …" if verb == "issue" else ""
    following = ask_staff(
        dossier, wait, f"{how.paper}:{verb}:{first_asked(dossier, row, how.told)}", within,
        task=f"{job} {how.name}",
        detail=f"{how.detail}, bản {row.revision}, {origin}.",
        command=f'visits {verb} {dossier.visit.key} {how.paper}{number} --by "…"',
    )  # fmt: skip
    return Waiting(wait, following, f"bản {row.revision}")


def first_asked(dossier: Dossier, row: DocumentRow, told: datetime | None) -> int:
    """The revision by whose number people were asked about this draft: the first one since `told` with no answer yet.

    An update of the service may change the words of a draft that waits; whoever was asked about it is not asked twice.
    What was approved, returned or issued is answered: for another draft after it people are asked anew.
    """
    first = row.revision
    for earlier in reversed(documents.of_visit(dossier.session, dossier.visit.id)):
        if earlier.kind != row.kind or earlier.revision >= first:
            continue
        if earlier.approved_at or earlier.returned_at or earlier.issued_on or (told and earlier.drafted_at < told):
            break
        first = earlier.revision
    return first
