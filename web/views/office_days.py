"""The working days that a year's dates are counted by, read once for a whole page."""

from sqlalchemy.orm import Session

from config.office_calendar import working_calendar
from config.settings import settings
from domain.working_days import WorkingCalendar


def working_days(session: Session, year: int) -> WorkingCalendar:
    """The working days of a plan's year and its neighbours, into which deadlines reach."""
    assert session is not None, "the calendar belongs to the database that is read"
    return working_calendar((year - 1, year, year + 1), settings().office_calendar)
