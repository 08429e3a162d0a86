"""The plan year as one look: every visit with its steps, what it waits for, since when, how late; overdue first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from database import clock, plans
from database.list_due import asked_for
from database.models import VisitRow
from domain.plan import Plan
from domain.working_days import WorkingCalendar
from web.desk.access import Person
from web.desk.paging import Paging
from web.standing.covered import cover, hidden_from, hidden_ids
from web.standing.lines import Moments, VisitLine, moments_of, visit_line
from web.standing.office_days import working_days
from web.year.beside import Beside, read_beside
from web.year.search import Asked, find_page

#: So many visits are on one page; a year of the real plan has nine.
PER_PAGE = 50


@dataclass(frozen=True)
class YearView:
    """Everything the year page shows."""

    year: int
    now: datetime
    plan: Plan
    calendar: WorkingCalendar
    lines: tuple[VisitLine, ...]  #: of this page, most urgent first
    asked: Asked
    shown: int  #: visits that are asked for
    total: int  #: visits of the year
    counts: Mapping[str, int]  #: of the whole year, by group and by `whom:role`
    beside: Beside

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


def read_year(session: Session, year: int, asked: Asked, person: Person) -> YearView:
    """Read the year with the same few queries, however many visits it has; `Refused` when no plan was loaded.

    Of a visit that bears a mark of secrecy, whom it does not concern sees only that it is there.
    """
    now = clock.now(session)
    plan, contacts = plans.read(session, year)
    calendar = working_days(session, year)
    hidden = hidden_ids(session, year, hidden_from(person, session, year, contacts))
    found = find_page(session, year, asked, now.date(), PER_PAGE, hidden)
    moments = moments_of(session, [row.id for row, _standing in found.rows])
    lines = tuple(
        _covered(visit_line(row, standing, Moments(), plan, calendar, now.date()), row, plan, calendar)
        if row.id in hidden
        else visit_line(row, standing, moments[row.id], plan, calendar, now.date())
        for row, standing in found.rows
    )
    beside = read_beside(session, plan, now.date(), hidden)
    return YearView(year, now, plan, calendar, lines, asked, found.shown, found.total, found.counts, beside)


def _covered(line: VisitLine, row: VisitRow, plan: Plan, calendar: WorkingCalendar) -> VisitLine:
    """The line with the deadline that the plan alone gives, whenever its host was asked."""
    return replace(cover(line), deadline=asked_for(row, plan, row.opens_on).day(calendar))
