"""How the cost of every act grows with the office: CPU at 9, 100, 1,000, 3,300 visits, all of the same month.

Run: `python -m benchmarks.growth [sizes …] [--only WORDS] [--lines]`. For each act the exponent of its cost against
the number of visits, by least squares of the logarithms. An act about all visits at once may grow as they do (1.1); one
about a single visit is done for each of them, and may make that no worse: 0.1. Prints a table, with `--lines` what a
plot is made of as well; ends with 1 where a bound is missed.
"""

import gc
import json
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.acts import ACTS, Act, Measured, Scene
from benchmarks.full_month import STAGES, Kept, build
from benchmarks.stand_in import stand_in
from letters.mailbox import LocalMailbox

SIZES = (9, 100, 1000, 3300)
#: The exponent of what all visits of an office cost together, whether in one act or in one for each.
BOUND = 1.1
_ROUNDS = 3


@dataclass(frozen=True)
class Growth:
    """What one act cost at each size, in seconds of CPU."""

    act: Measured
    cost: dict[int, float]

    @property
    def exponent(self) -> float:
        """Of the cost for all visits together."""
        one = slope([(size, seconds) for size, seconds in self.cost.items()])
        return one if self.act.bulk else 1 + one

    @property
    def reached(self) -> bool:
        """Whether the bound is kept."""
        return self.exponent <= BOUND


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The exponent of y against x by least squares of their logarithms."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    middle_x, middle_y = (sum(one[place] for one in logs) / len(logs) for place in (0, 1))
    rise = sum((x - middle_x) * (y - middle_y) for x, y in logs)
    return rise / sum((x - middle_x) ** 2 for x, _y in logs)


def cpu_of(act: Act) -> float:
    """Seconds of CPU of this process, all threads; a clock's tick at least, so that there is a logarithm."""
    gc.collect()
    begun = time.process_time()
    act()
    return max(time.process_time() - begun, 1e-5)


def measured(one: Measured, kept: Kept) -> float:
    """The least of a few rounds, each in the office as it was built."""
    number = kept.numbers(one.stage)[0] if one.stage in STAGES[kept.stage][1] else 0
    best = math.inf
    for _ in range(_ROUNDS):
        with stand_in(kept) as own:
            cost = cpu_of(one.make(Scene(kept, own, number)))
        best = min(best, cost)
        if cost > 20:
            break
    return best


@contextmanager
def a_mailbox() -> Iterator[int]:
    """The local mailbox, in which every letter lands; gives its port."""
    from benchmarks.full_month import workshop

    box = LocalMailbox(workshop())
    box.start()
    try:
        yield box.port
    finally:
        box.stop()


def measure(
    sizes: Sequence[int], acts: Sequence[Measured] = ACTS, told: Callable[[str], None] = lambda _line: None
) -> list[Growth]:
    """Every act at every size; each office is built once and gone before the next."""
    cost: dict[str, dict[int, float]] = {one.name: {} for one in acts}
    with a_mailbox() as port:
        for size in sizes:
            for office in dict.fromkeys(one.office for one in acts):
                kept = build(size, office, port)
                try:
                    for one in (act for act in acts if act.office == office):
                        cost[one.name][size] = measured(one, kept)
                        told(f"{size:>5} {one.name}: {cost[one.name][size] * 1000:.1f} ms")
                finally:
                    kept.remove()
    return [Growth(one, cost[one.name]) for one in acts]


def table(found: Sequence[Growth]) -> Iterator[str]:
    """Markdown: the milliseconds at each size, the exponent, and whether it keeps the bound."""
    sizes = list(found[0].cost)
    yield f"| act | {' | '.join(f'{size:,}' for size in sizes)} | exponent of all visits | ≤ {BOUND} |"
    yield f"|---|{'---:|' * (len(sizes) + 1)}---|"
    for one in found:
        cells = " | ".join(f"{one.cost[size] * 1000:,.1f}" for size in sizes)
        name = f"{one.act.name} (all at once)" if one.act.bulk else one.act.name
        yield f"| {name} | {cells} | {one.exponent:.2f} | {'yes' if one.reached else '**no**'} |"


def main(*arguments: str) -> int:
    """Measure and print; 1 if a bound is missed."""
    sizes = [int(one) for one in arguments if one.isdigit()] or list(SIZES)
    words = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    chosen = [one for one in ACTS if words in one.name]
    found = measure(sizes, chosen, lambda line: print(line, file=sys.stderr, flush=True))
    print("\n".join(table(found)))
    if "--lines" in arguments:
        for one in found:
            points = {size: seconds * 1000 for size, seconds in one.cost.items()}
            told = json.dumps([one.act.name, points, one.act.bulk, one.reached], ensure_ascii=False)
            print(f"LINE {told}")
    return 0 if all(one.reached for one in found) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
