"""What the working group found, and whether it is complete (R9, R15, R16–R38, 2.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.plan import ChecklistItem
from domain.problem import Problem


class ItemResult(StrEnum):
    """How one checklist item was found."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NOT_EXAMINED = "not_examined"

    @property
    def vietnamese(self) -> str:
        """As it is written in the report."""
        return {
            ItemResult.MET: "Đạt",
            ItemResult.PARTLY_MET: "Đạt một phần",
            ItemResult.NOT_MET: "Chưa đạt",
            ItemResult.NOT_APPLICABLE: "Không áp dụng",
            ItemResult.NOT_EXAMINED: "Chưa xem xét",
        }[self]


@dataclass(frozen=True)
class ItemFinding:
    """One checklist item with its result and remark."""

    item: str  #: `R16`
    result: ItemResult
    remark: str = ""


@dataclass(frozen=True)
class Recommendation:
    """What should be done about which limitation, by whom and by when (2.7 no. 4)."""

    limitation: int  #: its place in the list of limitations, from 1
    text: str
    owner: str
    due: date


@dataclass(frozen=True)
class Findings:
    """The group's findings of one visit (4.5)."""

    items: tuple[ItemFinding, ...]
    strengths: tuple[str, ...]
    limitations: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    difficulties: tuple[str, ...] = ()
    attended_on: date | None = None


def check_findings(findings: Findings, checklist: Sequence[ChecklistItem], meeting_day: date) -> list[Problem]:
    """Everything that is missing or does not fit: items, limitations without a remedy, and the reverse (2.7 no. 2)."""
    problems = _check_items(findings, checklist)
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
