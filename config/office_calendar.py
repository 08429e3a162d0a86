"""Makes the content of a calendar version: the library's suggestion for Vietnam under the office's own file (C3–C6)."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

import holidays
from holidays.version import __version__ as holidays_version

from config.office_days import OfficeDays, read_office_days
from domain.calendar_content import CalendarContent, DayOff
from domain.working_days import WorkingCalendar

#: The office's file as it is shipped.
OFFICE_FILE = Path(__file__).parent / "calendars" / "office.yaml"

#: The years that a version speaks of: all that any plan may reach into.
YEARS = range(2019, 2051)


def calendar_content(path: Path | None = None) -> CalendarContent:
    """The library's days under those of the office's file (the shipped one if none is given).

    Raises `Refused` with every fault of that file and its line. Read again only when the file changes.
    """
    file = path or OFFICE_FILE
    try:
        changed = file.stat().st_mtime_ns
    except OSError:
        changed = 0  # reading it will say what is wrong
    return _content(file, changed)


def working_calendar(years: Iterable[int], override: Path | None = None) -> WorkingCalendar:
    """The working days of those years by the office's file alone.

    Only for looking at a file: what the service goes by is the version in the database (`database.calendars`).
    """
    return _calendar(tuple(sorted(set(years))), calendar_content(override), (override or OFFICE_FILE).name)


@lru_cache(maxsize=32)
def _calendar(years: tuple[int, ...], content: CalendarContent, name: str) -> WorkingCalendar:
    return content.calendar(years, f"{content.library} + {name}")


@lru_cache(maxsize=8)
def _content(path: Path, _changed: int) -> CalendarContent:
    office = read_office_days(path)
    library = holidays.country_holidays("VN", years=YEARS, language="vi", observed=True, expand=False)
    suggested = {day: str(why) for day, why in library.items() if not _overruled(day, str(why), office)}
    own = {**office.days_of_tet(), **_culture_days(office), **office.add}
    for day in office.remove:
        suggested.pop(day, None)
        own.pop(day, None)
    # Swapped Saturdays of other years come along from the library; those of our years are enough.
    saturdays = {*library.weekend_workdays, *office.working_saturdays} - office.add.keys()
    off = {day: DayOff(day, why) for day, why in suggested.items()} | {
        day: DayOff(day, why, by_office=True) for day, why in own.items()
    }
    return CalendarContent(
        YEARS[0], YEARS[-1],
        days_off=tuple(off[day] for day in sorted(off) if day not in saturdays),
        working_saturdays=tuple(sorted(day for day in saturdays if day.year in YEARS)),
        official_through=office.official_through,
        library=f"holidays {holidays_version}",
    )  # fmt: skip


def _overruled(day: date, why: str, office: OfficeDays) -> bool:
    """Whether the office's file speaks of that feast of that year itself: Tết as a block, or 24/11."""
    year = f"{day.year}"
    if year in office.tet and "Tết" in why and "Dương lịch" not in why:
        return True
    return year in office.culture_day and "Ngày Văn hóa" in why


def _culture_days(office: OfficeDays) -> dict[date, str]:
    return {
        date(int(year), 11, 24): "Ngày Văn hóa Việt Nam"
        for year, is_off in office.culture_day.items()
        if is_off and int(year) in YEARS
    }
