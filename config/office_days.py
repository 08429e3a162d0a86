"""Reads the office's own calendar file: days off, Tết, swapped Saturdays, 24/11, with every fault and its line (C4)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from config.faults import Faults
from config.yaml_lines import Entry, read_yaml
from config.yaml_records import fill
from domain.problem import Refused

#: No Tết was ever longer; more is a slip of the pen.
_LONGEST_TET = 16


@dataclass(frozen=True)
class OfficeDays:
    """What the office's file says: it wins over the library (C4)."""

    add: dict[date, str] = field(default_factory=dict)  #: days off the library lacks -> why
    remove: tuple[date, ...] = ()  #: days off that are worked
    working_saturdays: tuple[date, ...] = ()
    tet: dict[str, tuple[date, ...]] = field(default_factory=dict)  #: year -> first and last day off of Tết
    culture_day: dict[str, bool] = field(default_factory=dict)  #: year -> whether 24/11 is off (C5)
    official_through: int = 0  #: the last year whose official notice is out; 0: not said

    def days_of_tet(self) -> dict[date, str]:
        """Every day of the Tết blocks."""
        days: dict[date, str] = {}
        for first, last in self.tet.values():
            for number in range((last - first).days + 1):
                days[first + timedelta(days=number)] = "Nghỉ Tết Nguyên đán"
        return days


def read_office_days(path: Path) -> OfficeDays:
    """The file as values; `Refused` with every fault and its line."""
    faults = Faults(path)
    entry = read_yaml(path, faults)
    office = None
    if entry is not None:
        # A file with nothing but comments is an office without corrections.
        entry = Entry("", 1, {}) if entry.value is None else entry
        office = fill(OfficeDays, entry, faults)
        _check_days(entry, faults)
        _check_years(entry, faults)
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


def _check_years(office: Entry, faults: Faults) -> None:
    for entry in (*office.items("tet"), *office.items("culture_day")):
        if not (entry.name.isdecimal() and len(entry.name) == 4):
            faults.add(entry.line, f"“{entry.name}” không phải năm", "ghi năm bốn chữ số, như 2027")
    for entry in office.items("tet"):
        _check_tet(entry, faults)
    through = office.get("official_through")
    if through and type(through.value) is int and through.value and not 2000 <= through.value <= 2100:
        faults.add(through.line, f"“official_through” là {through.value}", "ghi năm, như 2026")


def _check_tet(entry: Entry, faults: Faults) -> None:
    days = [item.day for item in entry.items() if item.day]
    if len(days) != len(entry.items()) or (days and any(f"{day.year}" != entry.name for day in days)):
        if len(days) == len(entry.items()):
            faults.add(entry.line, f"Tết năm {entry.name} ghi ngày của năm khác", "ghi ngày trong năm đó")
        return
    if len(days) != 2:
        faults.add(entry.line, f"Tết năm {entry.name} cần ngày đầu và ngày cuối", "ghi như [2027-02-04, 2027-02-10]")
    elif not 0 <= (days[1] - days[0]).days < _LONGEST_TET:
        faults.add(entry.line, f"Tết năm {entry.name}: ngày cuối trước ngày đầu, hoặc quá dài", "kiểm tra lại ngày")
