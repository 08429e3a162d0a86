"""What findings say of themselves: what was lacking, what of it is told, what nobody looked at (R15)."""

from domain.findings import Findings, ItemFinding, ItemResult

ITEMS = {
    "R16": ItemFinding("R16", ItemResult.MET),
    "R17": ItemFinding("R17", ItemResult.PARTLY_MET, "chậm", limitations=(1,)),
    "R18": ItemFinding("R18", ItemResult.NOT_MET, "chưa có", no_limitation="mới thành lập"),
    "R19": ItemFinding("R19", ItemResult.NOT_MET),
    "R20": ItemFinding("R20", ItemResult.NOT_EXAMINED),
    "R21": ItemFinding("R21", ItemResult.NOT_APPLICABLE),
}


def findings(*items: str) -> Findings:
    return Findings(tuple(ITEMS[item] for item in items), (), (), ())


def test_every_item_is_in_one_place_only() -> None:
    found = findings(*ITEMS)
    assert [item.item for item in found.excused] == ["R18"]
    assert [item.item for item in found.unexplained] == ["R19"]
    assert [item.item for item in found.not_examined] == ["R20"]


def test_something_was_considered_as_soon_as_one_item_has_a_finding() -> None:
    assert not findings("R20", "R21").considered
    assert not findings().considered
    assert findings("R20", "R19").considered
