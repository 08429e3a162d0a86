"""A host's list as the visit page shows it: each meeting with its deadline and its recommendation explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from database import stored
from domain.choice_record import Advice
from domain.deadline import Deadline, Timeliness, explain_deadline, explanation_lines, nomination_deadline
from domain.decision import Acceptance, Choice
from domain.nomination import Meeting, Nominations, timeliness
from domain.plan import Rules
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
    refused_because: str = ""  #: of a late meeting that a leader does not take (A5)


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
    word = stored.value_of(accepted, Acceptance) if accepted else None
    nominations = stored.value_of(row, Nominations)
    chosen = stored.value_of(choice, Choice) if choice else Choice(())
    recommended = happened.latest("recommendation")
    advice = stored.value_of(recommended, Advice) if recommended else Advice()
    meetings = tuple(
        _nominated(meeting, nominations, word, chosen.meetings, advice, rules, calendar)
        for meeting in nominations.meetings
    )
    return Listed(
        nominations.received_on, nominations.their_symbol, row.by, row.version, meetings,
        accepted_by=accepted.by if accepted else "",
        accepted_reason=word.reason if word else "",
        chosen_by=choice.by if choice else "", chosen_at=choice.given_at if choice else None,
        consulted=chosen.consulted_with, override=chosen.override,
    )  # fmt: skip


def _nominated(
    meeting: Meeting, nominations: Nominations, word: Acceptance | None, chosen: Sequence[int], advice: Advice,
    rules: Rules, calendar: WorkingCalendar,
) -> Nominated:  # fmt: skip
    rank = advice.of(meeting.number)
    day = meeting.day_to_judge
    refused = word.not_taken if word else {}
    return Nominated(
        meeting,
        timeliness(nominations, meeting, rules, calendar, None if word is None else meeting.number not in refused),
        nomination_deadline(day, rules, calendar),
        tuple(explanation_lines(explain_deadline(day, rules, calendar))),
        chosen=meeting.number in chosen,
        advised=meeting.number in advice.meetings,
        points=rank.points if rank else None,
        reasons=tuple((reason.text, reason.points) for reason in rank.reasons) if rank else (),
        refused_because=refused.get(meeting.number, ""),
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
