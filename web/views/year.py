"""The plan year as one look: every visit with its steps, what it waits for, since when, how late; overdue first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from config.settings import settings
from database import clock, plans
from database.models import VisitRow
from domain.deadline import earliest_deadline
from domain.plan import Plan, Unit
from domain.working_days import WorkingCalendar
from web.views.lines import Line, Moments, line_of, moments_of
from web.views.office_days import working_days
from web.views.paging import Paging
from web.views.standing import Standing, standing_of

#: So many visits are on one page; a year of the real plan has nine.
PER_PAGE = 100
#: So many units that supervise themselves are named.
NAMED = 60


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see of the year."""

    state: str = ""  #: `late`, `waiting`, `planned`, `closed`, `cancelled`; all if empty
    whom: str = ""  #: a role: only what waits for it
    month: int = 0  #: 0 for all
    page: int = 1

    def keeps(self, row: Row[tuple[object, ...]], standing: Standing) -> bool:
        """Whether that visit is asked for."""
        return (
            (not self.month or row.month == self.month)
            and (not self.whom or (row.state == "open" and row.waiting_for == self.whom))
            and (not self.state or self.state in standing.groups)
        )


@dataclass(frozen=True)
class SelfSupervising:
    """The units that are not visited and report by a date (R66–R69)."""

    due: date
    names: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class YearView:
    """Everything the year page shows."""

    year: int
    now: datetime
    plan: Plan
    calendar: WorkingCalendar
    lines: tuple[Line, ...]  #: of this page, most urgent first
    asked: Asked
    shown: int  #: visits that are asked for
    total: int  #: visits of the year
    counts: Mapping[str, int]  #: of the whole year, by group and by `whom:role`
    others: SelfSupervising

    @property
    def today(self) -> date:
        """The day on the clock."""
        return self.now.date()

    @property
    def paging(self) -> Paging:
        """Where this page is among the visits that are asked for."""
        return Paging(self.asked.page, self.shown, PER_PAGE)


def years(session: Session) -> Sequence[int]:
    """The years of which a plan was loaded, newest first."""
    return plans.years(session)


def read_year(session: Session, year: int, asked: Asked) -> YearView:
    """Read the year with the same few queries, however many visits it has; `Refused` when no plan was loaded."""
    now = clock.now(session)
    plan, _contacts = plans.read(session, year)
    calendar = working_days(session, year)
    rows = session.execute(_visits(year)).all()
    legal = {month: earliest_deadline(year, month, plan.rules, calendar).last_day for month in range(1, 13)}
    standings = {row.id: standing_of(row, now.date(), calendar, settings().ladders, legal[row.month]) for row in rows}
    wanted = [row for row in rows if asked.keeps(row, standings[row.id])]
    wanted.sort(key=lambda row: (standings[row.id].urgency, row.month, row.id))
    page = wanted[(asked.page - 1) * PER_PAGE : asked.page * PER_PAGE]
    moments = moments_of(session, [row.id for row in page])
    lines = tuple(
        line_of(row, standings[row.id], moments.get(row.id, Moments()), plan, calendar, now.date()) for row in page
    )
    return YearView(
        year, now, plan, calendar, lines, asked, len(wanted), len(rows), _counts(rows, standings), _others(plan)
    )


def _visits(year: int):  # type: ignore[no-untyped-def]  # the type of a select names every column
    """The columns that say how a visit stands; whole rows of thousands of visits would be slow to read."""
    names = (
        "id", "year", "month", "unit", "opens_on", "state", "opened_at", "closed_at", "flow_run_id",
        "waiting_for", "waiting_state", "waiting_message", "waiting_since", "waiting_until", "trouble",
    )  # fmt: skip
    columns = [getattr(VisitRow, name) for name in names]
    return select(*columns).where(VisitRow.year == year, VisitRow.state != "withdrawn")


def _counts(rows: Sequence[Row[tuple[object, ...]]], standings: Mapping[int, Standing]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(standings[row.id].groups)
        if row.state == "open" and row.waiting_for:
            counts[f"whom:{row.waiting_for}"] += 1
    return counts


def _others(plan: Plan) -> SelfSupervising:
    codes = plan.self_supervising.units
    named: list[Unit] = [plan.unit(code) for code in codes[:NAMED]]
    return SelfSupervising(plan.self_supervising.due, tuple(unit.short_name for unit in named), len(codes))
