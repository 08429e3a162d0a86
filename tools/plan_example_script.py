"""Writes the rehearsal script of the example plan: a list, a choice and findings for each visit, all invented."""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.plan import Plan, PlannedVisit, Unit
from domain.working_days import WorkingCalendar
from planning.plan_yaml import scalar

_THEMES = (
    "Nêu gương của cán bộ, đảng viên", "Chuyển đổi số ở cơ sở", "Xây dựng nông thôn mới nâng cao",
    "Thực hành tiết kiệm, chống lãng phí", "Dân vận khéo ở khu dân cư", "Kỷ luật, kỷ cương trong thực thi nhiệm vụ",
)  # fmt: skip
_STRENGTHS = (
    "Chi ủy chuẩn bị nội dung chu đáo, tài liệu gửi trước cho đảng viên",
    "Đảng viên thảo luận sôi nổi, bám sát chuyên đề",
    "Đúng trình tự, đủ nội dung, biên bản rõ ràng",
)
#: Each with the item that it comes of, and its remedy.
_LIMITATIONS = (
    ("R20", "Sổ nghị quyết ghi còn vắn tắt", "Ghi đầy đủ kết quả biểu quyết trong sổ nghị quyết"),
    ("R29", "Ít ý kiến thảo luận", "Gợi ý thảo luận trước cho từng đảng viên"),
    ("R29", "Nghị quyết chậm đưa lên Sổ tay đảng viên điện tử", "Đưa nghị quyết lên trong hai ngày"),
    ("R34", "Nội dung phê bình còn nể nang", "Gợi ý kiểm điểm cho từng đảng viên trước kỳ sinh hoạt"),
)
#: Every so many visits the host sends its list only after a reminder.
_FORGETFUL = 10


def script_text(plan: Plan, calendar: WorkingCalendar, head: Sequence[str]) -> str:
    """The script as YAML, in the order of the plan's visits."""
    lines = [f"# {line}" for line in head]
    lines += [
        "# Mọi đơn vị báo đúng hạn, riêng cứ mười đợt có một đơn vị phải nhắc.",
        "", f"year: {plan.year}", f"start: {plan.issued.isoformat()} # ngày ký kế hoạch", "people:",
        "  officer: Cán bộ mẫu (diễn tập)", "  leader: Lãnh đạo mẫu (diễn tập)", "  clerk: Văn thư mẫu (diễn tập)",
        "  inspector: Tổ trưởng mẫu (diễn tập)", "first_notice_number: 27", "mail_down: []", "", "visits:",
    ]  # fmt: skip
    for number, visit in enumerate(plan.visits):
        lines += _visit(plan, visit, number, calendar)
    lines.append("units:")
    for number, code in enumerate(plan.self_supervising.units):
        lines += _report(plan, code, number)
    return "\n".join(lines) + "\n"


def _visit(plan: Plan, visit: PlannedVisit, number: int, calendar: WorkingCalendar) -> list[str]:
    unit, day = plan.unit(visit.unit), visit.day
    assert day, "every visit of the example has a day"
    item, fault, remedy = _LIMITATIONS[number % len(_LIMITATIONS)]
    return [
        f"  {visit.key(plan.year)}:",
        "    lists:",
        f"      - symbol: {number + 11}-CV/ĐU",
        f"        {_when(plan, visit, number, day, calendar)}",
        "        meetings:",
        *_meeting(unit, number, day),
        *_committee(unit, calendar.on_or_after(day + timedelta(days=1))),
        "    choose: [1]",
        f"    consulted: {scalar(unit.standing_board.replace('Ban Thường vụ', 'Thường trực'))}",
        "    remedies:",
        f"      - {{number: 1, on: {(day + timedelta(days=40)).isoformat()}, text: Đã thực hiện, symbol: 90-CV/ĐU}}",
        "    findings:",
        "      strengths:",
        f"        - {_STRENGTHS[number % len(_STRENGTHS)]}",
        "      limitations:",
        f"        - text: {fault}",
        f"          remedy: {remedy}",
        f"          owner: Chi ủy {_cell(number)}",
        "          within_days: 45",
        f"          items: [{item}]",
        f"      partly_met: [{item}]",
        f"      remarks: {{{item}: Đã thực hiện nhưng chưa thường xuyên}}",
        "",
    ]


def _report(plan: Plan, code: str, number: int) -> list[str]:
    """The report of a unit that supervises itself, three to four weeks before its date."""
    day = plan.self_supervising.due - timedelta(days=21 + number % 7)
    return [
        f"  {code}:",
        "    reports:",
        f"      - {{on: {day.isoformat()}, symbol: {number + 31}-BC/ĐU, committees: {number % 3}, "
        f"cells: {4 + number % 5}, thematic_cells: {1 + number % 4}}}",
    ]


def _when(plan: Plan, visit: PlannedVisit, number: int, day: date, calendar: WorkingCalendar) -> str:
    """Five days before the deadline, but not before the host can have read the request."""
    if number % _FORGETFUL == _FORGETFUL - 1:
        return "after_reminders: 1"
    asked = calendar.add(plan.opens_on(visit.month), 3)
    early = calendar.on_or_before(day - timedelta(days=plan.rules.nomination_days + 5))
    return f"on: {max(asked, early).isoformat()}"


def _cell(number: int) -> str:
    return f"Chi bộ Mẫu số {number + 1}"


def _meeting(unit: Unit, number: int, day: date) -> list[str]:
    return [
        f"          - organisation: {_cell(number)}",
        "            org_type: cell_subordinate",
        f"            kind: {'combined' if number % 3 == 2 else 'thematic'}",
        f"            at: {day.isoformat()} 14:00",
        f"            venue: Phòng họp {_cell(number)}",
        f"            parent: {scalar(unit.standing_board.removeprefix('Ban Thường vụ '))}",
        f"            theme: {scalar(_THEMES[number % len(_THEMES)])}",
        f"            members: {18 + number % 23}",
    ]


def _committee(unit: Unit, day: date) -> list[str]:
    committee = unit.standing_board.removeprefix("Ban Thường vụ ")
    return [
        f"          - organisation: {scalar(committee)}",
        "            org_type: grassroots_committee",
        "            kind: regular",
        f"            at: {day.isoformat()} 08:00",
        f"            venue: {scalar(f'Hội trường {unit.short_name}')}",
        "            members: 210",
    ]
