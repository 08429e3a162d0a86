"""What a benchmark says: a ratio with its bound, or that it could not do its work. No time is measured here."""

import sys
from collections.abc import Sequence

import pytest

from benchmarks.figure import CannotMeasureError, Figure, of_lines, say

FASTER = Figure("ours", "theirs", "1 s", "5 s", 5.0, 4.0, at_least=True, told="why")
SLOWER = Figure("ours", "theirs", "2 s", "1 s", 2.0, 1.5)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmark"])


def test_a_bound_is_the_most_or_the_least_that_a_ratio_may_be() -> None:
    assert (FASTER.reached, FASTER.must) == (True, "≥ 4")
    assert (SLOWER.reached, SLOWER.must) == (False, "≤ 1.5")


def test_what_is_printed_is_read_again_and_a_missed_bound_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert say(lambda _quick: [FASTER]) == 0
    assert say(lambda _quick: [FASTER, SLOWER]) == 1

    assert of_lines(["words", *capsys.readouterr().out.splitlines()]) == [FASTER, FASTER, SLOWER]


def test_a_benchmark_that_could_not_do_its_work_says_so_and_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    def fails(_quick: bool) -> Sequence[Figure]:
        raise CannotMeasureError("8 of 9 visits are not parked")

    assert say(fails) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "8 of 9 visits are not parked" in told.err
