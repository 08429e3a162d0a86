"""The year's dates as one person may know them: meetings, days for lists and reports, what waits until when.

What bears a mark of secrecy leaves the desk for nobody, as in letters: of it stands only what the plan says (A20, P3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from database import clock, plans
from database.models import VisitRow
from database.secrecy import marks_in
from domain.nomination import LASTS
from domain.obligation import Kind
from domain.plan import Plan
from domain.role import Role
from domain.state import VisitState
from domain.step import Step
from domain.wait import Wait
from web.desk.access import SEES_EVERY_YEAR, Person
from web.standing.lines import Line, Moments, VisitLine, line_of, moments_of, visit_line
from web.standing.office_days import working_days
from web.standing.standing import open_dates, standing_of


@dataclass(frozen=True)
class YearDate:
    """One entry of the calendar."""

    name: str  #: always the same for the same thing: a calendar finds it again by this
    title: str
    begins: date | datetime  #: a day, or a moment with its zone
    url: str  #: the page of it at the desk, without the desk's name
    stamp: datetime  #: since when it is so
    ends: datetime | None = None  #: None where it is a day
    place: str = ""


def read_dates(session: Session, person: Person) -> list[YearDate]:
    """The dates of this year and the next, and of the one before what is still open; few queries, whatever happens."""
    now = clock.now(session)
    known = sorted(year for year in plans.years(session) if abs(year - now.year) <= 1)
    return [entry for year in known for entry in _of_year(session, year, person, now)]


def _of_year(session: Session, year: int, person: Person, now: datetime) -> Iterator[YearDate]:
    plan, _contacts = plans.read(session, year)
    loaded = plans.loaded_at(session, year)
    rows = session.scalars(
        select(VisitRow).where(VisitRow.year == year, _counts(year, now)).order_by(VisitRow.id)
    ).all()
    mark, due, calendar = marks_in(session, year), open_dates(session, year), working_days(session, year)
    moments = moments_of(session, [row.id for row in rows if row.kind == Kind.VISIT])
    if plan.self_supervising.units and year >= now.year:
        yield _reports(plan, loaded)
    for row in rows:
        if row.kind == Kind.SUMMARY and not person.may(*SEES_EVERY_YEAR):
            continue
        standing = standing_of(row, due.get(row.id), now.date())
        if mark(row):
            yield from _marked(row, line_of(row, standing, plan), loaded)
        elif row.kind == Kind.VISIT:
            happened = moments[row.id]
            line = visit_line(row, standing, happened, plan, calendar, now.date())
            yield from _visit(row, line, happened, loaded)
            yield from _waiting(row, line, person)
        else:
            yield from _waiting(row, line_of(row, standing, plan), person)


def _counts(year: int, now: datetime) -> ColumnElement[bool]:
    if year < now.year:
        return VisitRow.state == VisitState.OPEN
    return VisitRow.state.not_in((VisitState.WITHDRAWN, VisitState.CANCELLED, VisitState.FILED))


def _reports(plan: Plan, loaded: datetime) -> YearDate:
    count = len(plan.self_supervising.units)
    title = f"Hạn báo cáo năm {plan.year} của {count} đơn vị tự giám sát"
    return YearDate(f"{plan.year}-reports", title, plan.self_supervising.due, f"/nam/{plan.year}", loaded)


def _marked(row: VisitRow, line: Line, loaded: datetime) -> Iterator[YearDate]:
    """That the plan has it in that month: no day of it, neither whom it waits for."""
    if row.kind == Kind.VISIT:
        title = f"{_called(line)}: có độ mật, xem tại bàn làm việc"
        yield YearDate(f"{row.key}-marked", title, date(row.year, row.month, 1), line.url, loaded)


def _visit(row: VisitRow, line: VisitLine, happened: Moments, loaded: datetime) -> Iterator[YearDate]:
    if row.state == VisitState.PLANNED:
        yield YearDate(f"{row.key}-opens", f"Gửi đề nghị danh sách: {_called(line)}", row.opens_on, line.url, loaded)
    if Step.CHECK_DEADLINE not in happened.steps:
        title = f"Hạn gửi danh sách giới thiệu: {_called(line)}"
        yield YearDate(f"{row.key}-list", title, line.deadline, line.url, _stamp(row, loaded))
    listed: dict[int, dict[str, Any]] = {one["number"]: one for one in (happened.nominations or {}).get("meetings", ())}
    for number in happened.chosen:
        # Read as it is stored, like the days in the lines of the year.
        meeting = listed[number]
        begins = datetime.fromisoformat(meeting["starts_at"])
        yield YearDate(
            f"{row.key}-{number}", f"Dự sinh hoạt: {meeting['organisation']} ({_called(line)})", begins, line.url,
            _stamp(row, loaded), begins + LASTS, meeting["venue"],
        )  # fmt: skip


#: Told already by the day for the list, which stands there before the host is asked.
_LIST = (Wait.NOMINATIONS, Wait.NOMINATIONS_OVERDUE)


def _waiting(row: VisitRow, line: Line, person: Person) -> Iterator[YearDate]:
    """The day by which somebody should have acted."""
    if line.standing.due is None or row.wait is None or row.wait in _LIST:
        return
    own = "Việc của tôi: " if row.wait.whom is not Role.HOST and person.may(row.wait.whom) else ""
    title = f"{own}{line.what} · {_called(line)}"
    yield YearDate(f"{row.key}-due", title, line.standing.due, line.url, _stamp(row, row.waiting_since))


def _called(line: Line) -> str:
    return f"{line.short_name}, {line.period_of_year}"


def _stamp(row: VisitRow, otherwise: datetime | None) -> datetime:
    """When its row last said something new."""
    known = [moment for moment in (row.opened_at, row.waiting_since, row.closed_at, otherwise) if moment]
    return max(known)
