"""Reminders as a ladder: which rung is due, and when the next one comes (A4, design trap 14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.working_days import WorkingCalendar


@dataclass(frozen=True)
class Rung:
    """One reminder: its number in the ladder, its day, and whether it goes to a superior as well."""

    number: int
    day: date
    escalates: bool = False


def ladder(
    due: date, offsets: Sequence[int], calendar: WorkingCalendar, *, not_before: date, escalate_from: int = 1
) -> tuple[Rung, ...]:
    """The rungs around a due date.

    `offsets` are days relative to `due` (negative before it), in rising order. Each rung falls on its day or the
    working day before it; rungs that would fall before `not_before` or on the same day as the rung
    before them are dropped. Rungs `escalate_from` days after `due` or later escalate.
    """
    rungs: list[Rung] = []
    for number, offset in enumerate(offsets, start=1):
        day = calendar.on_or_before(date.fromordinal(due.toordinal() + offset))
        if offset > 0:  # a reminder about lateness must not come before the lateness
            day = calendar.on_or_after(date.fromordinal(due.toordinal() + offset))
        if day < not_before or (rungs and day <= rungs[-1].day):
            continue
        rungs.append(Rung(number, day, escalates=offset >= escalate_from))
    return tuple(rungs)


def rung_due(rungs: Sequence[Rung], done: int, today: date) -> Rung | None:
    """The one reminder to send today, or None.

    `done` is the number of the highest rung already used. Several rungs missed while the service was off
    become one message: the latest.
    """
    return next((rung for rung in reversed(rungs) if rung.day <= today and rung.number > done), None)


def next_rung(rungs: Sequence[Rung], done: int, today: date) -> Rung | None:
    """The next reminder that is still to come, or None at the top of the ladder."""
    return next((rung for rung in rungs if rung.number > done and rung.day > today), None)
