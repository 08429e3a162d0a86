"""Working days of the office: weekdays, less the days off, plus the Saturdays worked instead (C3–C6)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True)
class CountedDay:
    """One day of a count, and whether it was counted; `why` says so where it was not."""

    day: date
    counted: bool
    why: str = ""  #: `thứ Bảy`, `Tết Nguyên Đán`; of a Saturday that is worked: `làm bù`


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

    def why_off(self, day: date) -> str:
        """Why the office does not work on that day: the holiday before the weekend; empty if it works."""
        if self.is_working_day(day):
            return ""
        return self.days_off.get(day) or ("thứ Bảy" if day.weekday() == 5 else "Chủ nhật")

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

    def walk(self, day: date, count: int) -> Iterator[CountedDay]:
        """Every day that `add` passes, in its order, each said to be counted or skipped; the last one is its result."""
        step, left = timedelta(days=1 if count >= 0 else -1), abs(count)
        while left:
            day += step
            worked = self.is_working_day(day)
            left -= worked
            yield CountedDay(day, worked, "làm bù" if worked and day.weekday() == 5 else self.why_off(day))
