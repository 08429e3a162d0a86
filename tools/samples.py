"""Collects one sample of every document from a year that was rehearsed: Word, PDF and a picture of each page.

`python -m tools.samples HOME YEAR FOLDER`, where HOME is the folder of the rehearsal; `make samples` does it for a year
of three levels and for one of two.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import for_rehearsal, use
from database import documents, plans
from database.engine import reading
from database.models import DocumentRow, LetterRow
from domain.letters_and_documents import DOCUMENTS, Purpose
from domain.plan import Plan
from domain.state import DocumentState, LetterState
from letters.wording import write_paper
from papers.files import drawn

#: Letters and lines are black: grey pictures say as much, and are small.
_DRAW = ("pdftoppm", "-png", "-gray", "-r", "65")
#: Letters that bring more files than their document, and whose sample is the first one that went out.
_LETTERS = (
    Purpose.NOMINATION_REQUEST, Purpose.INVITATION, Purpose.YEAR_END_REQUEST,
)  # fmt: skip
_ISSUED = (
    Purpose.ANNUAL_PLAN,
    Purpose.SELECTION_NOTICE,
    Purpose.GROUP_REPORT,
    Purpose.RESULT_NOTICE,
    Purpose.ANNUAL_REPORT,
)


def samples(session: Session, year: int) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Every document of that year by its id and name, with its files by ending."""
    for purpose in _LETTERS:
        yield _name(purpose), _sent(session, purpose)
    for kind in _ISSUED:
        yield _name(kind), _kept(session, kind)
    plan, _contacts = plans.read(session, year)
    yield _name("self_report"), _form_of_report(plan)


def _name(purpose: str) -> str:
    """`D10_thong-bao_ket-qua`: sorted as the table of documents is (1.12)."""
    kind = DOCUMENTS[purpose]
    return f"{kind.id}_{kind.type_code}-{kind.file_word}"


def _sent(session: Session, purpose: str) -> dict[str, bytes]:
    """The files of the first letter of that kind, as they went out, the Excel form among them."""
    query = (
        select(LetterRow)
        .where(LetterRow.purpose == purpose, LetterRow.state == LetterState.SENT)
        .order_by(LetterRow.id)
    )
    letter = session.scalars(query).first()
    assert letter is not None, f"the rehearsal sends a {purpose}"
    # Of two Word files the first one is the document, the other one a form beside it.
    parts = reversed(list(message_from_bytes(letter.raw, policy=default).iter_attachments()))
    return {str(part.get_filename()).rpartition(".")[2]: bytes(part.get_payload(decode=True)) for part in parts}


def _kept(session: Session, kind: str) -> dict[str, bytes]:
    """The files of the first document of that kind, as they were kept when it was issued or approved."""
    query = select(DocumentRow).where(
        DocumentRow.kind == kind, DocumentRow.state.in_((DocumentState.ISSUED, DocumentState.APPROVED))
    )
    row = session.scalars(query.order_by(DocumentRow.id)).first()
    assert row is not None, f"the rehearsal issues a {kind}"
    return {form: file.content for form, file in documents.files(session, row).items()}


def _form_of_report(plan: Plan) -> dict[str, bytes]:
    """The form that a unit fills in for its report; it goes out as a Word file beside the request."""
    unit = plan.unit(plan.self_supervising.units[0])
    facts = {
        "plan": plan, "unit": unit, "today": plan.issued, "visit": f"{plan.year}/{unit.code}",
        "month_year": f"{plan.year}", "due": plan.self_supervising.due,
    }  # fmt: skip
    paper = write_paper("self_report", facts)
    return {form: content for form, (_, content) in drawn("self_report", str(facts["visit"]), paper).items()}


def write(home: Path, year: int, folder: Path) -> None:
    """Write all samples of that year into the folder, in the place of those that are there."""
    if shutil.which(_DRAW[0]) is None:
        sys.exit("cần pdftoppm (gói poppler-utils) để vẽ các trang")
    chosen = use(for_rehearsal(home))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with reading(chosen.database) as session:
        for name, files in samples(session, year):
            for ending, content in files.items():
                (folder / f"{name}.{ending}").write_bytes(content)
            subprocess.run([*_DRAW, f"{folder / name}.pdf", f"{folder / name}"], check=True)
            print(folder / name)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
