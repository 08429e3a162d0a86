"""Runs every benchmark, each in a process of its own, and writes what was found into docs/benchmarks.md.

Run: `make bench`, or `make bench BENCH=quick` for less of each, which writes to `var/benchmarks.md`. Ends with 1 where
a bound is missed or a benchmark could not do its work.
"""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psutil

from benchmarks.figure import Figure, of_lines
from benchmarks.growth import BOUND, SIZES
from benchmarks.plot import Line, growth_plot
from config.settings import ROOT
from domain.dates import OFFICE_ZONE, short_date

#: What is run, in this order: the quickest first.
FIGURES = ("prefect_calls", "letters_beside_yagmail", "six_steps", "desk_growth", "idle", "opening")
_QUICK_SIZES = (9, 100)


@dataclass
class Ran:
    """One benchmark that was run."""

    module: str
    code: int
    minutes: float
    figures: Sequence[Figure] = ()
    said: str = ""  #: its last words, where it could not do its work


@dataclass
class Grown:
    """What `growth` found."""

    ran: Ran
    table: Sequence[str] = ()
    lines: Sequence[Line] = field(default_factory=list)


def run(module: str, *arguments: str) -> tuple[Ran, list[str]]:
    """Run it, with what it says shown; what it prints is given as well."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *arguments], cwd=ROOT, capture_output=True,
        text=True, check=False, env=os.environ | {"PREFECT_LOGGING_LEVEL": "ERROR"},
    )  # fmt: skip
    lines, words = done.stdout.splitlines(), done.stderr.strip().splitlines()
    print(f"{module}: {done.returncode}", *words[-3:], sep="\n  ", file=sys.stderr, flush=True)
    ran = Ran(module, done.returncode, (time.monotonic() - begun) / 60, of_lines(lines), words[-1] if words else "")
    return ran, lines


def grown(quick: bool) -> Grown:
    """How the costs grow."""
    sizes = _QUICK_SIZES if quick else SIZES
    ran, lines = run("growth", *map(str, sizes), "--lines")
    table = [line for line in lines if line.startswith("|")]
    told = [json.loads(line.removeprefix("LINE ")) for line in lines if line.startswith("LINE ")]
    drawn: list[Line] = [
        (name, {int(size): cost for size, cost in points.items()}, bulk, reached)
        for name, points, bulk, reached in told
    ]  # fmt: skip
    return Grown(ran, table, drawn)


def page(quick: bool, ran: Sequence[Ran], growth: Grown, picture: str) -> Iterator[str]:
    """docs/benchmarks.md."""
    less = " (`BENCH=quick`: less of each)" if quick else ""
    yield "# What it costs\n"
    yield f"Written by `make bench`{less} on {short_date(datetime.now(OFFICE_ZONE))}. Do not edit it by hand."
    yield "Every figure is a ratio inside one run: both sides are measured in turns, as CPU time, so that what else the"
    yield f"machine does falls on both alike.\n\nThe machine: {machine()}.\n"
    yield from _figures(quick, ran)
    yield "\nWhat must be known to read them:\n"
    yield from (f"- {one.what}: {one.told}" for each in ran for one in each.figures if one.told)
    yield "\n## Cost against size\n"
    sizes = ", ".join(f"{size:,}" for size in sorted({size for line in growth.lines for size in line[1]}))
    yield f"CPU in milliseconds with {sizes} visits, the least of three rounds (`python -m benchmarks.growth`). The"
    yield "exponent is of what all visits of an office cost together, by least squares of the logarithms; it must be"
    yield f"≤ {BOUND}. An act about all of them at once may grow as they do; one about a single visit is done for each"
    yield "of them, and must stay the same. All visits are of one month; where none has begun yet, of eight.\n"
    yield f"![Cost of every act against the number of visits]({picture})\n"
    yield from growth.table or [f"**could not be measured**: {growth.ran.said}"]
    yield f"\nIt all took {sum(one.minutes for one in (*ran, growth.ran)):.0f} minutes."


def _figures(quick: bool, ran: Sequence[Ran]) -> Iterator[str]:
    yield "| what | against | measured | reference | ratio | must be | reached | command |"
    yield "|---|---|---:|---:|---:|---|---|---|"
    for one in ran:
        command = f"`python -m benchmarks.{one.module}{' quick' if quick else ''}`"
        for figure in one.figures:
            yield (
                f"| {figure.what} | {figure.against} | {figure.measured} | {figure.reference} | {figure.ratio:.2f} "
                f"| {figure.must} | {'yes' if figure.reached else '**no**'} | {command} |"
            )
        if not one.figures:
            yield f"| {one.module} | | | | | | **could not be measured**: {one.said} | {command} |"


def machine() -> str:
    """In one line; its load says how much the seconds are worth."""
    memory = psutil.virtual_memory().total / 2**30
    load = os.getloadavg()[2]
    version = platform.python_version()
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, Python {version}, load {load:.1f} at the end"


def main() -> int:
    """Run them all and write the page; 1 where anything is missed."""
    quick = "quick" in sys.argv[1:]
    ran = [run(module, *(["quick"] if quick else []))[0] for module in FIGURES]
    growth = grown(quick)
    folder = ROOT / ("var" if quick else "docs")
    picture = folder / "pictures" / "growth.svg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    if growth.lines:
        picture.write_text(growth_plot(growth.lines), encoding="utf-8")
    written = folder / "benchmarks.md"
    written.write_text("\n".join(page(quick, ran, growth, "pictures/growth.svg")) + "\n", encoding="utf-8")
    print(f"written: {Path(written).relative_to(ROOT)}")
    return int(any(one.code for one in (*ran, growth.ran)))


if __name__ == "__main__":
    sys.exit(main())
