"""The working calendar of 2024 and the years beside it, as the office starts with it."""

from config.office_calendar import working_calendar
from config.settings import Settings

CALENDAR_2024 = working_calendar((2023, 2024, 2025), Settings().office_calendar)
