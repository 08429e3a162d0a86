"""One measured ratio with its bound, as a benchmark says it and `benchmarks.bench` collects it."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

#: What stands before each figure in what a benchmark prints.
_MARK = "FIGURE "


@dataclass(frozen=True)
class Figure:
    """What was measured against what, in one run; both sides in words with their units."""

    what: str
    against: str
    measured: str
    reference: str
    ratio: float
    bound: float
    at_least: bool = False  #: the ratio must not be less, instead of not more
    told: str = ""  #: what must be known to read it

    @property
    def reached(self) -> bool:
        """Whether the bound is kept."""
        return self.ratio >= self.bound if self.at_least else self.ratio <= self.bound

    @property
    def must(self) -> str:
        """`≤ 1.5`."""
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"


class CannotMeasureError(Exception):
    """The work that was to be measured was not done: there is no figure, and whoever asked is told why."""


def of_lines(lines: Sequence[str]) -> list[Figure]:
    """The figures that a benchmark has printed."""
    return [Figure(**json.loads(line.removeprefix(_MARK))) for line in lines if line.startswith(_MARK)]


def say(measure: Callable[[bool], Sequence[Figure]]) -> int:
    """Measure, print, and give the exit code: 1 where a bound is missed, 2 where the work could not be done.

    `quick` as the first argument measures less of it.
    """
    try:
        found = measure("quick" in sys.argv[1:])
    except CannotMeasureError as error:
        print(f"cannot measure: {error}", file=sys.stderr)
        return 2
    for one in found:
        print(f"{_MARK}{json.dumps(asdict(one), ensure_ascii=False)}")
        print(f"{one.what}: {one.ratio:.2f} ({one.must}){'' if one.reached else ', missed'}", file=sys.stderr)
    return 0 if all(one.reached for one in found) else 1
