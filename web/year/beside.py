"""What the year asks for beside the visits, as the year page lists it: reports of units, follow-ups, plan, summary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from database.due_dates import DueDateRow
from database.models import AnswerRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.obligation import Kind
from domain.plan import Plan
from domain.state import VisitState
from web.standing.covered import Hidden, cover
from web.standing.lines import Line, line_of
from web.standing.standing import standing_of

#: So many of each kind are named, what waits first; the others are counted.
NAMED = 60


@dataclass(frozen=True)
class Report:
    """One unit's report."""

    line: Line
    received: date | None  #: when the first one came
    late: bool


@dataclass(frozen=True)
class Beside:
    """Everything that belongs to the year and is no visit."""

    due: date  #: of the reports, inclusive (R67)
    plan_and_summary: tuple[Line, ...]
    reports: tuple[Report, ...]
    follow_ups: tuple[Line, ...]  #: those that are still open
    counts: Mapping[str, int]  #: of `reports`, `received`, `late`, `follow_ups`


def read_beside(session: Session, plan: Plan, today: date, hidden: Hidden) -> Beside:
    """The same few queries, however many units and recommendations there are."""
    plan_and_summary, reports, follow_ups = (
        _lines(_rows(session, plan.year, *kinds), plan, today, hidden)
        for kinds in ((Kind.PLAN, Kind.SUMMARY), (Kind.SELF_REPORT,), (Kind.FOLLOW_UP,))
    )
    due, units = plan.self_supervising.due, frozenset(plan.self_supervising.units)
    first = _first_received(session, plan.year)
    counted = [day for unit, day in first.items() if unit in units]
    return Beside(
        due, tuple(plan_and_summary),
        tuple(_report(line, first, due) for line in reports if line.state != VisitState.FILED),
        tuple(line for line in follow_ups if line.state == VisitState.OPEN),
        {
            "reports": len(units), "received": len(counted), "late": sum(day > due for day in counted),
            "follow_ups": _open(session, plan.year),
        },
    )  # fmt: skip


def _lines(rows: Sequence[tuple[VisitRow, DueDateRow | None]], plan: Plan, today: date, hidden: Hidden) -> list[Line]:
    lines = ((row, line_of(row, standing_of(row, due, today), plan)) for row, due in rows)
    return [cover(line) if hidden(row) else line for row, line in lines]


def _rows(session: Session, year: int, *kinds: Kind) -> list[tuple[VisitRow, DueDateRow | None]]:
    query = select(VisitRow, DueDateRow).outerjoin(
        DueDateRow, (DueDateRow.visit_id == VisitRow.id) & DueDateRow.is_open
    )
    over = VisitRow.state.in_((VisitState.WITHDRAWN, VisitState.CANCELLED))
    query = query.where(VisitRow.year == year, VisitRow.kind.in_(kinds), ~over)
    first = case(
        (VisitRow.trouble.is_not(None), 0), (VisitRow.state.in_((VisitState.UNDECIDED, VisitState.OPEN)), 1), else_=2
    )
    rows = session.execute(query.order_by(first, DueDateRow.due, VisitRow.id).limit(NAMED))
    return [(row, due) for row, due in rows]


def _first_received(session: Session, year: int) -> dict[str, date]:
    """Unit -> the day on which its first report came; being sent back does not make it late (R67)."""
    # By the database itself, for hundreds of units: an upgrade of this kind that touches the day changes this as well.
    day = func.min(AnswerRow.content["received_on"].as_string())
    query = select(VisitRow.unit, day).join(AnswerRow, AnswerRow.visit_id == VisitRow.id)
    query = query.where(
        VisitRow.year == year, VisitRow.kind == Kind.SELF_REPORT, AnswerRow.kind == AnswerKind.SELF_REPORT
    )
    return {unit: date.fromisoformat(text) for unit, text in session.execute(query.group_by(VisitRow.unit))}


def _open(session: Session, year: int) -> int:
    query = select(func.count()).where(
        VisitRow.year == year, VisitRow.kind == Kind.FOLLOW_UP, VisitRow.state == VisitState.OPEN
    )
    return session.scalar(query) or 0


def _report(line: Line, first: Mapping[str, date], due: date) -> Report:
    if line.covered:
        return Report(line, None, False)
    day = first.get(line.key.partition("/")[2])
    return Report(line, day, day is not None and day > due)
