"""Checks who is visited when, and that every unit of a plan is visited or reports by itself (R49, R70)."""

import re

from config.faults import Faults, did_you_mean
from config.yaml_lines import Entry
from domain.text import match_key


def check_units(plan: Entry, faults: Faults) -> None:
    """Note what is wrong between the units, the visits and the self-supervising units."""
    units = plan.get("units")
    if units and units.value == []:
        faults.add(units.line, "kế hoạch không có đơn vị nào", "ghi các đơn vị trực thuộc")
    _check_codes(plan, faults)
    _check_lifetimes(plan, faults)
    _check_aliases(plan, faults)
    _check_visits(plan, faults)
    remaining = _check_remaining(plan, faults)
    _check_every_unit_has_a_place(plan, remaining, faults)


def _check_codes(plan: Entry, faults: Faults) -> None:
    for cell in plan.column("units", "code"):
        # Codes stand in file names, run names and addresses (P25).
        if not re.fullmatch(r"[a-z0-9_]+", str(cell.value)):
            faults.add(cell.line, f"mã “{cell.value}” có ký tự khác a–z, 0–9, _", "ghi như nhon_trach")
    for unit in plan.items("units"):
        kind, restricted = unit.get("unit_type"), unit.get("restricted")
        if kind and kind.value == "armed_forces" and not (restricted and restricted.value is True):
            fault = "đơn vị lực lượng vũ trang chưa ghi “restricted: true”"
            faults.add(kind.line, fault, "nếu không, thư điện tử sẽ có thông tin cá nhân", warning=True)


def _check_lifetimes(plan: Entry, faults: Faults) -> None:
    """From when to when a unit exists, what came after it, and the days on which its cells meet (C2, C8)."""
    codes = {str(cell.value) for cell in plan.column("units", "code")}
    for unit in plan.items("units"):
        begin, end = unit.get("valid_from"), unit.get("valid_to")
        if begin and end and begin.day and end.day and end.day < begin.day:
            faults.add(end.line, "“valid_to” trước “valid_from”", "sửa một trong hai ngày")
        for heir in unit.items("succeeded_by"):
            if isinstance(heir.value, str) and heir.value not in codes:
                remedy = did_you_mean(heir.value, codes, "thêm đơn vị đó vào units, hoặc sửa mã")
                faults.add(heir.line, f"đơn vị kế tục “{heir.value}” không có trong units", remedy, warning=True)
        for day in unit.items("usual_meeting_days"):
            if type(day.value) is int and not 1 <= day.value <= 31:
                faults.add(day.line, f"ngày sinh hoạt thường lệ là {day.value}", "ghi số từ 1 đến 31")


def _check_aliases(plan: Entry, faults: Faults) -> None:
    """No other name of a unit may be that of another one: a list would be taken for the wrong host's (A11)."""
    owners = {match_key(str(cell.value)): cell for cell in plan.column("units", "name")}
    for unit in plan.items("units"):
        own = unit.get("name")
        for alias in unit.items("aliases"):
            first = owners.setdefault(match_key(str(alias.value)), alias)
            if first is not alias and first is not own:
                fault = f"tên gọi khác “{alias.value}” đã là tên ở dòng {first.line}"
                faults.add(alias.line, fault, "xóa, hoặc ghi rõ hơn")


def _check_visits(plan: Entry, faults: Faults) -> None:
    first: dict[tuple[int, str], Entry] = {}
    for cell in plan.column("visits", "unit"):
        _must_be_a_unit(cell, plan, faults)
    for visit in plan.items("visits"):
        month, unit = visit.get("month"), visit.get("unit")
        if month is None or type(month.value) is not int:
            continue
        if not 1 <= month.value <= 12:
            faults.add(month.line, f"không có tháng {month.value}", "ghi tháng từ 1 đến 12")
        if unit is None or not isinstance(unit.value, str):
            continue
        earlier = first.setdefault((month.value, unit.value), visit)
        if earlier is not visit:
            fault = f"“{unit.value}” đã có tháng {month.value} ở dòng {earlier.line}"
            faults.add(visit.line, fault, "xóa một dòng")


def _check_remaining(plan: Entry, faults: Faults) -> list[Entry]:
    remaining = [cell for cell in plan.items("self_supervising", "units") if isinstance(cell.value, str)]
    hosts = {cell.value: cell.line for cell in reversed(plan.column("visits", "unit"))}
    first: dict[str, Entry] = {}
    for cell in remaining:
        code = str(cell.value)
        _must_be_a_unit(cell, plan, faults)
        if code in hosts:
            fault = f"“{code}” vừa được dự (dòng {hosts[code]}) vừa tự triển khai"
            faults.add(cell.line, fault, "giữ ở một trong hai danh sách")
        earlier = first.setdefault(code, cell)
        if earlier is not cell:
            faults.add(cell.line, f"“{code}” đã có ở dòng {earlier.line}", "xóa một dòng")
    return remaining


def _check_every_unit_has_a_place(plan: Entry, remaining: list[Entry], faults: Faults) -> None:
    lists = (plan.get("visits"), plan.get("self_supervising", "units"))
    if not all(one and isinstance(one.value, list) for one in lists):
        return  # that a list is missing is said once, not once for every unit
    placed = {cell.value for cell in [*plan.column("visits", "unit"), *remaining]}
    for cell in plan.column("units", "code"):
        if cell.value not in placed:
            fault = f"“{cell.value}” không có trong visits, cũng không có trong self_supervising"
            faults.add(cell.line, fault, "thêm vào một trong hai danh sách")


def _must_be_a_unit(cell: Entry, plan: Entry, faults: Faults) -> None:
    known = {str(code.value) for code in plan.column("units", "code")}
    if known and cell.value not in known:
        remedy = did_you_mean(str(cell.value), known, "ghi mã của một đơn vị trong mục units")
        faults.add(cell.line, f"không có đơn vị “{cell.value}”", remedy)
