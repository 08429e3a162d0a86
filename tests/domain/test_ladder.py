"""Reminders: each rung once, missed ones folded into one, never on a day off (design trap 14)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ladder import Rung, ladder, next_rung, rung_due
from domain.working_days import WorkingCalendar

DUE = date(2024, 3, 2)  # a Saturday
CALENDAR = WorkingCalendar({date(2024, 2, day): "Tết" for day in range(8, 15)})
RUNGS = ladder(DUE, (-14, -7, -2, 1, 5), CALENDAR, not_before=date(2024, 2, 4), escalate_from=1)


def test_reminders_before_the_date_move_to_the_working_day_before() -> None:
    """A4: 17/02/2024 is a Saturday, so the reminder is on Friday."""
    assert [rung.day for rung in RUNGS[:3]] == [date(2024, 2, 16), date(2024, 2, 23), date(2024, 2, 29)]


def test_reminders_of_lateness_move_forward_and_escalate() -> None:
    """03/3/2024 is a Sunday: nobody is told that he is late before he is."""
    assert RUNGS[3].day == date(2024, 3, 4)
    assert [rung.escalates for rung in RUNGS] == [False, False, False, True, True]


def test_after_a_month_of_silence_one_reminder_goes_out_and_it_is_the_latest() -> None:
    """Issue: the service was off over three reminder dates."""
    due = rung_due(RUNGS, 0, date(2024, 3, 1))
    assert due is not None
    assert due.number == 3
    assert rung_due(RUNGS, due.number, date(2024, 3, 1)) is None


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_each_rung_is_used_at_most_once_and_in_order_whenever_one_looks(gaps: list[int]) -> None:
    """Looking on any days whatever, the numbers used only rise."""
    day, done, used = date(2024, 1, 20), 0, []
    for gap in gaps:
        day += timedelta(days=gap)
        if rung := rung_due(RUNGS, done, day):
            assert rung.day <= day
            used.append(rung.number)
            done = rung.number
    assert used == sorted(set(used))


@given(st.integers(0, 80))
def test_the_next_rung_is_the_first_one_still_to_come(days: int) -> None:
    """A visit that waits must know when to look again."""
    today = date(2024, 1, 20) + timedelta(days=days)
    done = max((rung.number for rung in RUNGS if rung.day <= today), default=0)
    following = next_rung(RUNGS, done, today)
    assert following == next((rung for rung in RUNGS if rung.day > today), None)


def test_rungs_that_would_come_before_the_request_are_left_out() -> None:
    """A5: a request that goes out late does not begin with three reminders."""
    late = ladder(DUE, (-14, -7, -2, 1), CALENDAR, not_before=date(2024, 2, 27))
    assert [rung.number for rung in late] == [3, 4]


@pytest.mark.parametrize(
    ("done", "today", "sent"),
    [
        (0, date(2024, 2, 15), None),
        (0, date(2024, 2, 16), 1),  # on its own day
        (1, date(2024, 2, 16), None),
        (0, date(2024, 3, 4), 4),
        (4, date(2024, 3, 4), None),
        (3, date(2024, 12, 31), 5),
        (5, date(2024, 12, 31), None),
    ],
)
def test_a_reminder_goes_out_from_its_own_day_on_and_once(done: int, today: date, sent: int | None) -> None:
    due = rung_due(RUNGS, done, today)
    assert (due.number if due else None) == sent


@pytest.mark.parametrize(
    ("done", "today", "coming"),
    [
        (0, date(2024, 2, 15), 1),
        (0, date(2024, 2, 16), 2),  # today's is not one to come
        (0, date(2024, 2, 28), 3),
        (3, date(2024, 2, 20), 4),  # the second and third went out early, by hand
        (4, date(2024, 2, 10), 5),
        (0, date(2024, 12, 31), None),
        (5, date(2024, 1, 1), None),
    ],
)
def test_the_one_to_come_is_after_today_and_above_all_that_were_used(
    done: int, today: date, coming: int | None
) -> None:
    following = next_rung(RUNGS, done, today)
    assert (following.number if following else None) == coming


def test_on_a_due_date_that_is_a_day_off_the_reminder_comes_before_it() -> None:
    """02/3/2024 is a Saturday: a reminder of the day itself is no word about lateness."""
    assert ladder(DUE, (0,), CALENDAR, not_before=date(2024, 2, 1)) == (Rung(1, date(2024, 3, 1)),)


def test_of_several_that_fall_on_one_working_day_the_first_is_kept() -> None:
    """Over Tết five calendar days are one working day; the fourth rung stands behind the last that was kept."""
    due = date(2024, 2, 19)
    found = ladder(due, (-20, -10, -8, -5, 0), CALENDAR, not_before=date(2024, 1, 1))
    assert found == (
        Rung(1, date(2024, 1, 30)), Rung(2, date(2024, 2, 7)), Rung(5, date(2024, 2, 19)),
    )  # fmt: skip


def test_a_superior_hears_from_the_first_day_of_lateness_unless_the_office_says_otherwise() -> None:
    due, all_year = date(2024, 3, 4), date(2024, 1, 1)
    assert [one.escalates for one in ladder(due, (-1, 0, 1, 2), CALENDAR, not_before=all_year)] == [
        False, False, True, True,
    ]  # fmt: skip
    later = ladder(due, (0, 1, 2), CALENDAR, not_before=all_year, escalate_from=2)
    assert [one.escalates for one in later] == [False, False, True]
