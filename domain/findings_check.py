"""Whether findings are complete: every item, every fault explained, every limitation answered (R15, R16–R38, 2.7)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain.findings import RULES, Findings, ItemFinding, Recommendation
from domain.meeting_finding import check_meetings
from domain.nomination import Meeting
from domain.plan import ChecklistItem, Plan
from domain.problem import Problem

#: Where a problem stands that is of no single item.
CHECKLIST = "danh mục giám sát"


def check_visit(findings: Findings, plan: Plan, meetings: Sequence[Meeting]) -> list[Problem]:
    """Everything that findings of a visit lack: of the checklist, and of each meeting that was attended."""
    last_day = max(meeting.day for meeting in meetings)
    told = check_meetings(findings.meetings, meetings, plan.asked_of_meetings)
    return [
        *(replace(problem, warning=findings.rules < RULES) for problem in told),
        *check_findings(findings, plan.checklist, last_day),
    ]


def check_findings(findings: Findings, checklist: Sequence[ChecklistItem], meeting_day: date) -> list[Problem]:
    """Everything that is missing or does not fit: items, faults nobody explained, limitations without a remedy (2.7).

    Of findings that were given before faults had to be explained, what is not explained is a warning only: they are
    kept as they are, and the papers name the gap.
    """
    problems = [*_check_items(findings, checklist), *_check_faults(findings, checklist)]
    if not findings.strengths:
        problems.append(Problem("ưu điểm", "chưa ghi", "ghi ít nhất một ưu điểm"))
    answered = {recommendation.limitation for recommendation in findings.recommendations}
    for number, limitation in enumerate(findings.limitations, start=1):
        if number not in answered:
            problems.append(
                Problem(f"hạn chế {number}", f"“{limitation}” chưa có kiến nghị", "thêm kiến nghị khắc phục")
            )
    for number, recommendation in enumerate(findings.recommendations, start=1):
        problems += _check_recommendation(recommendation, f"kiến nghị {number}", len(findings.limitations), meeting_day)
    return problems


def _check_items(findings: Findings, checklist: Sequence[ChecklistItem]) -> list[Problem]:
    known = {item.id for item in checklist}
    given = [finding.item for finding in findings.items]
    problems = [
        Problem(item.code, f"chưa có kết quả: {item.text}", "chọn một trong năm kết quả")
        for item in checklist
        if item.id not in given
    ]
    for item in sorted({one for one in given if one not in known}):
        problems.append(Problem(item, "không có trong danh mục giám sát", "xóa dòng này"))
    for item in sorted({one for one in given if given.count(one) > 1}):
        problems.append(Problem(item, "có hai kết quả", "giữ một"))
    return problems


def _check_faults(findings: Findings, checklist: Sequence[ChecklistItem]) -> list[Problem]:
    """What was lacking is told and comes to a limitation, or it is said why not; and something was looked at (R15)."""
    codes = {item.id: item.code for item in checklist}
    problems = []
    for item in findings.items:
        if item.item in codes:
            problems += _check_fault(item, codes[item.item], len(findings.limitations))
    if len(findings.items) >= len(checklist) and not findings.considered:
        remedy = "xem xét ít nhất một nội dung; không dự được thì báo Ban Tổ chức"
        problems.append(Problem(CHECKLIST, "chưa xem xét nội dung nào", remedy))
    return [replace(problem, warning=findings.rules < RULES) for problem in problems]


def _check_fault(item: ItemFinding, code: str, limitations: int) -> list[Problem]:
    problems, result = [], f"kết quả “{item.result.vietnamese}”"
    strangers = [str(number) for number in item.limitations if not 1 <= number <= limitations]
    if strangers:
        problems.append(Problem(code, f"chỉ tới hạn chế {', '.join(strangers)}, không có", "ghi đúng số của hạn chế"))
    if not item.result.is_fault:
        if item.limitations or item.no_limitation:
            fault = f"{result} nhưng được nêu ở phần hạn chế"
            problems.append(Problem(code, fault, "sửa kết quả, hoặc bỏ mục này khỏi phần hạn chế"))
        return problems
    if not item.remark.strip():
        problems.append(Problem(code, f"{result} chưa có ghi chú", "ghi rõ thiếu gì"))
    if not item.explained:
        remedy = "nêu mục này ở một hạn chế, hoặc ghi lý do không coi là hạn chế"
        problems.append(Problem(code, f"{result} chưa nêu thành hạn chế", remedy))
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
