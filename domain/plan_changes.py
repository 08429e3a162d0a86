"""How two plans of one year differ, in words for whoever is about to replace the one by the other (6.7 no. 12)."""

from collections.abc import Iterator
from dataclasses import fields

from domain.dates import short_date
from domain.plan import Plan
from domain.record import to_data

#: What people call each part of a plan.
PARTS = {
    "year": "năm", "number": "số kế hoạch", "type_code": "loại văn bản", "title": "tên kế hoạch", "issued": "ngày ký",
    "term": "nhiệm kỳ", "format_profile": "thể thức", "issuer": "cơ quan ban hành", "signer": "người ký",
    "legal_bases": "căn cứ", "units": "đơn vị", "visits": "đơn vị được dự", "self_supervising": "tự giám sát",
    "rules": "quy tắc", "checklist": "danh mục giám sát", "participants": "thành phần tham dự",
    "recipients": "nơi nhận", "asked_of_meetings": "điều cần nêu về buổi sinh hoạt",
    "group_decision": "quyết định thành lập Tổ công tác", "purposes": "mục đích", "requirements": "yêu cầu",
    "structure": "cơ cấu",
}  # fmt: skip


def plan_changes(before: Plan, after: Plan) -> tuple[str, ...]:
    """What differs, a line each; empty where nothing does."""
    return (*_units(before, after), *_visits(before, after), *_by_themselves(before, after), *_rest(before, after))


def _units(before: Plan, after: Plan) -> Iterator[str]:
    old, new = ({unit.code: unit for unit in plan.units} for plan in (before, after))
    yield from (f"thêm đơn vị {unit.name}" for code, unit in new.items() if code not in old)
    yield from (f"bỏ đơn vị {unit.name}" for code, unit in old.items() if code not in new)
    yield from (f"sửa đơn vị {unit.name}" for code, unit in new.items() if code in old and old[code] != unit)


def _visits(before: Plan, after: Plan) -> Iterator[str]:
    old, new = ({(one.month, one.unit): one for one in plan.visits} for plan in (before, after))
    for key, one in new.items():
        if key not in old:
            yield f"thêm: dự {after.unit(one.unit).short_name} tháng {one.month}"
        elif old[key] != one:
            yield f"sửa: dự {after.unit(one.unit).short_name} tháng {one.month}"
    for key, one in old.items():
        if key not in new:
            yield f"bỏ: dự {before.unit(one.unit).short_name} tháng {one.month}"


def _by_themselves(before: Plan, after: Plan) -> Iterator[str]:
    old, new = before.self_supervising, after.self_supervising
    yield from (f"thêm tự giám sát: {after.unit(code).short_name}" for code in new.units if code not in old.units)
    yield from (f"thôi tự giám sát: {before.unit(code).short_name}" for code in old.units if code not in new.units)
    if old.due != new.due:
        yield f"hạn báo cáo tự giám sát: {short_date(old.due)} → {short_date(new.due)}"


_TOLD_ABOVE = ("units", "visits", "self_supervising")


def _rest(before: Plan, after: Plan) -> Iterator[str]:
    for field in fields(Plan):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name in _TOLD_ABOVE or old == new:
            continue
        plain = not isinstance(to_data(old), list | dict) and not isinstance(to_data(new), list | dict)
        yield f"sửa {PARTS[field.name]}" + (f": {to_data(old)} → {to_data(new)}" if plain else "")
