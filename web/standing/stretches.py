"""Cuts a visit's life into stretches: which step it was in, and for whom it waited, from day to day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.role import Role
from domain.step import Step

#: The service itself works; nobody is waited for.
OFFICE = "office"


@dataclass(frozen=True)
class Stretch:
    """From one day to another a visit was in one step and waited for one kind of person."""

    step: Step
    whom: str  #: a role, `date`, `mail_server`, or `office` for the service's own work
    begins: date
    ends: date
    now: bool = False  #: it goes on


@dataclass(frozen=True)
class Marks:
    """The days at which the one a visit waited for changed within a step."""

    listed: date | None = None  #: the first list came
    last_meeting: date | None = None
    found: date | None = None  #: the last findings came
    approved: date | None = None  #: the result notice was approved


def stretches(
    opened: date | None, finished: Mapping[Step, date], marks: Marks, waiting: tuple[str, date] | None, today: date
) -> tuple[Stretch, ...]:
    """The stretches of a visit, oldest first; none before it is opened.

    `waiting` is for whom it waits at this moment, and since when; the last stretch then goes on until today.
    """
    if opened is None:
        return ()
    found: list[Stretch] = []
    begins = opened
    for step in Step:
        done = finished.get(step)
        if done is None:
            found += _unfinished(step, begins, marks, waiting, today)
            break
        found += _cut(step, begins, done, marks)
        begins = done
    return tuple(found)


def _cut(step: Step, begins: date, ends: date, marks: Marks) -> list[Stretch]:
    """A step's days by whom it waited for: the meeting's day, the list, the findings, the approval divide them."""
    turns: Sequence[tuple[date | None, str]] = {
        Step.CHECK_DEADLINE: ((marks.listed, Role.LEADER),),
        Step.COLLECT_FINDINGS: ((marks.last_meeting, Role.INSPECTOR), (marks.found, Role.LEADER)),
        Step.ISSUE_RESULT_NOTICE: ((marks.approved, Role.CLERK),),
    }.get(step, ())
    parts, whom, start = [], step.whom or OFFICE, begins
    for day, following in turns:
        if day is not None and start <= day <= ends:
            if day > start:
                parts.append(Stretch(step, whom, start, day))
            whom, start = following, day
    if ends > start or not parts:
        parts.append(Stretch(step, whom, start, ends))
    return parts


def _unfinished(step: Step, begins: date, marks: Marks, waiting: tuple[str, date] | None, today: date) -> list[Stretch]:
    """The step it is in: what has passed of it, and the wait that goes on."""
    if waiting is None:
        return [Stretch(step, step.whom or OFFICE, begins, max(begins, today), now=True)]
    whom, since = waiting
    since = min(max(since, begins), max(today, begins))
    passed = _cut(step, begins, since, marks) if since > begins else []
    return [*passed, Stretch(step, whom, since, max(since, today), now=True)]
