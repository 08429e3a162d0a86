"""What findings say of themselves: what was lacking, what nobody looked at, what is of which meeting (R15, D9)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.dates import at
from domain.findings import ALL, Findings, ItemFinding, ItemResult, MeetingPart, Recommendation
from domain.findings import at as meeting_of
from domain.meeting_finding import MeetingFinding
from domain.nomination import Meeting, OrgType

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


def test_findings_are_given_by_the_third_rules_unless_they_say_so() -> None:
    """Decision 0040; the number is kept with what was given."""
    assert findings().rules == 3


def test_a_recommendation_may_wait_unless_it_is_called_urgent() -> None:
    assert not Recommendation(1, "Ghi đủ biên bản", "Chi ủy", date(2024, 4, 5)).urgent


# What is of which meeting (decision 0040)

MEETINGS = tuple(
    Meeting(number, f"Chi bộ {number}", OrgType.CELL_SUBORDINATE, "", at(date(2024, 3, 5), 14), "Hội trường")
    for number in (1, 3, 4)
)
FIRST, THIRD, FOURTH = (ItemFinding("R16", ItemResult.MET, meeting=number) for number in (1, 3, 4))
COMMON = ItemFinding("R17", ItemResult.MET)
OF_EACH = Findings(
    (FIRST, THIRD, FOURTH), ("Đúng giờ", "Đông đủ"), ("Biên bản vắn tắt", "Ít ý kiến"), (),
    strengths_at=(1, 3), limitations_at=(3, 1),
)  # fmt: skip


def test_how_a_meeting_went_is_found_by_its_number_in_the_list_of_the_host() -> None:
    first, third = MeetingFinding(1, "Bí thư"), MeetingFinding(3, "Phó Bí thư")
    found = replace(findings(), meetings=(first, third))
    assert [found.of_meeting(number) for number in (1, 3, 4)] == [first, third, None]


def test_each_meeting_has_its_own_results_and_texts_under_their_numbers_in_the_list_of_the_visit() -> None:
    assert OF_EACH.of_each(MEETINGS) == [
        MeetingPart(1, "Chi bộ 1", (FIRST,), ((1, "Đúng giờ"),), ((2, "Ít ý kiến"),)),
        MeetingPart(3, "Chi bộ 3", (THIRD,), ((2, "Đông đủ"),), ((1, "Biên bản vắn tắt"),)),
        MeetingPart(4, "Chi bộ 4", (FOURTH,), (), ()),
    ]


def test_of_two_meetings_each_has_its_part() -> None:
    parts = replace(OF_EACH, items=(FIRST, THIRD)).of_each(MEETINGS[:2])
    assert [(one.number, one.items) for one in parts] == [(1, (FIRST,)), (3, (THIRD,))]


def test_a_meeting_of_which_nothing_was_written_is_still_named() -> None:
    only_first = replace(OF_EACH, items=(FIRST,), strengths_at=(1, 1), limitations_at=(1, 1))
    assert [one.number for one in only_first.of_each(MEETINGS)] == [1, 3, 4]


@pytest.mark.parametrize(
    "change", [{"items": (*OF_EACH.items, COMMON)}, {"strengths_at": (1, 0)}, {"limitations_at": (0, 1)}]
)
def test_what_is_common_to_all_stands_before_the_meetings(change: dict[str, object]) -> None:
    parts = replace(OF_EACH, **change).of_each(MEETINGS)  # type: ignore[arg-type]
    assert [(one.number, one.organisation) for one in parts] == [
        (ALL, ""), (1, "Chi bộ 1"), (3, "Chi bộ 3"), (4, "Chi bộ 4"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "meetings"),
    [
        ((COMMON,), MEETINGS),
        ((COMMON,), MEETINGS[:1]),
        ((FIRST,), MEETINGS[:1]),
    ],
    ids=["several with one list of results", "the only one", "the only one, named by its number"],
)
def test_one_list_of_results_stands_alone_with_every_text_numbered_from_one(
    items: tuple[ItemFinding, ...], meetings: tuple[Meeting, ...]
) -> None:
    assert replace(OF_EACH, items=items).of_each(meetings) == [
        MeetingPart(ALL, "", items, ((1, "Đúng giờ"), (2, "Đông đủ")), ((1, "Biên bản vắn tắt"), (2, "Ít ý kiến")))
    ]


@pytest.mark.parametrize(("place", "meeting"), [(1, 4), (2, 3), (3, ALL), (0, ALL), (-1, ALL)])
def test_a_text_whose_place_has_no_meeting_is_of_all(place: int, meeting: int) -> None:
    assert meeting_of((4, 3), place) == meeting
