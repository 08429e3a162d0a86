"""The công văn that ask units for something: what they say, and which units get one and the same (D1, D12, F23)."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select

from database import documents, visits
from database.dossier import Dossier
from database.list_due import due_of_list, rule_to_tell
from database.models import AnswerRow, DocumentRow, LetterRow, StepRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.letters_and_documents import Purpose
from domain.obligation import Kind, Obligation
from domain.state import DocumentState, VisitState
from domain.taking_up import Way
from papers.issued_plan import list_due_said

_AT_ONCE = 50
#: What the units are asked for.
_ANSWERS = (AnswerKind.NOMINATIONS, AnswerKind.SELF_REPORT)


def facts_of_request(dossier: Dossier, kind: str) -> dict[str, object]:
    """The facts of D1 or D12 as they stand now; `boards` are all whom that công văn is addressed to."""
    boards = [dossier.plan.unit(row.unit).standing_board for row in asked_alike(dossier, kind)]
    if kind == Purpose.YEAR_END_REQUEST:
        return {"due": dossier.plan.self_supervising.due, "boards": boards}
    due = due_of_list(dossier, rule_to_tell(dossier))
    return {
        "due": due.day, "tight": due.tight, "first_in_time": due.first_in_time,
        "instead_of": _instead_of(dossier, due.day), "boards": boards,
    }  # fmt: skip


def asked_alike(dossier: Dossier, kind: str) -> Sequence[VisitRow]:
    """The rows of all units that get this công văn, in the plan's order: one number for all of them.

    Once it is issued, those that have its number; before, those that were to be asked on the same day for the same,
    and that nobody has asked yet. Units that may not send personal data are told so in a công văn of their own.
    """
    row = dossier.document(kind)
    if row is not None and row.state == DocumentState.ISSUED:
        return _with_number(dossier, row)
    return list(_to_be_asked(dossier, kind))


def first_asked_alike(dossier: Dossier, kind: str) -> VisitRow:
    """The first of them before it is issued, whom the clerk is asked about; the others are not read.

    One whose run stands still asks nobody and holds up nobody; it gets the same number when that is issued.
    """
    own = dossier.visit.id
    return next(one for one in _to_be_asked(dossier, kind) if one.id == own or one.trouble is None)


def first_left_out(dossier: Dossier, kind: str) -> VisitRow | None:
    """Once it is issued: the first of those who waited along and did not get its number, for their text is another."""
    own = dossier.visit.id
    return next((one for one in _to_be_asked(dossier, kind) if one.id != own and one.trouble is None), None)


def _to_be_asked(dossier: Dossier, kind: str) -> Iterator[VisitRow]:
    visit, plan = dossier.visit, dossier.plan
    together = (
        VisitRow.kind == visit.kind, VisitRow.year == visit.year, VisitRow.month == visit.month,
        VisitRow.opens_on == visit.opens_on,
    )  # fmt: skip
    query = select(VisitRow).where(*together, or_(VisitRow.id == visit.id, _waits_to_be_asked(kind)))
    query = query.order_by(VisitRow.id).execution_options(yield_per=_AT_ONCE)
    with closing(dossier.session.scalars(query)) as rows:
        for one in rows:
            if plan.unit(one.unit).restricted == dossier.unit.restricted:
                yield one


def _with_number(dossier: Dossier, row: DocumentRow) -> Sequence[VisitRow]:
    query = select(VisitRow).join(DocumentRow, DocumentRow.visit_id == VisitRow.id)
    query = query.where(
        DocumentRow.kind == row.kind, DocumentRow.organ_code == row.organ_code, DocumentRow.type_code == row.type_code,
        DocumentRow.term == row.term, DocumentRow.number == row.number,
    )  # fmt: skip
    return dossier.session.scalars(query.order_by(VisitRow.id)).all()


def _waits_to_be_asked(kind: str) -> ColumnElement[bool]:
    """A unit of which nothing has come, and whom nobody has asked before, by this service or on paper."""
    return (
        VisitRow.state.in_((VisitState.OPEN, VisitState.PLANNED))
        & or_(VisitRow.taken_up.is_(None), VisitRow.taken_up == Way.OPEN)
        & ~exists().where(StepRow.visit_id == VisitRow.id, StepRow.step == 1)
        & ~exists().where(LetterRow.visit_id == VisitRow.id, LetterRow.purpose == kind)
        & ~exists().where(AnswerRow.visit_id == VisitRow.id, AnswerRow.kind.in_(_ANSWERS))
        & ~exists().where(
            DocumentRow.visit_id == VisitRow.id, DocumentRow.kind == kind, DocumentRow.state == DocumentState.ISSUED
        )
    )


def _instead_of(dossier: Dossier, due: date) -> date | None:
    """The day that stands in the issued plan, where the request goes out so late that it says another one."""
    session, visit = dossier.session, dossier.visit
    plan = visits.of(session, Obligation(Kind.PLAN, visit.year))
    issued = documents.latest_issued(session, plan.id, Purpose.ANNUAL_PLAN) if plan else None
    said = list_due_said(issued.body, visit.month, dossier.unit.name) if issued else None
    return said if said != due else None
