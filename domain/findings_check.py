"""Whether findings are complete: every item, every fault explained, every limitation answered (R15, R16–R38, 2.7)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain.findings import ALL, EXPLAINED, Findings, ItemFinding, Recommendation, at
from domain.meeting_finding import check_meetings
from domain.meeting_parts import asked_apart
from domain.nomination import Meeting
from domain.plan import ChecklistItem, Plan
from domain.problem import Problem

#: Where a problem stands that is of no single item.
CHECKLIST, STRENGTHS = "danh mục giám sát", "ưu điểm"
#: How a problem begins that names an item nobody has given a result.
NO_RESULT = "chưa có kết quả"


def check_visit(findings: Findings, plan: Plan, meetings: Sequence[Meeting]) -> list[Problem]:
    """Everything that findings of a visit lack: of the checklist, and of each meeting that was attended."""
    last_day = max(meeting.day for meeting in meetings)
    told = check_meetings(findings.meetings, meetings, plan.asked_of_meetings)
    return [
        *(replace(problem, warning=findings.rules < EXPLAINED) for problem in told),
        *check_findings(findings, plan.checklist, last_day, meetings),
    ]


def check_findings(
    findings: Findings, checklist: Sequence[ChecklistItem], meeting_day: date, meetings: Sequence[Meeting] = ()
) -> list[Problem]:
    """Everything that is missing or does not fit: items, faults nobody explained, limitations without a remedy (2.7).

    Of findings that were given before faults had to be explained, what is not explained is a warning only: they are
    kept as they are, and the papers name the gap. Of several meetings each has its own results, but for findings of
    before that was asked.
    """
    problems = [*_check_items(findings, checklist, meetings), *_check_faults(findings, checklist, meetings)]
    problems += _check_strengths(findings, meetings)
    answered = {recommendation.limitation for recommendation in findings.recommendations}
    for number, limitation in enumerate(findings.limitations, start=1):
        if number not in answered:
            problems.append(
                Problem(f"hạn chế {number}", f"“{limitation}” chưa có kiến nghị", "thêm kiến nghị khắc phục")
            )
    for number, recommendation in enumerate(findings.recommendations, start=1):
        problems += _check_recommendation(recommendation, f"kiến nghị {number}", len(findings.limitations), meeting_day)
    return problems


def place_of_item(code: str, organisation: str = "") -> str:
    """Where a problem of an item stands: `II.2.b`, of one of several meetings `Chi bộ A: II.2.b`."""
    return f"{organisation}: {code}" if organisation else code


def _check_items(findings: Findings, checklist: Sequence[ChecklistItem], meetings: Sequence[Meeting]) -> list[Problem]:
    known = {item.id for item in checklist}
    given = [(finding.item, finding.meeting) for finding in findings.items]
    problems = []
    for meeting, organisation in _lists(findings, meetings).items():
        missing = [item for item in checklist if (item.id, meeting) not in given]
        problems += [
            Problem(place_of_item(item.code, organisation), f"{NO_RESULT}: {item.text}", "chọn một trong năm kết quả")
            for item in missing
        ]
    for item in sorted({item for item, _meeting in given if item not in known}):
        problems.append(Problem(item, "không có trong danh mục giám sát", "xóa dòng này"))
    for item in sorted({one[0] for one in given if given.count(one) > 1}):
        problems.append(Problem(item, "có hai kết quả", "giữ một"))
    if strangers := sum(meeting not in _lists(findings, meetings) for _item, meeting in given):
        fault = f"{strangers:02d} kết quả không ghi của buổi nào đã dự"
        problems.append(Problem(CHECKLIST, fault, "ghi kết quả riêng của từng buổi"))
    return problems


def _lists(findings: Findings, meetings: Sequence[Meeting]) -> dict[int, str]:
    """The meetings that have a list of results of their own, by number; else the one list of all, without a name."""
    if asked_apart(findings.rules, meetings):
        return {meeting.number: meeting.organisation for meeting in meetings}
    return {ALL: ""}


def _check_strengths(findings: Findings, meetings: Sequence[Meeting]) -> list[Problem]:
    """At least one for each meeting (R15); one of all meetings is one of each."""
    if not findings.strengths:
        return [Problem(STRENGTHS, "chưa ghi", "ghi ít nhất một ưu điểm")]
    told = {at(findings.strengths_at, place) for place in range(1, len(findings.strengths) + 1)}
    return [
        Problem(STRENGTHS, f"chưa ghi của {organisation}", "ghi ít nhất một ưu điểm của buổi ấy, hoặc chung các buổi")
        for meeting, organisation in _lists(findings, meetings).items()
        if organisation and not told & {meeting, ALL}
    ]


def _check_faults(findings: Findings, checklist: Sequence[ChecklistItem], meetings: Sequence[Meeting]) -> list[Problem]:
    """What was lacking is told and comes to a limitation, or it is said why not; and something was looked at (R15)."""
    codes = {item.id: item.code for item in checklist}
    lists = _lists(findings, meetings)
    problems = []
    for item in findings.items:
        if item.item in codes:
            place = place_of_item(codes[item.item], lists.get(item.meeting, ""))
            problems += _check_fault(item, place, len(findings.limitations))
    if len(findings.items) >= len(checklist) * len(lists) and not findings.considered:
        remedy = "xem xét ít nhất một nội dung; không dự được thì báo Ban Tổ chức"
        problems.append(Problem(CHECKLIST, "chưa xem xét nội dung nào", remedy))
    return [replace(problem, warning=findings.rules < EXPLAINED) for problem in problems]


def _check_fault(item: ItemFinding, place: str, limitations: int) -> list[Problem]:
    problems, result = [], f"kết quả “{item.result.vietnamese}”"
    strangers = [str(number) for number in item.limitations if not 1 <= number <= limitations]
    if strangers:
        problems.append(Problem(place, f"chỉ tới hạn chế {', '.join(strangers)}, không có", "ghi đúng số của hạn chế"))
    if not item.result.is_fault:
        if item.limitations or item.no_limitation:
            fault = f"{result} nhưng được nêu ở phần hạn chế"
            problems.append(Problem(place, fault, "sửa kết quả, hoặc bỏ mục này khỏi phần hạn chế"))
        return problems
    if not item.remark.strip():
        problems.append(Problem(place, f"{result} chưa có ghi chú", "ghi rõ thiếu gì"))
    if not item.explained:
        remedy = "nêu mục này ở một hạn chế, hoặc ghi lý do không coi là hạn chế"
        problems.append(Problem(place, f"{result} chưa nêu thành hạn chế", remedy))
    return problems


def _check_recommendation(one: Recommendation, place: str, limitations: int, meeting_day: date) -> list[Problem]:
    problems = []
    if not 1 <= one.limitation <= limitations:
        problems.append(Problem(place, f"chỉ tới hạn chế {one.limitation}, không có", f"ghi số từ 1 đến {limitations}"))
    if not one.text.strip():
        problems.append(Problem(place, "chưa có nội dung", "ghi giải pháp"))
    if not one.owner.strip():
        problems.append(Problem(place, "chưa có nơi thực hiện", "ghi tổ chức hoặc người chịu trách nhiệm"))
    if one.due <= meeting_day:
        problems.append(Problem(place, "thời hạn không sau ngày dự sinh hoạt", "ghi ngày sau đó"))
    return problems
