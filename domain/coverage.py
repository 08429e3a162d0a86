"""Whether each unit has its turn as host within so many years, and how turns are spread evenly (R49, C10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from domain.plan import PlannedVisit


@dataclass(frozen=True)
class Turn:
    """How one unit stands in a year: when it was host last, when it is host next, and when it must be at the latest."""

    unit: str
    year: int
    last: int | None  #: the last year in which it was host, as far as the records go
    month: int | None  #: the month for which it is planned this year
    due_by: int  #: the last year in which its next turn is in time

    @property
    def has_turn(self) -> bool:
        """Whether it is or was host this year."""
        return self.month is not None or self.last == self.year

    @property
    def is_missing(self) -> bool:
        """Whether it goes beyond its years unless it is planned still."""
        return not self.has_turn and self.due_by <= self.year


def turns(
    year: int,
    units: Iterable[str],
    hosted: Mapping[str, Sequence[int]],
    planned: Mapping[str, int],
    within: int,
    since: int,
) -> tuple[Turn, ...]:
    """How every unit stands in that year, in the order given.

    `hosted` are the years in which a unit was host, `planned` the months for which it still is planned this year.
    The records begin with the year `since`: a unit that they do not know has its first turn within the years after.
    """
    found = []
    for unit in units:
        last = max((one for one in hosted.get(unit, ()) if one <= year), default=None)
        due_by = (since - 1 if last is None else last) + within
        found.append(Turn(unit, year, last, planned.get(unit), due_by))
    return tuple(found)


def spread(units: Sequence[str], months: Sequence[int], load: Mapping[int, int]) -> tuple[PlannedVisit, ...]:
    """A month for each of the units: the earliest of those with the fewest visits; `load` is planned already."""
    count = {month: load.get(month, 0) for month in months}
    visits = []
    for unit in units:
        month = min(count, key=lambda one: (count[one], one))
        count[month] += 1
        visits.append(PlannedVisit(month, unit))
    return tuple(sorted(visits, key=lambda one: one.month))


def suggest_hosts(standing: Sequence[Turn], within: int, months: Sequence[int]) -> tuple[PlannedVisit, ...]:
    """Hosts for a year without a plan: who is due first comes first, and no later year is left with too many.

    So many units as keep the years even, and enough that those due in one, two, … years fit into those years.
    """
    waiting = sorted((turn for turn in standing if not turn.has_turn), key=lambda turn: turn.due_by)
    wanted = ceil(len(standing) / within)
    for years in range(1, within + 1):
        due = sum(turn.due_by < turn.year + years for turn in waiting)
        wanted = max(wanted, ceil(due / years))
    return spread([turn.unit for turn in waiting[:wanted]], months, {})
