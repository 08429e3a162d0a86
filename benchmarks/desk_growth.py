"""The desk's pages at 40,000 visits beside the same pages at nine: CPU of the server, and number of queries.

Run: `python -m benchmarks.desk_growth [quick]`. The figures are those of the page that grows most.
"""

import sys
from collections.abc import Sequence

from benchmarks.crowd import shipped
from benchmarks.desk_crowd import crowded
from benchmarks.desk_pages import measure as pages_of
from benchmarks.figure import Figure, say

BOUND = 3.0
_UNITS, _YEARS = 3300, 12


def measure(quick: bool) -> Sequence[Figure]:
    """Build both databases, serve each, ask for every page."""
    plan, contacts = shipped()
    requests, years = (20, 3) if quick else (60, _YEARS)
    few = pages_of(*crowded(plan, contacts, 9), range(2024, 2025), requests)
    many = pages_of(*crowded(plan, contacts, _UNITS), range(2025 - years, 2025), requests)
    ratios = {name: shown["cpu"] / few["pages"][name]["cpu"] for name, shown in many["pages"].items()}
    worst = max(ratios, key=lambda name: ratios[name])
    told = "; ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    more = {
        name: (few["pages"][name]["queries"], shown["queries"])
        for name, shown in many["pages"].items() if few["pages"][name]["queries"] != shown["queries"]
    }  # fmt: skip
    return [
        Figure(f"pages of the desk at {many['visits']:,} visits, CPU of each", "the same page at nine visits",
               f"{worst}: {many['pages'][worst]['cpu']} ms", f"{few['pages'][worst]['cpu']} ms", ratios[worst], BOUND,
               told=told),
        Figure("… pages that ask the database oftener", "none", f"{len(more)}", "0", float(len(more)), 0,
               told="; ".join(f"{name}: {before} → {now}" for name, (before, now) in more.items())),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(say(measure))
