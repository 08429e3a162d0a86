"""Which meetings to attend: the recommendation with its reasons, and the rule a choice must keep (R51, A7, A8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.deadline import Timeliness
from domain.nomination import Meeting
from domain.plan import Rules
from domain.problem import Problem


@dataclass(frozen=True)
class Reason:
    """One part of a meeting's score, and why it has it."""

    text: str
    points: int


@dataclass(frozen=True)
class Recommended:
    """A meeting with its score, part by part."""

    meeting: Meeting
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """The sum of the parts."""
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True)
class Candidate:
    """A nominated meeting with what the service knows about it."""

    meeting: Meeting
    timeliness: Timeliness
    visited_before: bool = False


def recommend(candidates: Sequence[Candidate]) -> tuple[Recommended, ...]:
    """The nominated meetings, best first; equal scores keep the host's order."""
    busy_days = [candidate.meeting.day for candidate in candidates]
    scored = [Recommended(candidate.meeting, tuple(_reasons(candidate, busy_days))) for candidate in candidates]
    return tuple(sorted(scored, key=lambda one: (-one.points, one.meeting.number)))


def _reasons(candidate: Candidate, busy_days: Sequence[object]) -> list[Reason]:
    meeting = candidate.meeting
    reasons = []
    if meeting.is_thematic_cell:
        reasons.append(Reason("chi bộ sinh hoạt chuyên đề", 50))
    elif meeting.org_type.is_cell:
        reasons.append(Reason("chi bộ sinh hoạt thường kỳ", 20))
    else:
        reasons.append(Reason(f"{meeting.org_type.vietnamese.lower()}: không thay được chi bộ chuyên đề", 10))
    if candidate.timeliness is Timeliness.ON_TIME:
        reasons.append(Reason("báo đúng hạn", 10))
    else:
        reasons.append(Reason("báo trễ hạn", 0))
    if not candidate.visited_before:
        reasons.append(Reason("chưa được dự, giám sát trong kế hoạch này", 10))
    if busy_days.count(meeting.day) > 1:
        reasons.append(Reason("cùng ngày với tổ chức đảng khác trong danh sách", -5))
    return reasons


def best(recommended: Sequence[Recommended], rules: Rules) -> tuple[int, ...]:
    """The numbers the office is advised to choose: thematic cells first, as many as the minimum asks."""
    wanted = max(rules.min_selected, rules.min_thematic_cells)
    thematic = [one for one in recommended if one.meeting.is_thematic_cell]
    others = [one for one in recommended if not one.meeting.is_thematic_cell]
    return tuple(sorted(one.meeting.number for one in (thematic + others)[:wanted]))


def check_choice(chosen: Sequence[Meeting], rules: Rules, override: str = "") -> list[Problem]:
    """What forbids a choice; an `override` is the reason for choosing without a thematic cell (R51)."""
    problems = []
    if not rules.min_selected <= len(chosen) <= rules.max_selected:
        problems.append(
            Problem(
                "lựa chọn",
                f"chọn {len(chosen)} nơi",
                f"chọn từ {rules.min_selected} đến {rules.max_selected} nơi",
            )
        )
    thematic = sum(meeting.is_thematic_cell for meeting in chosen)
    if thematic < rules.min_thematic_cells and not override.strip():
        problems.append(
            Problem(
                "lựa chọn",
                f"có {thematic} chi bộ sinh hoạt chuyên đề, cần ít nhất {rules.min_thematic_cells}",
                "chọn thêm chi bộ chuyên đề (đảng ủy không thay được), hoặc nêu lý do ngoại lệ",
            )
        )
    return problems


def is_override(chosen: Sequence[Meeting], rules: Rules) -> bool:
    """Whether a choice breaks R51 and so must be listed in the annual report."""
    return sum(meeting.is_thematic_cell for meeting in chosen) < rules.min_thematic_cells
