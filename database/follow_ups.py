"""Reads what became of the recommendations of a visit, in its year and in the years after it (D11)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import answers, stored, visits
from database.models import AnswerRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.decision import FindingsGiven
from domain.follow_up import Followed, Remedy, follow
from domain.obligation import Kind, Obligation


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
    query = select(AnswerRow).where(AnswerRow.visit_id == row.id, AnswerRow.kind == AnswerKind.REMEDY)
    return session.scalars(query.order_by(AnswerRow.version)).all()


def followed(session: Session, visit: VisitRow) -> tuple[Followed, ...]:
    """The recommendations of a visit's newest findings with what was replied."""
    found = answers.latest(session, visit.id, AnswerKind.FINDINGS)
    if found is None:
        return ()
    return _follow(found, remedy_rows(session, visit))


def left_open(session: Session, unit: str, before: int) -> list[Left]:
    """What earlier years' visits recommended to that unit and nobody has reported as done: its file of this year.

    At most three queries, however many years there were.
    """
    kinds = VisitRow.kind.in_((Kind.VISIT, Kind.FOLLOW_UP))
    query = select(VisitRow).where(VisitRow.unit == unit, VisitRow.year < before, kinds)
    rows = session.scalars(query.order_by(VisitRow.year, VisitRow.month)).all()
    earlier = [row for row in rows if row.kind == Kind.VISIT]
    ends = {place_of(row): row.id for row in rows if row.kind == Kind.FOLLOW_UP}
    found = _answers(session, "findings", [row.id for row in earlier])
    remedies = _answers(session, "remedy", list(ends.values()))
    return [
        Left(row.key, one)
        for row in earlier
        if found[row.id]
        for one in _follow(found[row.id][-1], remedies[ends.get(place_of(row), 0)])
        if one.open
    ]


def _answers(session: Session, kind: str, ids: Sequence[int]) -> defaultdict[int, list[AnswerRow]]:
    """The versions of an answer, oldest first, by visit."""
    if not ids:
        return defaultdict(list)
    query = select(AnswerRow).where(AnswerRow.visit_id.in_(ids), AnswerRow.kind == kind)
    sorted_out: defaultdict[int, list[AnswerRow]] = defaultdict(list)
    for row in session.scalars(query.order_by(AnswerRow.version)):
        sorted_out[row.visit_id].append(row)
    return sorted_out


def _follow(found: AnswerRow, remedies: Sequence[AnswerRow]) -> tuple[Followed, ...]:
    findings = stored.value_of(found, FindingsGiven).findings
    return follow(findings.recommendations, [stored.value_of(row, Remedy) for row in remedies])
