"""Checks what a plan must keep beyond the kinds of its fields: its values, and that no name stands twice."""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date

from config.faults import Faults, did_you_mean
from config.yaml_lines import Entry
from domain.dates import short_date
from domain.deadline import nomination_deadline
from domain.meeting_finding import MEETING_FACTS
from domain.plan import UNIT_TYPES, Plan
from domain.plan_calendar import first_day_on_time
from domain.taking_up_words import parse_before
from domain.text import match_key
from domain.working_days import WorkingCalendar
from planning.plan_units import check_units

FORMAT_PROFILES = ("hd36_2018", "hd05_2026")
#: Whom a line of `Nơi nhận` means (R77–R82).
RECIPIENT_GROUPS = (
    "standing_boards",
    "organisation_boards",
    "board_leaders",
    "party_boards",
    "archive",
    "provincial_standing_body",
)
_RULE_WORDS = {
    "day_kind": ("calendar", "working"),
    "basis": ("received", "sent"),
    "roll": ("none", "previous"),
}
_RULE_NUMBERS = {
    "nomination_days": (1, 365),
    "min_thematic_cells": (0, 99),
    "min_selected": (1, 99),
    "max_selected": (1, 99),
    "request_months_ahead": (0, 11),
}


def check_plan(plan: Entry, faults: Faults) -> None:
    """Note all faults that fields alone do not show; what is missing or of a wrong kind is passed over."""
    _check_head(plan, faults)
    _check_dates(plan, faults)
    _check_rules(plan, faults)
    _check_choices(plan, faults)
    _check_asked(plan, faults)
    _check_doubles(plan, faults)
    for participant in plan.items("participants"):
        _check_participant(participant, faults)
    for before in plan.column("visits", "before"):
        _check_before(before, faults)
    check_units(plan, faults)


def warn_about_deadlines(plan: Plan, entry: Entry, faults: Faults) -> None:
    """Warn where a host could be asked only after its deadline for the day foreseen, or else for the 1st (A5)."""
    # Weekends are enough for a warning; the calendar of holidays is a matter of the running service.
    calendar = WorkingCalendar()
    for visit, place in zip(plan.visits, entry.items("visits"), strict=True):
        day = visit.day or date(plan.year, visit.month, 1)
        last_day = nomination_deadline(day, plan.rules, calendar).last_day
        if last_day < plan.issued:
            meeting = f"{day.day:02d} tháng {day.month}"
            fault = f"hạn báo cuộc họp ngày {meeting} là {short_date(last_day)}, trước ngày ký"
            first = calendar.on_or_after(first_day_on_time(plan, day, calendar))
            remedy = f"sinh hoạt từ {short_date(first)} mới đủ hạn; báo trễ vẫn nhận được khi có lý do"
            faults.add(place.line, fault, remedy, warning=True)


def warn_about_bases(plan: Plan, entry: Entry, faults: Faults) -> None:
    """Warn where nobody can tell what a legal basis is, so that letters would call it a `văn bản` only (R7, A18)."""
    for basis, place in zip(plan.legal_bases, entry.items("legal_bases"), strict=True):
        if not basis.known:
            fault = f"không rõ {basis.symbol} là loại văn bản gì"
            faults.add(place.line, fault, "thêm “kind: Quy định” (hoặc Quyết định, Công văn…)", warning=True)


