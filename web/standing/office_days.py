"""The working days that a year's dates are counted by, read once for a whole page."""

from sqlalchemy.orm import Session

from database import calendars
from domain.working_days import WorkingCalendar


def working_days(session: Session, year: int) -> WorkingCalendar:
    """The working days of a plan's year and its neighbours, into which deadlines reach."""
    return calendars.working(session, (year - 1, year, year + 1))
