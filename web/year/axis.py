"""The time axis of the year's picture: from a day to its place in percent, months, and holidays as runs of days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.working_days import WorkingCalendar

_DAY = timedelta(days=1)
_TET = "Tết Nguyên đán"


@dataclass(frozen=True)
class Axis:
    """Whole months, from the first day to the last one, both shown."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Where that day begins, in percent of the width; days outside are drawn at the edge."""
        shown = min(max(day, self.first), self.last + _DAY)
        return round((shown - self.first).days * 100 / ((self.last - self.first).days + 1), 3)

    def months(self) -> Iterator[date]:
        """The first days of the months."""
        day = self.first
        while day <= self.last:
            yield day
            day = _next_month(day)


@dataclass(frozen=True)
class Holiday:
    """Days off that follow one another, under one name."""

    name: str
    first: date
    last: date

    @property
    def is_tet(self) -> bool:
        """Whether it is the long one, which is worth a word of its own in the picture."""
        return self.name == _TET


def axis_for(year: int, days: Sequence[date]) -> Axis:
    """The year, with months before and after it where the days given reach into them."""
    earliest, latest = min([date(year, 1, 1), *days]), max([date(year, 12, 31), *days])
    return Axis(earliest.replace(day=1), _next_month(latest.replace(day=1)) - _DAY)


def holidays(calendar: WorkingCalendar, axis: Axis) -> tuple[Holiday, ...]:
    """The days off on the axis; a week of Tết is one holiday, weekends between its days belong to it."""
    runs: list[list[date]] = []
    for day in sorted(calendar.days_off):
        if not axis.first <= day <= axis.last:
            continue
        if runs and not any(calendar.is_working_day(between) for between in _between(runs[-1][-1], day)):
            runs[-1].append(day)
        else:
            runs.append([day])
    return tuple(Holiday(_name([calendar.days_off[day] for day in run]), run[0], run[-1]) for run in runs)


def _name(names: Sequence[str]) -> str:
    """The name of a run: Tết where it is in it, else the first that is more than a day taken instead of another."""
    if any("Tết Nguyên" in name for name in names):
        return _TET
    return next((name for name in names if "thay cho" not in name and "nghỉ bù" not in name), names[0])


def _between(first: date, last: date) -> Iterator[date]:
    day = first + _DAY
    while day < last:
        yield day
        day += _DAY


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
