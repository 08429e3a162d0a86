"""The office's rules of choosing are read whole, or refused with every fault and its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.choice_file import CHOICE_FILE, choice_rules
from domain.problem import Refused

SHIPPED = CHOICE_FILE.read_text(encoding="utf-8")


def test_the_shipped_rules_can_be_used_and_prefer_thematic_cells() -> None:
    rules = choice_rules()

    assert rules.within_years == 5
    assert rules.weights.thematic_cell > rules.weights.organisation.cell_grassroots


@pytest.mark.parametrize(
    ("line", "instead", "fault"),
    [
        ("  on_time: 10", "  on_time: mười", "phải là số nguyên"),
        ("  on_time: 10", "  on_tme: 10", "thiếu mục “on_time”"),
        ("  same_day_in_list: -5", "  same_day_in_list: 5", "ghi số từ -1000 đến 0"),
        ("  on_time: 10", "  on_time: -10", "ghi số từ 0 đến 1000"),
        ("    cell_subordinate: 20", "    cell_subordinate: 20000", "ghi số từ 0 đến 1000"),
        ("within_years: 5", "within_years: 0", "ghi số từ 1 đến 30"),
        ("  never_visited: 20", "  never_visited: 14", "kém nơi đã dự lâu nhất (15 điểm)"),
    ],
)
def test_a_fault_is_named_with_its_line(write: Callable[[str], Path], line: str, instead: str, fault: str) -> None:
    path = write(SHIPPED.replace(line, instead))

    with pytest.raises(Refused) as refused:
        choice_rules(path)

    number = SHIPPED[: SHIPPED.index(line)].count("\n") + 1
    said = [str(problem) for problem in refused.value.problems]
    assert any(fault in one for one in said)
    assert any(f"{path}:{number}:" in one for one in said)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="không có tệp này"):
        choice_rules(tmp_path / "none.yaml")
