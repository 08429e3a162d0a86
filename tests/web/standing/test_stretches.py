"""The bars of the year's picture: which step, for whom, from when to when."""

from datetime import date, timedelta
from itertools import pairwise

from config.office_calendar import working_calendar
from domain.step import Step
from web.standing.stretches import Marks, Stretch, stretches
from web.year.axis import axis_for, holidays

OPENED = date(2024, 3, 1)
TODAY = date(2024, 5, 20)


def day(number: int) -> date:
    return OPENED + timedelta(days=number)


def test_a_visit_that_is_not_open_has_no_bars() -> None:
    assert stretches(None, {}, Marks(), None, TODAY) == ()


def test_a_visit_that_waits_for_its_host_has_one_bar_until_today() -> None:
    found = stretches(OPENED, {Step.REQUEST_NOMINATIONS: OPENED}, Marks(), ("host", OPENED), TODAY)

    assert found[-1] == Stretch(Step.CHECK_DEADLINE, "host", OPENED, TODAY, now=True)


def test_the_days_of_a_step_are_divided_by_whom_it_waited_for() -> None:
    finished = {step: day(10 * int(step)) for step in Step}
    marks = Marks(listed=day(12), last_meeting=day(43), found=day(46), approved=day(55))

    found = stretches(OPENED, finished, marks, None, TODAY)

    assert [(int(one.step), one.whom) for one in found] == [
        (1, "office"), (2, "host"), (2, "leader"), (3, "leader"), (4, "clerk"),
        (5, "date"), (5, "inspector"), (5, "leader"), (6, "leader"), (6, "clerk"),
    ]  # fmt: skip


def test_the_bars_leave_no_day_out_and_do_not_overlap() -> None:
    finished = {step: day(10 * int(step)) for step in Step if step < Step.COLLECT_FINDINGS}
    found = stretches(OPENED, finished, Marks(listed=day(12), last_meeting=day(60)), ("date", day(40)), TODAY)

    assert found[0].begins == OPENED
    assert found[-1].ends == TODAY
    for before, after in pairwise(found):
        assert before.ends == after.begins


def test_an_answer_that_came_before_its_step_began_cuts_nothing() -> None:
    finished = {Step.REQUEST_NOMINATIONS: day(5), Step.CHECK_DEADLINE: day(9)}

    found = stretches(OPENED, finished, Marks(listed=day(2)), ("leader", day(9)), TODAY)

    assert [one.whom for one in found if one.step is Step.CHECK_DEADLINE] == ["host"]


def test_the_year_is_twelve_months_and_more_where_a_visit_reaches_out_of_it() -> None:
    assert len(list(axis_for(2024, [date(2024, 5, 1)]).months())) == 12
    assert [month.month for month in axis_for(2024, [date(2023, 11, 3), date(2025, 1, 20)]).months()] == [
        11, 12, *range(1, 13), 1,
    ]  # fmt: skip


def test_a_day_is_placed_by_how_much_of_the_year_has_passed() -> None:
    axis = axis_for(2024, [])

    assert axis.place(date(2024, 1, 1)) == 0
    assert axis.place(date(2024, 12, 31) + timedelta(days=1)) == 100
    assert axis.place(date(2030, 1, 1)) == 100
    assert axis.place(date(2024, 7, 1)) == round(182 * 100 / 366, 3)


def test_tet_is_one_holiday_and_a_bridge_day_belongs_to_its_neighbours() -> None:
    found = {one.name: (one.first, one.last) for one in holidays(working_calendar([2024]), axis_for(2024, []))}

    assert found["Tết Nguyên đán"] == (date(2024, 2, 8), date(2024, 2, 14))
    assert (date(2024, 4, 29), date(2024, 5, 1)) in found.values()
