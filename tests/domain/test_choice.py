"""The choice: at least one thematic cell, and a committee is none (R51, A6–A8)."""

from datetime import date

import pytest

from domain.choice import Candidate, best, check_choice, is_override, recommend
from domain.dates import at
from domain.deadline import Timeliness
from domain.nomination import Meeting, MeetingKind, OrgType
from domain.plan import Rules


def meeting(number: int, org_type: OrgType, kind: MeetingKind, day: int = 5) -> Meeting:
    return Meeting(
        number, f"Tổ chức {number}", org_type, "", at(date(2024, 3, day), 14), "Hội trường", kind, "Chuyên đề"
    )


CELL = meeting(1, OrgType.CELL_SUBORDINATE, MeetingKind.THEMATIC)
COMMITTEE = meeting(2, OrgType.GRASSROOTS_COMMITTEE, MeetingKind.THEMATIC, 6)
REGULAR = meeting(3, OrgType.CELL_GRASSROOTS, MeetingKind.REGULAR, 7)


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
    ranked = recommend([Candidate(one, Timeliness.ON_TIME) for one in (COMMITTEE, REGULAR, CELL)])
    assert ranked[0].meeting is CELL
    assert ranked[0].points == sum(reason.points for reason in ranked[0].reasons)
    assert best(ranked, Rules()) == (1,)


def test_a_late_meeting_ranks_below_the_same_meeting_in_time() -> None:
    """A5: lateness counts, but hides nothing."""
    other = meeting(4, OrgType.CELL_SUBORDINATE, MeetingKind.THEMATIC, 9)
    ranked = recommend([Candidate(CELL, Timeliness.LATE_ACCEPTED), Candidate(other, Timeliness.ON_TIME)])
    assert [one.meeting.number for one in ranked] == [4, 1]
