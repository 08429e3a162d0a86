"""How a meeting went: what is asked for by name, and what cannot be (R15, R52)."""

from dataclasses import replace

import pytest

from domain.dates import at
from domain.meeting_finding import MEETING_FACTS, MeetingFinding, Resolution, check_meetings, made
from domain.nomination import Meeting, OrgType
from tests.may import FIRST_DAY

CELL = Meeting(2, "Chi bộ A", OrgType.CELL_SUBORDINATE, "", at(FIRST_DAY, 14), "Hội trường")
WENT = MeetingFinding(2, "Bí thư", "Thư ký", 20, 18, "02 ốm", "", "14:00", "15:40", Resolution.PASSED)
ASKED = ("chaired_by", "present", "resolution")


def places(*found: MeetingFinding) -> list[str]:
    return [problem.place for problem in check_meetings(found, (CELL,), ASKED)]


def test_what_the_plan_asks_for_is_missed_by_name_and_the_rest_is_not() -> None:
    assert places(WENT) == []
    assert places() == ["Chi bộ A: chủ trì", "Chi bộ A: có mặt", "Chi bộ A: nghị quyết"]
    assert places(replace(WENT, chaired_by="", minutes_by="")) == ["Chi bộ A: chủ trì"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"present": 21}, "Chi bộ A: có mặt"),
        ({"absences": ""}, "Chi bộ A: vắng, lý do"),
        ({"ended": "13:59"}, "Chi bộ A: kết thúc"),
        ({"meeting": 5, "chaired_by": ""}, "buổi sinh hoạt số 5"),
    ],
)
def test_what_cannot_be_is_named(change: dict[str, object], place: str) -> None:
    assert place in places(replace(WENT, **change))  # type: ignore[arg-type]


def faults(change: dict[str, object]) -> list[str]:
    changed = replace(WENT, **change)  # type: ignore[arg-type]
    return [problem.fault for problem in check_meetings([changed], (CELL,), ())]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"present": 21}, "21 người có mặt trong tổng số 20"),
        ({"absences": ""}, "vắng 02 người nhưng chưa ghi lý do"),
        ({"present": 0, "absences": ""}, "vắng 20 người nhưng chưa ghi lý do"),
        ({"ended": "14:00"}, "không sau giờ bắt đầu"),
    ],
)
def test_what_cannot_be_is_told_with_its_figures(change: dict[str, object], fault: str) -> None:
    assert faults(change) == [fault]


@pytest.mark.parametrize(
    "change",
    [
        {"present": 20, "absences": ""},
        {"members": None, "absences": ""},
        {"present": None, "absences": ""},
        {"ended": "14:01"},
        {"ended": ""},
    ],
)
def test_nothing_is_wrong_where_all_came_or_only_one_figure_is_known_or_it_was_a_short_meeting(
    change: dict[str, object],
) -> None:
    assert faults(change) == []


def test_nobody_is_present_is_an_answer_and_nothing_written_is_none() -> None:
    assert places(replace(WENT, present=0)) == []
    assert made(2, {"present": 0, "chaired_by": ""}) == MeetingFinding(2, present=0)
    assert made(2, {"present": None, "chaired_by": ""}) is None


def test_a_meeting_took_the_time_between_its_two_hours() -> None:
    assert replace(WENT, began="07:30", ended="09:10").lasted == "từ 7 giờ 30 đến 9 giờ 10 (100 phút)"
    assert replace(WENT, ended="").lasted == ""


def test_every_field_has_its_place_in_the_forms() -> None:
    fields = {name for name in MeetingFinding.__dataclass_fields__ if name != "meeting"}
    assert {fact.name for fact in MEETING_FACTS} == fields
