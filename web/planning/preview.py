"""The year picture of a plan that is not loaded: when each host is asked, by when its list is due, which month."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from database.models import VisitRow
from domain.obligation import Kind
from domain.plan import Plan
from domain.state import VisitState
from domain.working_days import WorkingCalendar
from web.standing.lines import Moments, VisitLine, visit_line
from web.standing.standing import standing_of
from web.year.picture import draw_year, in_order


@dataclass(frozen=True)
class Preview:
    """A plan as the year's picture and table show it."""

    year: int
    today: date
    calendar: WorkingCalendar
    lines: tuple[VisitLine, ...]

    @property
    def picture(self) -> Markup:
        """As SVG; everything in it is also in the table beside it."""
        return draw_year(self)


def preview_of(plan: Plan, calendar: WorkingCalendar, today: date) -> Preview:
    """Every planned visit as it would stand on the day on which the plan is signed; no row is stored."""
    rows = [
        VisitRow(
            kind=Kind.VISIT.value, year=plan.year, month=visit.month, unit=visit.unit, state=VisitState.PLANNED,
            opens_on=plan.opens_on(visit.month),
        )
        for visit in plan.visits
    ]  # fmt: skip
    signed = plan.issued
    lines = (visit_line(row, standing_of(row, None, signed), Moments(), plan, calendar, signed) for row in rows)
    return Preview(plan.year, today, calendar, tuple(in_order(tuple(lines))))
