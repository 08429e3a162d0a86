"""The one day by which a host's list is asked for: every letter, form and page says this day (R62, R85, A5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.dates import last_day_of
from domain.deadline import nomination_deadline
from domain.due import DueRule
from domain.plan import Rules
from domain.working_days import WorkingCalendar


@dataclass(frozen=True)
class ListDue:
    """The day, and which meetings of the month a list of that day still announces in time."""

    day: date
    why: str  #: the line that explains it
    first_in_time: date | None  #: the earliest of these meetings; None where the month has none (A5)

    @property
    def tight(self) -> bool:
        """Whether some meetings of the month, or all, cannot be announced in time any more."""
        return is_tight(self.first_in_time)


def is_tight(first_in_time: date | None) -> bool:
    """Whether a month whose first meeting in time is that one has others that cannot be announced in time any more."""
    return first_in_time is None or first_in_time.day > 1


def list_due(rule: DueRule, year: int, month: int, rules: Rules, calendar: WorkingCalendar) -> ListDue:
    """What `rule` (of `domain.due.nominations_due`) comes to for the list of that month."""
    day = rule.day(calendar)
    return ListDue(day, rule.why(calendar), first_in_time(day, year, month, rules, calendar))


def first_in_time(received: date, year: int, month: int, rules: Rules, calendar: WorkingCalendar) -> date | None:
    """The earliest meeting of the month that a list received on that day announces in time; None where none is."""
    days = (day for day in _days_of(year, month) if nomination_deadline(day, rules, calendar).last_day >= received)
    return next(days, None)


def _days_of(year: int, month: int) -> Iterator[date]:
    for number in range(last_day_of(year, month).day):
        yield date(year, month, 1) + timedelta(days=number)
