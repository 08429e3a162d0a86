"""Items and their groups in a year: what may be called good, what has to be named, and where (R16–R38, D14)."""

import pytest

from domain.item_lines import ItemLine, added, groups_of

MINUTES = ItemLine(
    "II.2.a", "Biên bản", met=8, partly_met=1, considered_at=("A", "B"), lacking_at=("B",), group="sổ sách"
)
BOOK = ItemLine("II.2.b", "Sổ nghị quyết", met=5, not_met=2, considered_at=("B", "C"), lacking_at=("B",))


def test_a_group_has_the_sums_the_name_and_the_units_of_its_items() -> None:
    (group,) = groups_of([MINUTES, BOOK])

    assert (group.code, group.text, group.met, group.lacking) == ("II.2", "sổ sách", 13, 3)
    assert (group.considered_at, group.lacking_at, group.flawless_at) == (("A", "B", "C"), ("B",), ["A", "C"])


def test_what_was_not_considered_is_no_part_of_a_share() -> None:
    line = ItemLine("II.1", "", met=3, partly_met=1, not_applicable=20, not_examined=30)
    assert (line.met_share.part, line.met_share.whole) == (3, 4)


@pytest.mark.parametrize(
    ("met", "partly", "not_met", "good", "weak"),
    [
        (10, 0, 0, True, False), (9, 1, 0, True, False), (89, 11, 0, False, False), (99, 0, 1, False, True),
        (8, 2, 0, False, False), (79, 21, 0, False, True), (5, 0, 0, True, False), (4, 0, 1, False, True),
        (3, 2, 0, False, True), (4, 0, 0, False, False), (1, 2, 1, False, False),
    ],
)  # fmt: skip
def test_good_and_weak_are_what_the_rule_calls_so(met: int, partly: int, not_met: int, good: bool, weak: bool) -> None:
    line = ItemLine("II.1", "", met, partly, not_met)
    assert (line.is_good, line.is_weak) == (good, weak)


def test_nothing_added_up_is_nothing() -> None:
    assert added("", []) == ItemLine("", "")
    assert groups_of([]) == []
