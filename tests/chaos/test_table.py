"""The table of accidents says what was played, and stands between its marks in docs/reliability.md."""

from collections import Counter
from pathlib import Path

import pytest

from tests.chaos.fault import ChaosFault
from tests.chaos.round import Met
from tests.chaos.run import FAULTS
from tests.chaos.table import BEGIN, END, PAPER, Results, written

ONE = ChaosFault("the disk full", lambda _struck: None, "clears it")
OTHER = ChaosFault("the clock an hour back", lambda _struck: None)
MET = [Met(4, ONE.name, "", 3), Met(5, ONE.name, "no letter goes out twice: …", 3)]


def test_each_fault_that_was_played_has_a_line_with_its_rounds_and_what_held() -> None:
    paper = written(f"before\n{BEGIN}\nold\n{END}\nafter", (ONE, OTHER), MET)

    assert paper.startswith("before\n")
    assert paper.endswith("\nafter")
    assert "old" not in paper
    assert "| the disk full | 2 | 1 | clears it |" in paper
    assert "seeds 4, 5, 2 accidents" in paper
    assert OTHER.name not in paper


def test_what_was_played_before_is_added_to(tmp_path: Path) -> None:
    file = tmp_path / "chaos" / "results.jsonl"
    first = Results(file, afresh=True)
    first.add(MET[0])

    second = Results(file, afresh=False)
    second.add(MET[1])

    assert (second.new, second.all()) == (MET[1:], MET)
    assert Results(file, afresh=True).new == []
    assert not file.exists()


def test_a_paper_without_marks_is_not_written_into() -> None:
    with pytest.raises(ValueError, match="not both"):
        written("nothing", (ONE,), MET)


def test_the_paper_has_the_marks_and_no_two_faults_have_one_name() -> None:
    paper = PAPER.read_text(encoding="utf-8")

    assert paper.count(BEGIN) == paper.count(END) == 1
    assert max(Counter(fault.name for fault in FAULTS).values()) == 1
