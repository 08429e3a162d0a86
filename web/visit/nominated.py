"""A host's list as the visit page shows it: each meeting with its deadline and its recommendation explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from database.models import AnswerRow
from domain.deadline import Deadline, Timeliness, explain_deadline, explanation_lines, nomination_deadline
from domain.nomination import Meeting, Nominations, timeliness
from domain.plan import Rules
from domain.record import from_data
from domain.working_days import WorkingCalendar
from overview.happened import Happened


@dataclass(frozen=True)
class Nominated:
    """One nominated meeting."""

    meeting: Meeting
    timeliness: Timeliness
    deadline: Deadline
    counted: tuple[str, ...]  #: how the deadline was counted, in lines
    chosen: bool
    advised: bool
    points: int | None  #: None where the service has not recommended yet
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Listed:
    """The host's newest list, and what the office made of it."""

    received_on: date
    symbol: str
    by: str
    version: int
    meetings: tuple[Nominated, ...]
    accepted_by: str = ""
    accepted_reason: str = ""
    chosen_by: str = ""
    chosen_at: datetime | None = None
    consulted: str = ""
    override: str = ""

    @property
    def chosen(self) -> tuple[Meeting, ...]:
        """The meetings the office attends."""
        return tuple(one.meeting for one in self.meetings if one.chosen)


def listed_of(happened: Happened, rules: Rules, calendar: WorkingCalendar) -> Listed | None:
    """The newest list; None before the host has answered."""
    row, choice, accepted = (happened.latest(kind) for kind in ("nominations", "choice", "acceptance"))
    if row is None:
        return None
    accepted = accepted if accepted and accepted.answers == row.version else None
    nominations = from_data(Nominations, row.content)
    numbers = choice.content["meetings"] if choice else ()
    meetings = tuple(
        _nominated(
            meeting, nominations, accepted is not None, numbers, happened.latest("recommendation"), rules, calendar
        )
        for meeting in nominations.meetings
    )
    return Listed(
        nominations.received_on, nominations.their_symbol, row.by, row.version, meetings,
        accepted_by=accepted.by if accepted else "",
        accepted_reason=str(accepted.content.get("reason", "")) if accepted else "",
        chosen_by=choice.by if choice else "", chosen_at=choice.given_at if choice else None,
        consulted=choice.content["consulted_with"] if choice else "",
        override=choice.content["override"] if choice else "",
    )  # fmt: skip


def _nominated(
    meeting: Meeting, nominations: Nominations, accepted: bool, chosen: Sequence[int], advice: AnswerRow | None,
    rules: Rules, calendar: WorkingCalendar,
) -> Nominated:  # fmt: skip
    content: Mapping[str, Any] = advice.content if advice else {"meetings": [], "ranking": []}
    rank = next((one for one in content["ranking"] if one["meeting"] == meeting.number), None)
    # A moved meeting is judged by the day it was nominated for (A23).
    day = meeting.first_set_for or meeting.day
    return Nominated(
        meeting,
        timeliness(nominations, meeting, rules, calendar, accepted),
        nomination_deadline(day, rules, calendar),
        tuple(explanation_lines(explain_deadline(day, rules, calendar))),
        chosen=meeting.number in chosen,
        advised=meeting.number in content["meetings"],
        points=rank["points"] if rank else None,
        reasons=tuple((one["text"], one["points"]) for one in rank["reasons"]) if rank else (),
    )


def rule_in_words(rules: Rules) -> str:
    """The rule of the deadline as the plan sets it (R62, R85, A4)."""
    unit = "ngày làm việc" if rules.day_kind == "working" else "ngày"
    counted = "ngày gửi ghi trên văn bản" if rules.basis == "sent" else "ngày nhận danh sách"
    edge = (
        f"đúng {rules.nomination_days} {unit} là đúng hạn"
        if rules.inclusive
        else f"đúng {rules.nomination_days} {unit} là trễ"
    )
    rolled = "; hạn rơi vào ngày nghỉ thì lùi về ngày làm việc trước đó" if rules.roll == "previous" else ""
    return f"Báo trước ngày sinh hoạt ít nhất {rules.nomination_days} {unit}, tính từ {counted}; {edge}{rolled}."
