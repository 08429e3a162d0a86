"""Which items a limitation comes of, as people write them (R15)."""

import pytest

from domain.findings import Findings, ItemFinding, ItemResult
from domain.item_links import codes_of, items_named, linked
from domain.plan import ChecklistItem

CHECKLIST = (
    ChecklistItem("R16", "II.1.a", "Chương trình", "chương trình"),
    ChecklistItem("R37", "II.6", "Nơi cư trú", "sổ"),
)


@pytest.mark.parametrize(
    ("text", "ids", "strangers"),
    [
        ("II.1.a", ["R16"], []),
        ("ii.1.a; R37.", ["R16", "R37"], []),
        ("R37 II.6, R37", ["R37"], []),
        ("II.6, II.9", ["R37"], ["II.9"]),
        (" ;, ", [], []),
    ],
)
def test_items_are_named_by_code_or_id_however_they_are_separated(
    text: str, ids: list[str], strangers: list[str]
) -> None:
    assert items_named(text, CHECKLIST) == (ids, strangers)


def test_a_link_goes_there_and_back() -> None:
    items = (ItemFinding("R16", ItemResult.NOT_MET), ItemFinding("R37", ItemResult.NOT_MET))
    found = Findings(linked(items, [["R37"], ["R37", "R16"]]), (), ("Một", "Hai"), ())
    assert [item.limitations for item in found.items] == [(2,), (1, 2)]
    assert (codes_of(found, 1, CHECKLIST), codes_of(found, 2, CHECKLIST)) == (["II.6"], ["II.1.a", "II.6"])


def test_a_limitation_of_one_meeting_comes_of_its_item_even_where_only_another_meeting_lacked_it() -> None:
    """It is for the check to say that this item was met."""
    items = (ItemFinding("R16", ItemResult.NOT_MET, meeting=1), ItemFinding("R16", ItemResult.MET, meeting=3))
    assert [item.limitations for item in linked(items, [["R16"]], (3,))] == [(), (1,)]
    assert [item.limitations for item in linked(items, [["R16"]], (1,))] == [(1,), ()]