def _check_head(plan: Entry, faults: Faults) -> None:
    _within(plan.get("year"), 2000, 2100, faults)
    _within(plan.get("number"), 1, 99_999, faults)
    term = plan.get("term")
    if term and isinstance(term.value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{4}", term.value):
        faults.add(term.line, f"“term” là “{term.value}”, không phải nhiệm kỳ", "ghi như 2020-2025")


def _check_dates(plan: Entry, faults: Faults) -> None:
    year = plan.get("year")
    if not year or type(year.value) is not int:
        return
    due, issued = plan.get("self_supervising", "due"), plan.get("issued")
    if due and (day := due.day) and day.year != year.value:
        faults.add(due.line, f"hạn báo cáo {short_date(day)} không thuộc năm {year.value}", "sửa ngày, hoặc sửa year")
    if issued and (day := issued.day) and day.year != year.value and (day.year, day.month) != (year.value - 1, 12):
        fault = f"ngày ký {short_date(day)} không thuộc năm {year.value} hoặc tháng 12 năm trước"
        faults.add(issued.line, fault, "sửa ngày, hoặc sửa year")


def _check_rules(plan: Entry, faults: Faults) -> None:
    for name, words in _RULE_WORDS.items():
        _one_of(plan.get("rules", name), words, faults)
    for name, (lowest, highest) in _RULE_NUMBERS.items():
        _within(plan.get("rules", name), lowest, highest, faults)
    most = plan.get("rules", "max_selected")
    if most is None or type(most.value) is not int:
        return
    for name in ("min_selected", "min_thematic_cells"):
        least = plan.get("rules", name)
        if least and type(least.value) is int and least.value > most.value:
            fault = f"“{name}” ({least.value}) lớn hơn “max_selected” ({most.value})"
            faults.add(least.line, fault, "giảm số này, hoặc tăng max_selected")


def _check_choices(plan: Entry, faults: Faults) -> None:
    _one_of(plan.get("format_profile"), FORMAT_PROFILES, faults)
    for listed, field, allowed in (
        ("units", "unit_type", UNIT_TYPES),
        ("participants", "level", ("province", "host")),
        ("recipients", "group", RECIPIENT_GROUPS),
    ):
        for cell in plan.column(listed, field):
            _one_of(cell, allowed, faults)


def _check_asked(plan: Entry, faults: Faults) -> None:
    """What findings must say of each meeting has a place in the form."""
    names = tuple(fact.name for fact in MEETING_FACTS)
    for name in plan.items("asked_of_meetings"):
        _one_of(name, names, faults)


def _check_doubles(plan: Entry, faults: Faults) -> None:
    for listed, field in (
        ("checklist", "id"),
        ("checklist", "code"),
        ("participants", "id"),
        ("recipients", "id"),
    ):
        _once(plan.column(listed, field), faults)
    _once(plan.column("units", "code"), faults)
    _once(plan.column("units", "name"), faults, key=match_key)


def _check_participant(participant: Entry, faults: Faults) -> None:
    invited, contact = participant.get("invited"), participant.get("contact")
    if invited and invited.value is True and (contact is None or contact.value in (None, "")):
        name = participant.get("name")
        who = name.value if name and isinstance(name.value, str) else "nơi này"
        line = contact.line if contact else participant.line
        faults.add(line, f"{who} được mời nhưng không có “contact”", "thêm “contact: …”, khóa trong tệp địa chỉ")


def _check_before(before: Entry, faults: Faults) -> None:
    """What was done before the service, in words that can be understood."""
    if not isinstance(before.value, str):
        return
    try:
        parse_before(before.value)
    except ValueError as error:
        fault, _, remedy = str(error).partition("; ")
        faults.add(before.line, f"“before”: {fault}", remedy)


def _one_of(entry: Entry | None, allowed: Collection[str], faults: Faults) -> None:
    if entry and isinstance(entry.value, str) and entry.value and entry.value not in allowed:
        remedy = did_you_mean(entry.value, allowed, f"chọn một trong: {', '.join(allowed)}")
        faults.add(entry.line, f"“{entry.name}” không nhận giá trị “{entry.value}”", remedy)


def _within(entry: Entry | None, lowest: int, highest: int, faults: Faults) -> None:
    if entry and type(entry.value) is int and not lowest <= entry.value <= highest:
        faults.add(entry.line, f"“{entry.name}” là {entry.value}", f"ghi số từ {lowest} đến {highest}")


def _once(cells: Iterable[Entry], faults: Faults, key: Callable[[str], str] = str) -> None:
    first: dict[str, Entry] = {}
    for cell in cells:
        earlier = first.setdefault(key(str(cell.value)), cell)
        if earlier is not cell:
            faults.add(cell.line, f"“{cell.value}” đã có ở dòng {earlier.line}", "giữ một, sửa hoặc xóa dòng kia")
