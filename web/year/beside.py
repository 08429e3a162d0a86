"""What the year asks for beside the visits, as the year page lists it: reports of units, follow-ups, plan, summary."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from database.due_dates import DueDateRow
from database.models import AnswerRow, VisitRow
from database.self_reports import never_reported
from domain.answer_kind import AnswerKind
from domain.obligation import Kind
from domain.plan import Plan
from domain.self_report import NEVER_REPORTED
from domain.state import VisitState
from web.standing.covered import cover
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
    #: of `reports`, those `received`, `late`, and `marked`, of which the reader sees no more; of `follow_ups`
    counts: Mapping[str, int]


def read_beside(session: Session, plan: Plan, today: date, hidden: Collection[int]) -> Beside:
    """The same few queries, however many units and recommendations there are."""
    first = _first_received(session, plan.year, hidden)
    plan_and_summary, reports, follow_ups = (
        _lines(_rows(session, plan.year, hidden, *kinds), plan, today, hidden, first)
        for kinds in ((Kind.PLAN, Kind.SUMMARY), (Kind.SELF_REPORT,), (Kind.FOLLOW_UP,))
    )
    due, units = plan.self_supervising.due, frozenset(plan.self_supervising.units)
    marked = _units_of(session, hidden)
    counted = [day for unit, day in first.items() if unit in units]
    return Beside(
        due, tuple(plan_and_summary),
        tuple(_report(line, first, due) for line in reports if _is_listed(line, units)),
        tuple(line for line in follow_ups if line.state == VisitState.OPEN),
        {
            "reports": len(units), "marked": len(units & marked), "received": len(counted),
            "late": sum(day > due for day in counted), "follow_ups": _open(session, plan.year, hidden, follow_ups),
        },
    )  # fmt: skip


def _lines(
    rows: Sequence[tuple[VisitRow, DueDateRow | None]],
    plan: Plan,
    today: date,
    hidden: Collection[int],
    first: Mapping[str, date],
) -> list[Line]:
    lines = ((row, line_of(row, standing_of(row, due, today), plan)) for row, due in rows)
    return [cover(line) if row.id in hidden else _ended(row, line, first) for row, line in lines]


def _ended(row: VisitRow, line: Line, first: Mapping[str, date]) -> Line:
    return replace(line, ended=NEVER_REPORTED) if never_reported(row, came=row.unit in first) else line


def _rows(
    session: Session, year: int, hidden: Collection[int], *kinds: Kind
) -> list[tuple[VisitRow, DueDateRow | None]]:
    query = select(VisitRow, DueDateRow).outerjoin(
        DueDateRow, (DueDateRow.visit_id == VisitRow.id) & DueDateRow.is_open
    )
    is_hidden = VisitRow.id.in_(hidden)
    of_the_year = VisitRow.state != VisitState.WITHDRAWN, is_hidden | (VisitRow.state != VisitState.CANCELLED)
    query = query.where(VisitRow.year == year, VisitRow.kind.in_(kinds), *of_the_year)
    first = case(
        (is_hidden, 3),
        (VisitRow.trouble.is_not(None), 0),
        (VisitRow.state.in_((VisitState.UNDECIDED, VisitState.OPEN)), 1),
        else_=2,
    )
    rows = session.execute(
        query.order_by(first, case((is_hidden, None), else_=DueDateRow.due), VisitRow.id).limit(NAMED)
    )
    return [(row, due) for row, due in rows]


def _first_received(session: Session, year: int, hidden: Collection[int]) -> dict[str, date]:
    """Unit -> the day on which its first report came; being sent back does not make it late (R67)."""
    # By the database itself, for hundreds of units: an upgrade of this kind that touches the day changes this as well.
    day = func.min(AnswerRow.content["received_on"].as_string())
    query = select(VisitRow.unit, day).join(AnswerRow, AnswerRow.visit_id == VisitRow.id)
    query = query.where(
        VisitRow.year == year,
        VisitRow.kind == Kind.SELF_REPORT,
        AnswerRow.kind == AnswerKind.SELF_REPORT,
        VisitRow.id.not_in(hidden),
    )
    return {unit: date.fromisoformat(text) for unit, text in session.execute(query.group_by(VisitRow.unit))}


def _units_of(session: Session, hidden: Collection[int]) -> frozenset[str]:
    """The units whose report is hidden; no query where nothing is."""
    if not hidden:
        return frozenset()
    query = select(VisitRow.unit).where(VisitRow.kind == Kind.SELF_REPORT, VisitRow.id.in_(hidden))
    return frozenset(session.scalars(query))


def _open(session: Session, year: int, hidden: Collection[int], listed: Sequence[Line]) -> int:
    """How many are open: by the lines, where these are all that there are."""
    if len(listed) < NAMED:
        return sum(line.state == VisitState.OPEN and not line.covered for line in listed)
    query = select(func.count()).where(
        VisitRow.year == year,
        VisitRow.kind == Kind.FOLLOW_UP,
        VisitRow.state == VisitState.OPEN,
        VisitRow.id.not_in(hidden),
    )
    return session.scalar(query) or 0


def _is_listed(line: Line, units: Collection[str]) -> bool:
    """Whether it is a report that the year asks for; of a covered one the plan alone says so."""
    return _unit_of(line) in units if line.covered else line.state != VisitState.FILED


def _unit_of(line: Line) -> str:
    return line.key.partition("/")[2]


def _report(line: Line, first: Mapping[str, date], due: date) -> Report:
    if line.covered:
        return Report(line, None, False)
    day = first.get(_unit_of(line))
    return Report(line, day, day is not None and day > due)
