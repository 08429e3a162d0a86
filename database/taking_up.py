"""What lies behind when the service takes a plan up: held back until a person has said what became of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import settings
from database import answers, calendars, clock, documents, numbers, stored, visits
from database.models import DocumentRow, NumberRow, VisitRow
from domain.dates import at, short_date
from domain.obligation import Kind
from domain.plan import Plan
from domain.state import DocumentState, NumberState, VisitState
from domain.taking_up import Issued, TakenUp, why_ask
from domain.wait import Wait

#: The kind of the answer that says what became of it.
TAKEN_UP = "taken_up"
#: The hour that stands for a paper of which only the day is known.
HOUR = 8


def hold_back(session: Session, plan: Plan, when: str) -> list[str]:
    """Ask about everything of that year whose time is behind, and take back questions that the plan has answered.

    `when` ends the sentence (`khi nạp kế hoạch`). Returns the keys that are asked about now and were not before.
    What a person has decided already is left alone.
    """
    today, year = clock.now(session).date(), plan.year
    calendar, grace = calendars.working(session, (year - 1, year, year + 1)), settings().planning.open_late_days
    rows = visits.lock(
        session, VisitRow.year == year, VisitRow.state.in_((VisitState.PLANNED, VisitState.UNDECIDED)),
        VisitRow.taken_up.is_(None), VisitRow.kind != Kind.FOLLOW_UP,
    )  # fmt: skip
    held = []
    for row in sorted(rows, key=lambda row: (row.opens_on, row.id)):
        why = why_ask(row.obligation, plan, row.opens_on, today, grace, calendar)
        if why and row.state == VisitState.PLANNED:
            ask(row, f"{why} {when}", clock.now(session))
            held.append(row.key)
        elif not why and row.state == VisitState.UNDECIDED:
            answered(row, "planned")
    session.flush()
    return held


def ask(row: VisitRow, why: str, now: datetime) -> None:
    """Put the question; nothing of it begins before it is answered."""
    row.state, row.waiting_for, row.wait = VisitState.UNDECIDED, Wait.DECISION.whom, Wait.DECISION
    row.waiting_message, row.waiting_since, row.waiting_until = why, now, None


def answered(row: VisitRow, state: str) -> None:
    """The question is over."""
    row.state = state
    row.waiting_for = row.wait = row.waiting_message = None
    row.waiting_since = row.waiting_until = None


def undecided(session: Session, year: int) -> Sequence[VisitRow]:
    """What a person must decide about, in the order of its days."""
    query = select(VisitRow).where(VisitRow.state == VisitState.UNDECIDED, VisitRow.year == year)
    return session.scalars(query.order_by(VisitRow.opens_on, VisitRow.month, VisitRow.id)).all()


def decision(session: Session, visit: VisitRow) -> TakenUp | None:
    """What a person said became of it; None where nobody was asked."""
    row = answers.latest(session, visit.id, TAKEN_UP) if visit.taken_up else None
    return stored.value_of(row, TakenUp) if row else None


def file_paper(
    session: Session, visit: VisitRow, plan: Plan, kind: str, type_code: str, issued: Issued, by: str
) -> DocumentRow:
    """Keep a document that left on paper: its number is used, its day known, its text is with the paper (F22).

    `Refused` when the number was used before.
    """
    last = documents.latest(session, visit.id, kind)
    body = f"Văn bản giấy ngày {short_date(issued.on)}, phát hành trước khi dùng phần mềm; nội dung theo bản giấy."
    moment = at(issued.on, HOUR)
    row = DocumentRow(
        visit_id=visit.id, kind=kind, revision=last.revision + 1 if last else 1, state=DocumentState.DRAFT,
        on_paper=True, content_hash=documents.fingerprint(body), body=body, drafted_at=moment,
        organ_code=plan.issuer.organ_code, type_code=type_code, term=plan.term,
    )  # fmt: skip
    session.add(row)
    session.flush()
    documents.issue(session, row, issued.number, issued.on, by)
    return row


def take_papers_back(session: Session, visit: VisitRow) -> None:
    """An answer is corrected: the numbers that it named are free again. The record keeps what was said.

    A number that had been given wrongly and was corrected stays in the register for good.
    """
    query = select(DocumentRow).where(DocumentRow.visit_id == visit.id, DocumentRow.on_paper)
    papers = session.scalars(query).all()
    taken = select(NumberRow).where(NumberRow.document_id.in_([paper.id for paper in papers]))
    for number in session.scalars(taken).all():  # one by one: so the record learns of each
        if number.state == NumberState.CORRECTED:
            number.document_id = None
        else:
            session.delete(number)
    session.flush()  # the papers that they refer to go after them
    for paper in papers:
        session.delete(paper)
    session.flush()


def number_is_free(session: Session, plan: Plan, type_code: str, number: int) -> bool:
    """Whether a paper may have that number: nobody has used or cancelled it."""
    series = numbers.Series(plan.issuer.organ_code, type_code, plan.term)
    known = {entry.number: entry.state for entry in numbers.register(session, series)}
    return known.get(number, "gap") in ("gap", "reserved", "block")
