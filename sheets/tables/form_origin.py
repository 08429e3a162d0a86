"""The mark a form carries: for which plan, month and host it was made (R62); and what a file says that is another's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.packaging.custom import CustomPropertyList, StringProperty

from domain.dates import month_and_year
from domain.plan import Plan, Unit
from domain.problem import Problem
from domain.text import clean

_KEYS = ("visits-plan", "visits-month", "visits-unit", "visits-unit-name")
# `tháng 3/2024` and `tháng 3 năm 2024` in a heading, but not the date of a document: `ngày 03 tháng 01 năm 2024`.
_MONTH = re.compile(r"(?<!\d\s)\btháng\s*(\d{1,2})\s*(?:[/.-]|,?\s*năm)\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True)
class FormOrigin:
    """For which host and month a form was made."""

    plan: str  #: `73-KH/BTCTU`
    year: int
    month: int
    unit: str  #: `nhon_trach`
    unit_name: str

    @classmethod
    def of(cls, plan: Plan, unit: Unit, year: int, month: int) -> "FormOrigin":
        """The origin of a form that is made now."""
        return cls(plan.symbol, year, month, unit.code, unit.name)


def mark(book: Workbook, origin: FormOrigin) -> None:
    """Write the origin among the workbook's own properties, which Excel and LibreOffice keep when they save."""
    values = (origin.plan, f"{origin.year}-{origin.month:02d}", origin.unit, origin.unit_name)
    for key, value in zip(_KEYS, values, strict=True):
        _properties(book).append(StringProperty(name=key, value=value))


def _properties(book: Workbook) -> "CustomPropertyList[str]":
    found = book.custom_doc_props  # type: ignore[attr-defined]  # the types are older than the library
    assert isinstance(found, CustomPropertyList)
    return found


def origin_of(book: Workbook) -> FormOrigin | None:
    """The mark the workbook carries; None if it is none of our forms, or was copied into a new file."""
    return origin_in(_properties(book))


def origin_in(properties: "CustomPropertyList[str]") -> FormOrigin | None:
    """The mark among these properties of a workbook, as `origin_of` gives it."""
    written = {one.name: str(one.value) for one in properties.props}
    found = re.fullmatch(r"(\d{4})-(\d{2})", written.get(_KEYS[1], ""))
    if not found or not all(key in written for key in _KEYS):
        return None
    return FormOrigin(written[_KEYS[0]], int(found[1]), int(found[2]), written[_KEYS[2]], written[_KEYS[3]])


def check_origin(origin: FormOrigin | None, place: str, unit: Unit | None, year: int, month: int) -> list[Problem]:
    """A form of another host or year is refused, one of another month doubted: a visit may be put off (A23, 6.7 no. 7).

    `unit` is the host whose list is read, None if that is not known.
    """
    if origin is None:
        return []
    made = f"tệp này là mẫu lập cho {origin.unit_name}, tháng {month_and_year(origin.year, origin.month)}"
    if unit and unit.code != origin.unit:
        return [Problem(place, f"{made}, không phải của {unit.name}", "kiểm tra có nhầm tệp không; dùng đúng mẫu")]
    if (origin.year, origin.month) == (year, month):
        return []
    fault = f"{made}, nhưng đang nhập cho tháng {month_and_year(year, month)}"
    return [Problem(place, fault, "kiểm tra có nhầm tệp không", warning=origin.year == year)]


def check_heading(lines: Iterable[str], place: str, year: int, month: int) -> list[Problem]:
    """What the lines above a list say of its month, if that is another: for lists that carry no mark (R88)."""
    said = [(int(one[2]), int(one[1])) for line in lines for one in _MONTH.finditer(clean(line))]
    if not said or (year, month) in said:
        return []
    fault = f"tiêu đề ghi tháng {month_and_year(*said[0])}, nhưng đang nhập cho tháng {month_and_year(year, month)}"
    return [Problem(place, fault, "kiểm tra có nhầm tệp không", warning=True)]
