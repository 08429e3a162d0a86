"""The word for a whole year stands where its figures are, and nowhere else (D14, decision 0034)."""

import pytest

from domain.item_lines import ItemLine
from domain.judgement import Level, level_of


@pytest.mark.parametrize(
    ("met", "partly", "not_met", "level"),
    [
        (90, 10, 0, Level.SOUND), (99, 0, 1, Level.MOSTLY), (89, 11, 0, Level.MOSTLY), (75, 25, 0, Level.MOSTLY),
        (74, 26, 0, Level.LIMITED), (50, 0, 50, Level.LIMITED), (49, 51, 0, Level.WEAK), (0, 0, 9, Level.WEAK),
        (5, 0, 0, Level.SOUND), (0, 5, 0, Level.WEAK), (4, 0, 0, None), (0, 0, 0, None),
    ],
)  # fmt: skip
def test_the_level_is_what_the_share_of_items_met_says(
    met: int, partly: int, not_met: int, level: Level | None
) -> None:
    assert level_of(ItemLine("", "", met, partly, not_met)) is level


def test_each_level_has_words_of_its_own() -> None:
    assert len({level.vietnamese for level in Level}) == len(Level)
