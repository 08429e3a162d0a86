"""Working days of the office: weekdays, less the days off, plus the Saturdays worked instead (C3–C6)."""

from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days the office works. `days_off` and `working_saturdays` come from data, never from code."""

    days_off: dict[date, str] = field(default_factory=dict)  #: date -> why (`Tết Nguyên đán`)
    working_saturdays: frozenset[date] = frozenset()
    name: str = ""  #: which version of the calendar this is

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day."""
        if day in self.working_saturdays:
            return True
        return day.weekday() < 5 and day not in self.days_off

    def on_or_before(self, day: date) -> date:
        """That day, or the last working day before it: where a reminder moves to (A4)."""
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def on_or_after(self, day: date) -> date:
        """That day, or the next working day."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after (or, if negative, before) `day`; `day` itself never counts."""
        step = timedelta(days=1 if count >= 0 else -1)
        for _ in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day
