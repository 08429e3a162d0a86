"""The choice: at least one thematic cell, a committee is none, and every part of a score has its reason (R51, C2)."""

from dataclasses import replace
from datetime import date

import pytest

from config.choice_file import choice_rules
from domain.choice import Candidate, Past, Recommended, best, check_choice, is_override, recommend
from domain.dates import at
from domain.deadline import Timeliness
from domain.nomination import Meeting, MeetingKind, OrgType
from domain.plan import Rules

WEIGHTS = choice_rules().weights


def meeting(number: int, org_type: OrgType, kind: MeetingKind, day: int = 5) -> Meeting:
    return Meeting(
        number, f"Tổ chức {number}", org_type, "", at(date(2024, 3, day), 14), "Hội trường", kind, "Chuyên đề"
    )


CELL = meeting(1, OrgType.CELL_SUBORDINATE, MeetingKind.THEMATIC)
COMMITTEE = meeting(2, OrgType.GRASSROOTS_COMMITTEE, MeetingKind.THEMATIC, 6)
REGULAR = meeting(3, OrgType.CELL_GRASSROOTS, MeetingKind.REGULAR, 7)


def in_time(one: Meeting, past: Past = Past(), *elsewhere: str) -> Candidate:  # noqa: B008 - it is frozen
    return Candidate(one, Timeliness.ON_TIME, past, elsewhere)


def ranked(*candidates: Candidate) -> tuple[Recommended, ...]:
    return recommend(candidates, WEIGHTS, 2024)


def points(one: Recommended) -> dict[str, int]:
    return {reason.part: reason.points for reason in one.reasons}


@pytest.mark.parametrize("kind", [MeetingKind.THEMATIC, MeetingKind.COMBINED])
@pytest.mark.parametrize("org_type", [OrgType.CELL_GRASSROOTS, OrgType.CELL_SUBORDINATE])
def test_a_cell_with_a_theme_satisfies_the_rule(org_type: OrgType, kind: MeetingKind) -> None:
    """A8: combined sittings count."""
    assert check_choice([meeting(1, org_type, kind)], Rules()) == []


@pytest.mark.parametrize("chosen", [[COMMITTEE], [REGULAR], [COMMITTEE, REGULAR]])
def test_without_a_thematic_cell_the_choice_is_refused(chosen: list[Meeting]) -> None:
    """A7: a committee marked thematic does not count."""
    (problem,) = check_choice(chosen, Rules())
    assert "ít nhất 1" in problem.fault
    assert is_override(chosen, Rules())


def test_a_reason_overrides_the_rule_and_blanks_are_no_reason() -> None:
    """R51: the override reaches the annual report."""
    assert check_choice([COMMITTEE], Rules(), override="lãnh đạo Ban đồng ý") == []
    assert check_choice([COMMITTEE], Rules(), override="  ")


def test_nothing_and_too_much_are_refused() -> None:
    """A7: how many are chosen is a setting."""
    assert check_choice([], Rules(), override="lý do")
    assert check_choice([CELL, COMMITTEE, REGULAR, meeting(4, OrgType.CELL_GRASSROOTS, MeetingKind.REGULAR)], Rules())


def test_the_thematic_cell_is_recommended_with_reasons_that_add_up() -> None:
    """R64: the office sees why."""
    found = ranked(*(in_time(one) for one in (COMMITTEE, REGULAR, CELL)))
    assert found[0].meeting is CELL
    assert found[0].points == sum(reason.points for reason in found[0].reasons) == 50 + 20 + 10 + 20
    assert best(found, Rules()) == (1,)


def test_a_late_meeting_ranks_below_the_same_meeting_in_time() -> None:
    """A5: lateness counts, but hides nothing."""
    other = meeting(4, OrgType.CELL_SUBORDINATE, MeetingKind.THEMATIC, 9)
    found = ranked(Candidate(CELL, Timeliness.LATE_ACCEPTED), in_time(other))
    assert [one.meeting.number for one in found] == [4, 1]


