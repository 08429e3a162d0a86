"""What a host nominates: what satisfies the plan, by which date it is judged, and what is wrong (R62–R65, A6–A8)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.dates import at
from domain.deadline import Timeliness
from domain.nomination import Meeting, MeetingKind, Nominations, OrgType, check_nominations, timeliness
from domain.plan import Rules
from domain.working_days import WorkingCalendar

CELL = Meeting(
    1, "Chi bộ ấp 1", OrgType.CELL_SUBORDINATE, "Đảng ủy xã Phú Hội", at(date(2024, 3, 5), 14), "Trụ sở ấp 1",
    MeetingKind.THEMATIC, "Học tập và làm theo Bác",
)  # fmt: skip
REGULAR = replace(CELL, number=2, organisation="Chi bộ ấp 2", kind=MeetingKind.REGULAR, theme="")
COMMITTEE = replace(CELL, number=3, organisation="Đảng ủy xã Phú Hội", org_type=OrgType.GRASSROOTS_COMMITTEE, parent="")


@pytest.mark.parametrize(
    ("org_type", "kind", "satisfies"),
    [
        (OrgType.CELL_GRASSROOTS, MeetingKind.THEMATIC, True),
        (OrgType.CELL_SUBORDINATE, MeetingKind.COMBINED, True),
        (OrgType.CELL_SUBORDINATE, MeetingKind.REGULAR, False),
        (OrgType.GRASSROOTS_COMMITTEE, MeetingKind.THEMATIC, False),
        (OrgType.SECTIONAL_COMMITTEE, MeetingKind.COMBINED, False),
    ],
)
def test_only_a_cell_with_a_theme_satisfies_the_plan(org_type: OrgType, kind: MeetingKind, satisfies: bool) -> None:
    """A7, A8."""
    assert replace(CELL, org_type=org_type, kind=kind).is_thematic_cell is satisfies


def test_a_list_satisfies_it_as_soon_as_one_of_its_meetings_does() -> None:
    """A6."""
    assert Nominations((COMMITTEE, REGULAR, CELL), date(2024, 2, 1)).has_thematic_cell
    assert not Nominations((COMMITTEE, REGULAR), date(2024, 2, 1)).has_thematic_cell


def test_a_meeting_is_found_by_its_number_and_not_by_its_place() -> None:
    listed = Nominations((COMMITTEE, CELL), date(2024, 2, 1))
    assert [listed.meeting(number) for number in (1, 3)] == [CELL, COMMITTEE]
    with pytest.raises(KeyError):
        listed.meeting(2)


@pytest.mark.parametrize(
    ("basis", "theirs", "judged"),
    [
        ("received", date(2024, 2, 4), Timeliness.LATE),
        ("sent", date(2024, 2, 4), Timeliness.ON_TIME),
        ("sent", date(2024, 2, 5), Timeliness.LATE),
        ("sent", None, Timeliness.LATE),  # undated: the day it came
    ],
)
def test_the_plan_says_which_date_counts(basis: str, theirs: date | None, judged: Timeliness) -> None:
    """A4: the list came on 06/02/2024, the last day for 05/3 is 04/02."""
    listed = Nominations((CELL,), date(2024, 2, 6), "12-CV/HU", theirs)
    assert timeliness(listed, CELL, Rules(basis=basis), WorkingCalendar()) is judged


def test_a_late_meeting_is_accepted_only_where_a_person_says_so() -> None:
    listed = Nominations((CELL,), date(2024, 2, 6))
    assert timeliness(listed, CELL, Rules(), WorkingCalendar()) is Timeliness.LATE
    assert timeliness(listed, CELL, Rules(), WorkingCalendar(), accepted=True) is Timeliness.LATE_ACCEPTED


def test_a_meeting_that_the_office_moved_is_judged_by_its_first_day() -> None:
    """A23: moved from 08/3 to 05/3, it would be late by its new day."""
    listed = Nominations((CELL,), date(2024, 2, 6))
    moved = replace(CELL, first_set_for=date(2024, 3, 8))
    assert timeliness(listed, moved, Rules(), WorkingCalendar()) is Timeliness.ON_TIME


def said(*meetings: Meeting, received: date = date(2024, 2, 4), month: int = 3) -> list[tuple[str, str, bool]]:
    found = check_nominations(meetings, 2024, month, received)
    return [(one.place, one.fault, one.warning) for one in found]


def test_a_sound_list_has_no_fault_even_on_the_day_of_the_meeting() -> None:
    assert said(CELL, REGULAR, COMMITTEE) == []
    assert said(CELL, received=date(2024, 3, 5)) == []


@pytest.mark.parametrize(
    ("meeting", "fault", "warning"),
    [
        (replace(CELL, organisation=""), "thiếu tên tổ chức đảng", False),
        (replace(CELL, venue=""), "thiếu địa điểm", False),
        (replace(CELL, theme=""), "sinh hoạt chuyên đề chưa ghi tên chuyên đề", True),
        (replace(CELL, starts_at=at(date(2024, 2, 29), 8)), "ngày 29/02/2024 ngoài tháng 3/2024", True),
        (replace(CELL, starts_at=at(date(2024, 4, 1), 8)), "ngày 01/4/2024 ngoài tháng 3/2024", True),
        (replace(CELL, starts_at=at(date(2025, 3, 5), 8)), "ngày 05/3/2025 ngoài tháng 3/2024", True),
    ],
)
def test_each_fault_is_told_with_its_line(meeting: Meeting, fault: str, warning: bool) -> None:
    """R88."""
    assert said(meeting) == [("dòng 1", fault, warning)]


def test_a_meeting_that_is_over_when_the_list_comes_is_a_fault() -> None:
    """6.7 no. 17."""
    fault = "ngày sinh hoạt 05/3/2024 đã qua khi nhận (06/3/2024)"
    assert said(CELL, received=date(2024, 3, 6)) == [("dòng 1", fault, False)]


def test_an_empty_list_is_a_fault() -> None:
    assert said() == [("danh sách", "chưa có tổ chức đảng nào", False)]


def test_two_cells_of_one_name_are_two_where_another_stands_above_them() -> None:
    """Two communes have a `Chi bộ ấp 1` each; written otherwise it is the same cell."""
    again = replace(CELL, number=4, organisation="CHI BỘ ẤP 1")
    doubled = "trùng tổ chức và thời gian với dòng 1"
    assert said(CELL, again) == [("dòng 4", doubled, False)]
    assert said(CELL, again, replace(again, number=5)) == [("dòng 4", doubled, False), ("dòng 5", doubled, False)]
    assert said(CELL, replace(again, parent="Đảng ủy xã Long Tân")) == []
    assert said(CELL, replace(again, starts_at=at(date(2024, 3, 5), 19))) == []


def test_what_a_list_leaves_out_is_a_regular_meeting() -> None:
    bare = Meeting(1, "Chi bộ ấp 1", OrgType.CELL_SUBORDINATE, "", at(date(2024, 3, 5), 14), "Trụ sở ấp 1")
    assert (bare.kind, bare.members, bare.first_set_for) == (MeetingKind.REGULAR, None, None)


def test_a_meeting_is_taken_to_be_over_two_hours_after_it_begins() -> None:
    assert CELL.ends_at == at(date(2024, 3, 5), 16)
