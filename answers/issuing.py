"""A document gets its number: for each unit that it goes to, with its files and its line in the record (F22, F23)."""

from datetime import date

from config.settings import settings
from database import audit, documents, numbers, outbox, visits
from database.dossier import Dossier
from database.list_due import tell_day
from database.models import DocumentRow
from domain.dates import short_date
from domain.letters_and_documents import JOINT, Purpose
from domain.problem import Refused
from domain.state import DocumentState
from papers import files
from papers.checks import faults_of
from papers.drafts import current_paper, others_alike
from papers.requests import first_left_out


def issue_for_all(
    dossier: Dossier, row: DocumentRow, number: int, issued_on: date, by: str, signed: bytes | None = None
) -> None:
    """Issue that draft, and the same công văn for every other unit that it asks for the same (D1, D12, F22).

    `row` has its marks already; `Refused` when the number is not free.
    """
    others = [(other, _draft(other, row.kind)) for other in others_alike(dossier, row)]
    if row.kind == Purpose.NOMINATION_REQUEST:  # its text says the day, so that the day is told from now on
        for one in (dossier, *(other for other, _theirs in others)):
            tell_day(one)
    documents.issue(dossier.session, row, number, issued_on, by)
    for _other, theirs in others:  # all before any file is drawn: it names everybody who has the number
        documents.issue_alike(dossier.session, theirs, row)
    files.keep(dossier, row, signed)
    _note(dossier, row, by, "")
    for other, theirs in others:
        files.keep_alike(other, theirs, row)
        _note(other, theirs, by, f", cùng công văn với {dossier.visit.key}")
        visits.ask_to_wake(other.session, other.visit.id)
    if row.kind in JOINT and (left := first_left_out(dossier, row.kind)):  # and so on, one after another, on this day
        visits.ask_to_wake(dossier.session, left.id)


def issue_from_block(dossier: Dossier, row: DocumentRow) -> bool:
    """Give the draft the next number that the clerk has set aside for the service, today; False where a person must.

    That is: the office has not asked for it (`VISITS_NUMBERING__FROM_BLOCKS`), the blocks are used up, or something
    about the document should be put right first. The record says whose block it was (F22, F23).
    """
    if row.state != DocumentState.DRAFT or row.type_code not in settings().numbering.from_blocks:
        return False
    free = numbers.next_of_block(dossier.session, numbers.series_of(row))
    if free is None or faults_of(dossier, row.kind, current_paper(dossier, row.kind)):
        return False
    by = f"{audit.SYSTEM}, theo khối số {free.by} dành ngày {short_date(free.at.date())}"
    try:
        issue_for_all(dossier, row, free.number, dossier.today, by)
    except Refused:  # somebody took it this moment: a person sees what is left
        return False
    return True


def _draft(dossier: Dossier, kind: str) -> DocumentRow:
    row = dossier.document(kind)
    assert row is not None, "it was drawn up just now"
    return row


def _note(dossier: Dossier, row: DocumentRow, by: str, further: str) -> None:
    if row.secrecy:  # whatever was written before and has not gone
        outbox.withhold(dossier.session, dossier.visit.id)
    audit.note(dossier.session, by, f"cấp số {row.symbol}{further}", dossier.visit.id, hash=row.content_hash)
