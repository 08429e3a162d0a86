"""One version of the office's calendar, whole: every day off and every Saturday worked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.problem import Problem, Refused
from domain.working_days import WorkingCalendar


@dataclass(frozen=True)
class DayOff:
    """A day on which the office does not work."""

    day: date
    why: str  #: `Tết Nguyên Đán`
    by_office: bool = False  #: the office's own file says so; else the library suggests it


@dataclass(frozen=True)
class CalendarContent:
    """What a version says about the years from `first_year` to `last_year` (C3–C6)."""

    first_year: int
    last_year: int
    days_off: tuple[DayOff, ...]
    working_saturdays: tuple[date, ...]
    official_through: int  #: the last year whose official notice is out; 0: the file does not say
    library: str  #: what the suggestions are from: `holidays 0.109`

    def calendar(self, years: Iterable[int], name: str) -> WorkingCalendar:
        """The working days of those years; `Refused` for a year of which this version knows nothing."""
        wanted = set(years)
        unknown = sorted(year for year in wanted if not self.first_year <= year <= self.last_year)
        if unknown:
            span = f"lịch có từ năm {self.first_year} đến năm {self.last_year}"
            raise Refused(Problem(f"năm {unknown[0]}", "lịch làm việc chưa có năm này", span))
        return WorkingCalendar(
            days_off={day_off.day: day_off.why for day_off in self.days_off if day_off.day.year in wanted},
            working_saturdays=frozenset(day for day in self.working_saturdays if day.year in wanted),
            name=name,
        )

    def is_provisional(self, day: date) -> bool:
        """Whether the official notice of that day's year is not out yet: the day may still move (C4)."""
        return bool(self.official_through) and day.year > self.official_through

    def days_off_in(self, year: int) -> tuple[DayOff, ...]:
        """The days off of one year."""
        return tuple(one for one in self.days_off if one.day.year == year)

    def working_saturdays_in(self, year: int) -> tuple[date, ...]:
        """The Saturdays of one year that are worked."""
        return tuple(day for day in self.working_saturdays if day.year == year)

    def with_year(
        self, year: int, days_off: Mapping[date, str], working_saturdays: Iterable[date], official_through: int
    ) -> "CalendarContent":
        """The same with other days of that year; what differs from before is the office's own word (C4)."""
        before = {one.day: one for one in self.days_off_in(year)}
        said = [
            before[day] if day in before and before[day].why == why else DayOff(day, why, by_office=True)
            for day, why in days_off.items()
        ]
        others = [one for one in self.days_off if one.day.year != year]
        saturdays = {*working_saturdays, *(day for day in self.working_saturdays if day.year != year)}
        return replace(
            self, days_off=tuple(sorted([*others, *said], key=lambda one: one.day)),
            working_saturdays=tuple(sorted(saturdays)), official_through=official_through,
        )  # fmt: skip
