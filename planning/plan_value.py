"""Checks a plan that stands in no file, by the rules of one that does; each fault names its part, as people call it."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date

from config.contacts_form import check_contacts
from config.named_faults import NamedFaults
from config.yaml_lines import Entry, Value
from config.yaml_records import fill
from domain.plan import Contacts, Plan
from domain.plan_calendar import Pace
from domain.plan_changes import PARTS
from domain.problem import Problem
from domain.working_days import WorkingCalendar
from planning.plan_checks import check_plan, warn_about_bases, warn_about_deadlines
from planning.plan_file import MAY_BE_EMPTY
from planning.plan_review import Review
from planning.plan_structure import warn_about_structure

_FIELDS = {
    "name": "tên", "full_name": "tên đầy đủ", "parent": "cơ quan cấp trên", "place": "địa danh", "due": "hạn báo cáo",
    "organ_code": "chữ viết tắt", "receiving_office": "phòng nhận báo cáo", "authority": "thay mặt, ký thay",
    "title": "chức vụ", "code": "mã", "unit": "đơn vị", "month": "tháng", "day": "ngày", "units": "đơn vị",
    "symbol": "số, ký hiệu", "issued": "ngày ký", "issuer": "cơ quan ban hành", "short_name": "gọi tắt",
    "standing_board": "kính gửi", "committee": "cấp ủy", "unit_type": "loại", "before": "đã làm trước",
}  # fmt: skip


@dataclass(frozen=True)
class Looker:
    """By what a plan is looked at before its year: the calendar, the paces, the hosts that a month can bear."""

    calendar: WorkingCalendar
    pace: Pace
    max_hosts_per_month: int


def check_value(plan: Plan, contacts: Contacts | None, by: Looker) -> list[Problem]:
    """Every fault and every doubt, those that stop first; of the addresses as well if they are given."""
    numbered = _Numbered(plan)
    entry = numbered.record("", plan, ())
    faults = NamedFaults(numbered.names, {**_FIELDS, **PARTS, **numbered.units})
    fill(Plan, entry, faults, MAY_BE_EMPTY)
    check_plan(entry, faults)
    if not faults.stop:
        warn_about_structure(plan, entry, faults)
        warn_about_deadlines(plan, entry, faults)
        warn_about_bases(plan, entry, faults)
        Review(plan, entry, faults, by.pace, by.calendar, by.max_hosts_per_month).all(contacts)
    found = [*faults.in_order(), *(check_contacts(contacts, plan) if contacts else ())]
    return sorted(found, key=lambda problem: problem.warning)


class _Numbered:
    """A plan as the entries of a file: each field gets a number in place of its line, and keeps its name."""

    def __init__(self, plan: Plan) -> None:
        self.names: list[str] = ["Kế hoạch"]
        self.units: Mapping[str, str] = {unit.code: unit.short_name for unit in plan.units}

    def record(self, name: str, value: object, path: tuple[str, ...]) -> Entry:
        """A dataclass; what stands at its default is left out, as a file leaves it out."""
        assert is_dataclass(value), "a plan is made of them"
        number = self._number(path)
        held: Value = {
            field.name: self._entry(field.name, getattr(value, field.name), (*path, field.name))
            for field in fields(value)
            if field.name != "structure"  # a file names its profile, which has been read
            and (field.default is MISSING or getattr(value, field.name) != field.default)
        }
        return Entry(name, number, held)

    def _entry(self, name: str, value: object, path: tuple[str, ...]) -> Entry:
        if is_dataclass(value):
            return self.record(name, value, path)
        number = self._number(path)
        if isinstance(value, tuple):
            return Entry(
                name, number, [self._entry(f"{i}", one, (*path, self._item(i, one))) for i, one in enumerate(value, 1)]
            )
        if isinstance(value, date):
            return Entry(name, number, value.isoformat())
        assert isinstance(value, str | int), "a plan holds nothing else"
        return Entry(name, number, value)

    def _item(self, number: int, value: object) -> str:
        """`Biên Hòa` for a unit, `tháng 5, Biên Hòa` for a visit, else its place in the list."""
        if isinstance(value, str):
            return self.units.get(value, f"{number}")
        month, code = getattr(value, "month", None), getattr(value, "code", None) or getattr(value, "unit", "")
        unit = self.units.get(str(code), str(code) or f"{number}")
        return f"tháng {month}, {unit}" if month is not None else unit

    def _number(self, path: tuple[str, ...]) -> int:
        words = [PARTS.get(path[0], path[0]), *(_FIELDS.get(one, one) for one in path[1:])] if path else ["Kế hoạch"]
        told = ", ".join(words)
        self.names.append(told[:1].upper() + told[1:])
        return len(self.names) - 1
