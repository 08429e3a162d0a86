"""Whether a planned visit fits its year: usual days, the chain from request to meeting, the first day in time."""

from dataclasses import replace
from datetime import date

import pytest

from domain.plan import Contacts, Plan, PlannedVisit, Rules
from domain.plan_calendar import Chain, Pace, chain_of, first_day_on_time, first_day_that_fits, usual_days
from domain.working_days import WorkingCalendar

TET = WorkingCalendar({date(2024, 2, day): "Tết Nguyên Đán" for day in range(8, 15)})
FEBRUARY, MAY = PlannedVisit(2, "nhon_trach"), PlannedVisit(5, "bien_hoa")


@pytest.fixture
def plan(shipped: tuple[Plan, Contacts]) -> Plan:
    return shipped[0]


def with_days(plan: Plan, *days: int) -> Plan:
    """The plan with usual meeting days of Nhơn Trạch's own."""
    own = replace(plan.unit("nhon_trach"), usual_meeting_days=days)
    return replace(plan, units=(own, *(one for one in plan.units if one.code != "nhon_trach")))


def test_cells_meet_on_the_offices_usual_days_unless_their_unit_names_its_own(plan: Plan) -> None:
    """C2."""
    assert usual_days(plan, MAY, Pace()) == [date(2024, 5, day) for day in (3, 4, 5)]
    assert usual_days(plan, MAY, Pace((20, 2, 20))) == [date(2024, 5, 2), date(2024, 5, 20)]
    assert usual_days(with_days(plan, 28, 1), FEBRUARY, Pace()) == [date(2024, 2, 1), date(2024, 2, 28)]


def test_a_day_that_the_month_does_not_have_is_left_out(plan: Plan) -> None:
    own = with_days(plan, 0, 1, 29, 30, 31)
    assert usual_days(own, FEBRUARY, Pace()) == [date(2024, 2, 1), date(2024, 2, 29)]
    assert usual_days(own, replace(FEBRUARY, month=3), Pace())[-1] == date(2024, 3, 31)


def test_each_link_of_the_chain_takes_its_days_after_the_one_before(plan: Plan) -> None:
    """A15: the deadline, 5 working days, 3 working days, and 10 days or 5 working days until the meeting."""
    assert chain_of(plan, MAY, date(2024, 5, 14), Pace(), TET) == Chain(
        opens=date(2024, 3, 1), listed=date(2024, 4, 14), chosen=date(2024, 4, 19), noticed=date(2024, 4, 24),
        earliest=date(2024, 5, 6),
    )  # fmt: skip


def test_a_host_has_its_working_days_even_where_the_deadline_has_passed(plan: Plan) -> None:
    """A5: 03/01/2024 and 10 working days, although a meeting on 01/02 has its deadline on 02/01."""
    assert chain_of(plan, FEBRUARY, date(2024, 2, 1), Pace(), TET) == Chain(
        opens=date(2024, 1, 3), listed=date(2024, 1, 17), chosen=date(2024, 1, 24), noticed=date(2024, 1, 29),
        earliest=date(2024, 2, 15),
    )  # fmt: skip


def test_the_slower_of_notice_and_invitation_decides_when_a_meeting_is_announced_in_time(plan: Plan) -> None:
    def earliest(pace: Pace) -> date:
        return chain_of(plan, MAY, date(2024, 5, 14), pace, TET).earliest

    assert earliest(Pace(notice_days=12, invitation_days=1)) == date(2024, 5, 6)
    assert earliest(Pace(notice_days=13, invitation_days=1)) == date(2024, 5, 7)
    assert earliest(Pace(notice_days=1, invitation_days=10)) == date(2024, 5, 8)


def test_the_first_day_that_fits_is_a_working_day_whose_whole_chain_is_in_time(plan: Plan) -> None:
    found = first_day_that_fits(plan, FEBRUARY, date(2024, 2, 1), Pace(), TET)
    assert found == date(2024, 2, 15)
    assert first_day_that_fits(plan, FEBRUARY, date(2024, 2, 17), Pace(), TET) == date(2024, 2, 19)
    assert first_day_that_fits(plan, FEBRUARY, date(2024, 2, 20), Pace(), TET) == date(2024, 2, 20)


@pytest.mark.parametrize(("off", "found"), [(118, date(2024, 6, 27)), (119, None)])
def test_a_better_day_is_looked_for_within_120_days_and_no_longer(plan: Plan, off: int, found: date | None) -> None:
    """From 29/02/2024 the 120th day is Thursday 27/6, and the Friday after it is one too many."""
    closed = {date.fromordinal(date(2024, 2, 29).toordinal() + number): "đóng cửa" for number in range(off + 1)}
    hurried = Pace((), 0, 0, 0, 0, 0)
    assert first_day_that_fits(plan, FEBRUARY, date(2024, 2, 29), hurried, WorkingCalendar(closed)) == found


def test_the_first_day_on_time_has_its_deadline_on_the_day_of_the_plan_at_the_earliest(plan: Plan) -> None:
    """A5: 30 days after 03/01/2024."""
    assert first_day_on_time(plan, date(2024, 1, 20), TET) == date(2024, 2, 2)
    assert first_day_on_time(plan, date(2024, 2, 2), TET) == date(2024, 2, 2)
    assert first_day_on_time(plan, date(2024, 2, 20), TET) == date(2024, 2, 20)
    assert first_day_on_time(replace(plan, rules=Rules(nomination_days=45)), date(2024, 2, 2), TET) == date(2024, 2, 17)


def test_the_pace_that_the_office_need_not_name() -> None:
    """A15."""
    assert Pace() == Pace((3, 4, 5), 10, 5, 3, 10, 5)
