"""Reads what became of the recommendations of a visit, in its year and in the years after it (D11)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import answers, visits
from database.models import AnswerRow, VisitRow
from domain.findings import Findings
from domain.follow_up import Followed, Remedy, follow
from domain.obligation import Kind, Obligation
from domain.record import from_data


@dataclass(frozen=True)
class Left:
    """A recommendation of an earlier year that is still open."""

    visit: str  #: the key of the visit that gave it
    followed: Followed


def place_of(visit: VisitRow) -> Obligation:
    """The follow-up that belongs to a visit."""
    return Obligation(Kind.FOLLOW_UP, visit.year, visit.month, visit.unit)


def visit_of(session: Session, follow_up: VisitRow) -> VisitRow:
    """The visit that a follow-up belongs to."""
    row = visits.of(session, Obligation(Kind.VISIT, follow_up.year, follow_up.month, follow_up.unit))
    assert row is not None, "a follow-up comes from a visit"
    return row


def remedy_rows(session: Session, visit: VisitRow) -> Sequence[AnswerRow]:
    """Every reply about a visit's recommendations, oldest first."""
    row = visits.of(session, place_of(visit))
    if row is None:
        return ()
    query = select(AnswerRow).where(AnswerRow.visit_id == row.id, AnswerRow.kind == "remedy")
    return session.scalars(query.order_by(AnswerRow.version)).all()


def followed(session: Session, visit: VisitRow) -> tuple[Followed, ...]:
    """The recommendations of a visit's newest findings with what was replied."""
    found = answers.latest(session, visit.id, "findings")
    if found is None:
        return ()
    findings = from_data(Findings, found.content["findings"])
    remedies = [from_data(Remedy, row.content) for row in remedy_rows(session, visit)]
    return follow(findings.recommendations, remedies)


def left_open(session: Session, unit: str, before: int) -> list[Left]:
    """What earlier years' visits recommended to that unit and nobody has reported as done: its file of this year."""
    query = select(VisitRow).where(VisitRow.kind == Kind.VISIT, VisitRow.unit == unit, VisitRow.year < before)
    rows = session.scalars(query.order_by(VisitRow.year, VisitRow.month)).all()
    return [Left(row.key, one) for row in rows for one in followed(session, row) if one.open]
