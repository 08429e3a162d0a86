"""Findings of several meetings: their order, and what of them is whose (D9, D10, D11, decision 0040)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.dates import at
from domain.findings import BY_MEETING, EXPLAINED, Findings, ItemFinding, ItemResult, Recommendation
from domain.item_links import linked
from domain.meeting_parts import as_attended, asked_apart, in_order
from domain.nomination import Meeting, OrgType

DAY = date(2024, 3, 5)
FIRST, SECOND = (
    Meeting(number, f"Chi bộ {number}", OrgType.CELL_SUBORDINATE, "", at(DAY, 14), "Hội trường") for number in (1, 3)
)
ITEMS = tuple(ItemFinding("R16", ItemResult.NOT_MET, "thiếu", meeting=number) for number in (1, 3))


def findings(meetings: tuple[int, ...], *asked: Recommendation, items: tuple[ItemFinding, ...] = ITEMS) -> Findings:
    limitations = tuple(f"Hạn chế của buổi {number}" for number in meetings)
    return Findings(items, ("Tốt",), limitations, asked, limitations_at=meetings)


def test_limitations_are_numbered_by_meeting_and_what_points_at_them_follows() -> None:
    asked = [Recommendation(n, f"Sửa {n}", "Chi ủy", date(2024, 4, 5), urgent=n == 3) for n in (1, 2, 3)]
    items = linked(ITEMS, [["R16"], [], ["R16"]], (3, 0, 1))

    told = in_order(findings((3, 0, 1), *asked, items=items))

    assert told.limitations == ("Hạn chế của buổi 0", "Hạn chế của buổi 1", "Hạn chế của buổi 3")
    assert told.limitations_at == (0, 1, 3)
    assert [item.limitations for item in told.items] == [(2,), (3,)]
    assert [(one.text, one.limitation) for one in told.recommendations] == [("Sửa 3", 2), ("Sửa 2", 1), ("Sửa 1", 3)]


def test_strengths_are_told_by_meeting_those_of_all_first() -> None:
    found = replace(findings((0,)), strengths=("Sổ đủ", "Nghị quyết rõ", "Dự đông"), strengths_at=(3, 0, 1))

    told = in_order(found)

    assert told.strengths == ("Nghị quyết rõ", "Dự đông", "Sổ đủ")
    assert told.strengths_at == (0, 1, 3)


def test_a_limitation_of_all_comes_of_the_item_where_something_was_lacking() -> None:
    items = (ITEMS[0], ItemFinding("R16", ItemResult.MET, meeting=3))
    assert [item.limitations for item in linked(items, [["R16"]], (0,))] == [(1,), ()]
    met = tuple(ItemFinding("R16", ItemResult.MET, meeting=number) for number in (1, 3))
    assert [item.limitations for item in linked(met, [["R16"]])] == [(1,), (1,)]


def test_what_is_of_all_comes_first_and_then_each_meeting() -> None:
    parts = findings((0, 3)).of_each((FIRST, SECOND))
    assert [(part.organisation, part.limitations) for part in parts] == [
        ("", ((1, "Hạn chế của buổi 0"),)),
        ("Chi bộ 1", ()),
        ("Chi bộ 3", ((2, "Hạn chế của buổi 3"),)),
    ]
    assert [len(part.items) for part in parts] == [0, 1, 1]


def test_a_text_of_a_meeting_that_was_not_attended_is_not_lost() -> None:
    parts = findings((9,)).of_each((FIRST, SECOND))
    assert parts[0].limitations == ((1, "Hạn chế của buổi 9"),)


def test_of_the_only_meeting_its_number_says_nothing_more() -> None:
    told = as_attended(findings((3,), items=(ITEMS[1],)), (SECOND,))
    assert [item.meeting for item in told.items] == [0]
    assert told.limitations_at == ()
    assert as_attended(findings((3,)), (FIRST, SECOND)) == findings((3,))


def test_without_a_meeting_that_was_attended_the_findings_stay_as_they_are() -> None:
    assert as_attended(findings((3,)), ()) == findings((3,))


@pytest.mark.parametrize(
    ("rules", "meetings", "apart"),
    [
        (EXPLAINED, (FIRST, SECOND), False),
        (BY_MEETING, (FIRST, SECOND), True),
        (BY_MEETING + 1, (FIRST, SECOND), True),
        (BY_MEETING, (FIRST,), False),
        (BY_MEETING, (), False),
    ],
)
def test_each_of_several_meetings_needs_its_own_results_since_the_rules_say_so(
    rules: int, meetings: tuple[Meeting, ...], apart: bool
) -> None:
    """Decision 0040."""
    assert asked_apart(rules, meetings) is apart
