"""Says which days the office works: the library's calendar of Vietnam under the office's own file (C3–C6)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import holidays
from holidays.version import __version__ as holidays_version

from config.faults import Faults
from config.yaml_lines import Entry, read_yaml
from config.yaml_records import fill
from domain.problem import Refused
from domain.working_days import WorkingCalendar

#: The office's file as it is shipped.
OFFICE_FILE = Path(__file__).parent / "calendars" / "office.yaml"


@dataclass(frozen=True)
class OfficeDays:
    """What the office's file says: it wins over the library (C4)."""

    add: dict[date, str] = field(default_factory=dict)  #: days off the library lacks -> why
    remove: tuple[date, ...] = ()  #: days off that are worked
    working_saturdays: tuple[date, ...] = ()


def working_calendar(years: Iterable[int], override: Path | None = None) -> WorkingCalendar:
    """The working days of those years; ask for the neighbouring years too where deadlines reach into them.

    `override` stands in for the shipped `config/calendars/office.yaml`. Raises `Refused` with every fault of
    that file and its line. Read again only when the file changes.
    """
    path = override or OFFICE_FILE
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0  # reading it will say what is wrong
    return _calendar(tuple(sorted(set(years))), path, changed)


@lru_cache(maxsize=32)
def _calendar(years: tuple[int, ...], path: Path, _changed: int) -> WorkingCalendar:
    office = _read_office_days(path)
    library = holidays.country_holidays("VN", years=years, language="vi", observed=True, expand=False)
    off = {day: str(why) for day, why in library.items() if day not in office.remove} | office.add
    # Swapped Saturdays of other years come along from the library; those asked for are enough.
    saturdays = {*library.weekend_workdays, *office.working_saturdays} - office.add.keys()
    return WorkingCalendar(
        days_off={day: why for day, why in sorted(off.items()) if day.year in years and day not in saturdays},
        working_saturdays=frozenset(day for day in saturdays if day.year in years),
        name=f"holidays {holidays_version} + {path.name}",
    )


def _read_office_days(path: Path) -> OfficeDays:
    faults = Faults(path)
    entry = read_yaml(path, faults)
    office = None
    if entry is not None:
        # A file with nothing but comments is an office without corrections.
        entry = Entry("", 1, {}) if entry.value is None else entry
        office = fill(OfficeDays, entry, faults)
        _check_days(entry, faults)
    if office is None or faults.stop:
        raise Refused(*faults.in_order())
    return office


def _check_days(office: Entry, faults: Faults) -> None:
    added = {entry.key.day for entry in office.items("add")} - {None}
    for entry in office.items("remove"):
        if entry.day in added:
            faults.add(entry.line, f"ngày {entry.value} vừa thêm (add) vừa bỏ (remove)", "giữ một")
    for entry in office.items("working_saturdays"):
        if entry.day and entry.day.weekday() != 5:
            faults.add(entry.line, f"ngày {entry.value} không phải thứ Bảy", "kiểm tra lại ngày")
        if entry.day in added:
            faults.add(entry.line, f"ngày {entry.value} vừa nghỉ (add) vừa làm bù", "giữ một")
