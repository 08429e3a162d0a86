"""Which meetings to attend: the recommendation with its reasons, and the rule a choice must keep (R51, A7, A8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.choice_weights import Weights
from domain.deadline import Timeliness
from domain.nomination import Meeting
from domain.plan import Rules
from domain.problem import Problem


@dataclass(frozen=True)
class Reason:
    """One part of a meeting's score, and why it has it."""

    part: str  #: which weight gave it: `thematic_cell`
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
class Past:
    """What earlier visits know of an organisation."""

    last_visit: date | None = None  #: None: never attended, as far as the records go
    open_recommendations: int = 0  #: made to it and not yet answered (D11)


@dataclass(frozen=True)
class Candidate:
    """A nominated meeting with what the service knows about it."""

    meeting: Meeting
    timeliness: Timeliness
    past: Past = Past()
    elsewhere: tuple[str, ...] = ()  #: where the working group is already expected that day (C2)


def recommend(candidates: Sequence[Candidate], weights: Weights, year: int) -> tuple[Recommended, ...]:
    """The nominated meetings of a year's visit, best first; equal scores keep the host's order."""
    scored = [
        Recommended(candidate.meeting, tuple(_reasons(candidate, candidates, weights, year)))
        for candidate in candidates
    ]
    return tuple(sorted(scored, key=lambda one: (-one.points, one.meeting.number)))


def _reasons(one: Candidate, all_of_them: Sequence[Candidate], weights: Weights, year: int) -> list[Reason]:
    reasons = [*_kind(one.meeting, weights), _timeliness(one, weights), _past(one.past, weights, year)]
    if one.past.open_recommendations:
        count = min(one.past.open_recommendations, weights.recommendations_counted)
        text = f"còn {one.past.open_recommendations} kiến nghị chưa trả lời"
        reasons.append(Reason("open_recommendation", text, count * weights.open_recommendation))
    return reasons + _clashes(one, all_of_them, weights)


def _kind(meeting: Meeting, weights: Weights) -> list[Reason]:
    name = meeting.org_type.vietnamese.lower()
    points = weights.organisation.of(meeting.org_type)
    if meeting.is_thematic_cell:
        theme = Reason("thematic_cell", "chi bộ sinh hoạt chuyên đề", weights.thematic_cell)
        return [theme, Reason("organisation", name, points)]
    note = "sinh hoạt thường kỳ" if meeting.org_type.is_cell else "không thay được chi bộ chuyên đề"
    return [Reason("organisation", f"{name}: {note}", points)]


def _timeliness(one: Candidate, weights: Weights) -> Reason:
    on_time = one.timeliness is Timeliness.ON_TIME
    return Reason("on_time", "báo đúng hạn" if on_time else "báo trễ hạn", weights.on_time if on_time else 0)


def _past(past: Past, weights: Weights, year: int) -> Reason:
    if past.last_visit is None:
        return Reason("never_visited", "chưa được dự, giám sát lần nào", weights.never_visited)
    years = max(0, year - past.last_visit.year)
    text = f"dự lần gần nhất năm {past.last_visit.year}, cách {years} năm" if years else f"đã dự trong năm {year}"
    return Reason("year_since_visit", text, min(years, weights.years_counted) * weights.year_since_visit)


def _clashes(one: Candidate, all_of_them: Sequence[Candidate], weights: Weights) -> list[Reason]:
    """One group cannot be in two places; many organisations meet on the same day (C2)."""
    reasons = []
    day, number = one.meeting.day, one.meeting.number
    same_day = sorted(other.meeting.number for other in all_of_them if other.meeting.day == day)
    others = [f"{other}" for other in same_day if other != number]
    if others:
        text = f"cùng ngày với số {', '.join(others)} trong danh sách"
        reasons.append(Reason("same_day_in_list", text, weights.same_day_in_list))
    if one.elsewhere:
        text = f"cùng ngày Tổ công tác dự nơi khác: {'; '.join(one.elsewhere)}"
        reasons.append(Reason("same_day_elsewhere", text, weights.same_day_elsewhere))
    return reasons


def best(recommended: Sequence[Recommended], rules: Rules) -> tuple[int, ...]:
    """The numbers the office is advised to choose: as many as the minimum asks."""
    return first_of(recommended, max(rules.min_selected, rules.min_thematic_cells))


def first_of(recommended: Sequence[Recommended], wanted: int) -> tuple[int, ...]:
    """The numbers of the first so many, thematic cells before all others (R51)."""
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