def test_who_was_never_visited_comes_before_who_waits_longest_before_who_was_here_this_year() -> None:
    cells = [meeting(number, OrgType.CELL_GRASSROOTS, MeetingKind.THEMATIC, number) for number in (1, 2, 3, 4)]
    pasts = [Past(date(2024, 2, 1)), Past(date(2021, 6, 1)), Past(date(1999, 6, 1)), Past()]
    found = ranked(*(in_time(one, past) for one, past in zip(cells, pasts, strict=True)))

    assert [one.meeting.number for one in found] == [4, 3, 2, 1]
    assert [points(one).get("year_since_visit") for one in found] == [None, 15, 9, 0]
    assert "đã dự trong năm 2024" in [reason.text for reason in found[3].reasons]


def test_open_recommendations_are_a_reason_to_come_again_up_to_a_number() -> None:
    """D11."""
    (one,) = ranked(in_time(CELL, Past(date(2023, 2, 1), open_recommendations=9)))

    assert points(one)["open_recommendation"] == 4 * 2
    assert "còn 9 kiến nghị chưa trả lời" in [reason.text for reason in one.reasons]


def test_meetings_of_one_day_cost_points_and_name_each_other() -> None:
    """C2: one group can attend few of the many cells that meet on the same day."""
    found = ranked(in_time(CELL), in_time(replace(CELL, number=7)), in_time(REGULAR))

    assert [points(one).get("same_day_in_list") for one in found] == [-5, -5, None]
    assert found[0].reasons[-1].text == "cùng ngày với số 7 trong danh sách"


def test_a_day_on_which_the_group_is_expected_elsewhere_costs_more() -> None:
    """C2: other visits of the working group count too."""
    other = replace(CELL, number=8, starts_at=at(date(2024, 3, 20), 14))
    found = ranked(in_time(CELL, Past(), "Chi bộ Mẫu (2024-03/tan_phu)"), in_time(other))

    assert [one.meeting.number for one in found] == [8, 1]
    assert points(found[1])["same_day_elsewhere"] == -20
    assert "Chi bộ Mẫu (2024-03/tan_phu)" in found[1].reasons[-1].text


def test_equal_scores_keep_the_order_of_the_host() -> None:
    cells = [replace(CELL, number=number, starts_at=at(date(2024, 3, number), 9)) for number in (3, 1, 2)]
    assert [one.meeting.number for one in ranked(*(in_time(one) for one in cells))] == [1, 2, 3]


def test_more_thematic_cells_than_needed_and_as_many_places_as_allowed_are_no_fault() -> None:
    """A7: one cell is the least, three places are the most."""
    three = [CELL, replace(CELL, number=4), replace(CELL, number=5)]
    assert check_choice(three, Rules()) == []
    assert [is_override(three[:count], Rules()) for count in range(4)] == [True, False, False, False]


def test_each_kind_of_meeting_says_what_it_is_good_for() -> None:
    found = ranked(*(in_time(one) for one in (CELL, COMMITTEE, REGULAR)))
    assert {one.meeting.number: one.reasons[0].text for one in found} == {
        1: "chi bộ sinh hoạt chuyên đề",
        2: "đảng ủy cơ sở: không thay được chi bộ chuyên đề",
        3: "chi bộ cơ sở: sinh hoạt thường kỳ",
    }


@pytest.mark.parametrize(
    ("timeliness", "text", "counts"),
    [
        (Timeliness.ON_TIME, "báo đúng hạn", WEIGHTS.on_time),
        (Timeliness.LATE, "báo trễ hạn", 0),
        (Timeliness.LATE_ACCEPTED, "báo trễ hạn", 0),
    ],
)
def test_lateness_gets_nothing_and_is_said(timeliness: Timeliness, text: str, counts: int) -> None:
    """A5: accepted or not."""
    (one,) = ranked(Candidate(CELL, timeliness))
    assert points(one)["on_time"] == counts
    assert text in [reason.text for reason in one.reasons]


def test_a_visit_that_is_recorded_for_a_later_year_takes_no_points_off() -> None:
    """An old record replayed among newer ones."""
    (one,) = ranked(in_time(CELL, Past(date(2025, 3, 1))))
    assert points(one)["year_since_visit"] == 0
    assert "đã dự trong năm 2024" in [reason.text for reason in one.reasons]


def test_as_many_are_advised_as_the_stricter_of_both_minimums_asks() -> None:
    found = ranked(*(in_time(one) for one in (COMMITTEE, REGULAR, CELL, replace(CELL, number=4))))
    assert best(found, Rules(min_selected=3)) == (1, 3, 4)
    assert best(found, Rules(min_thematic_cells=2)) == (1, 4)
