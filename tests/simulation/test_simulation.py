"""Simulated years: no promise breaks, the same seed gives the same year, and what is wrong is found."""

import re
from functools import cache
from pathlib import Path

import pytest

from config.settings import ROOT
from tests.simulation.defects import DEFECTS, find
from tests.simulation.substitutes import ASK_THE_TIME
from tests.simulation.year import play

#: Years of the short form, which takes less than a minute of processor time with `test_found.py`: one with a single
#: machine, one with two. `make simulate YEARS=1000` plays as many as one likes.
YEARS = 2
_played = cache(play)


@pytest.mark.parametrize("seed", range(YEARS))
def test_a_year_in_which_everything_goes_wrong_breaks_no_promise(seed: int) -> None:
    outcome = _played(seed)

    assert outcome.broken is None, f"python -m tests.simulation.run --seed {seed}\n{outcome.where}"
    assert outcome.acts


def test_the_same_seed_gives_the_same_year_and_another_one_another() -> None:
    one, again, other = _played(1), play(1), _played(0)

    assert (one.trace, one.ends, one.faults) == (again.trace, again.ends, again.faults)
    assert other.trace != one.trace


@pytest.mark.parametrize("defect", DEFECTS[:2], ids=lambda one: one.name)
def test_a_defect_is_found(defect: object) -> None:
    """The others, which take more years: `make simulate-defects`."""
    assert find(defect, 3) is not None  # type: ignore[arg-type]


def test_every_part_that_asks_for_the_time_is_given_that_of_the_world() -> None:
    """A part that asked the computer would make a year that no seed repeats."""
    rooms = ("answers", "database", "domain", "flows", "letters", "papers", "tasks")
    asking = {path.relative_to(ROOT) for room in rooms for path in (ROOT / room).rglob("*.py") if _asks(path)}
    known = {Path(module.__name__.replace(".", "/") + ".py") for module in ASK_THE_TIME}

    assert asking - known == {Path("letters/mailbox.py")}, "a server of its own, which is simulated whole"


def _asks(path: Path) -> bool:
    return re.search(r"datetime\.now\(|date\.today\(|utcnow\(", path.read_text("utf-8")) is not None
