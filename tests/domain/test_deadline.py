"""The 30-day rule, at its boundaries and for any date (R62, R85, A4, A5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import OFFICE_ZONE
from domain.deadline import (
    Timeliness,
    explain_deadline,
    explanation_lines,
    local_day,
    nomination_deadline,
    notice_given,
)
from domain.plan import Rules
from domain.working_days import WorkingCalendar

TET_2024 = WorkingCalendar({date(2024, 2, day): "Tết Nguyên đán" for day in range(8, 15)})
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("received", "judged"),
    [
        (date(2024, 2, 3), Timeliness.ON_TIME),
        (date(2024, 2, 4), Timeliness.ON_TIME),  # 30 days, a Sunday: the legal deadline does not roll
        (date(2024, 2, 5), Timeliness.LATE),  # 29 days
        (date(2024, 3, 5), Timeliness.LATE),  # the day itself
    ],
)
def test_thirty_days_are_on_time_and_twenty_nine_are_late(received: date, judged: Timeliness) -> None:
    """A meeting on 05/3/2024 has 04/02/2024 as its last day (A4)."""
    assert nomination_deadline(date(2024, 3, 5), Rules(), TET_2024).judge(received) is judged


def test_a_late_list_that_a_person_accepted_is_told_apart() -> None:
    """A5: lateness never hides a nomination."""
    deadline = nomination_deadline(date(2024, 2, 20), Rules(), TET_2024)
    assert deadline.judge(date(2024, 1, 26), accepted=True) is Timeliness.LATE_ACCEPTED
    assert deadline.judge(date(2024, 1, 1), accepted=True) is Timeliness.ON_TIME


def test_what_is_on_time_or_was_taken_although_late_may_be_chosen_and_nothing_else() -> None:
    """A5."""
    assert [one for one in Timeliness if one.is_choosable] == [Timeliness.ON_TIME, Timeliness.LATE_ACCEPTED]


@given(DAYS, st.integers(1, 120))
def test_the_last_day_is_exactly_so_many_days_before_over_leap_days_and_new_years(meeting: date, days: int) -> None:
    """Counted day by day, not by subtraction."""
    deadline = nomination_deadline(meeting, Rules(nomination_days=days), WorkingCalendar())
    day, counted = deadline.last_day, 0
    while day < meeting:
        day, counted = day + timedelta(days=1), counted + 1
    assert counted == days


@given(DAYS, DAYS)
def test_the_judgement_agrees_with_the_difference_in_days(meeting: date, received: date) -> None:
    """On time if and only if at least 30 days lie between receipt and meeting."""
    judged = nomination_deadline(meeting, Rules(), WorkingCalendar()).judge(received)
    assert (judged is Timeliness.ON_TIME) == ((meeting - received).days >= 30)


@given(DAYS)
def test_without_inclusion_one_more_day_is_needed(meeting: date) -> None:
    """A4: whether a difference of exactly 30 days suffices is a setting."""
    inclusive = nomination_deadline(meeting, Rules(), WorkingCalendar()).last_day
    exclusive = nomination_deadline(meeting, Rules(inclusive=False), WorkingCalendar()).last_day
    assert inclusive - exclusive == timedelta(days=1)


@given(DAYS)
def test_a_rolled_deadline_is_a_working_day_and_never_later(meeting: date) -> None:
    """A4: rolling moves to the working day before, Tết included."""
    legal = nomination_deadline(meeting, Rules(), TET_2024).last_day
    rolled = nomination_deadline(meeting, Rules(roll="previous"), TET_2024).last_day
    assert rolled <= legal
    assert TET_2024.is_working_day(rolled)
    assert not any(TET_2024.is_working_day(rolled + timedelta(days=n)) for n in range(1, (legal - rolled).days + 1))


@given(DAYS)
def test_working_days_are_counted_one_by_one(meeting: date) -> None:
    """A4: `day_kind: working` leaves out weekends and Tết."""
    deadline = nomination_deadline(meeting, Rules(nomination_days=10, day_kind="working"), TET_2024)
    between = [deadline.last_day + timedelta(days=n) for n in range((meeting - deadline.last_day).days)]
    assert sum(TET_2024.is_working_day(day) for day in between) == 10


def test_the_deadline_of_a_march_meeting_crosses_the_leap_day() -> None:
    """2024 has a 29 February."""
    assert nomination_deadline(date(2024, 3, 30), Rules(), WorkingCalendar()).last_day == date(2024, 2, 29)
    assert nomination_deadline(date(2023, 3, 30), Rules(), WorkingCalendar()).last_day == date(2023, 2, 28)


def test_the_notice_of_a_list_is_counted_in_the_days_of_the_plan() -> None:
    """A4: from Friday 26/01 to Tuesday 20/02/2024; what comes after the meeting gives none."""
    calendar, working = WorkingCalendar(), Rules(day_kind="working")

    assert notice_given(date(2024, 1, 26), date(2024, 2, 20), Rules(), calendar) == 25
    assert notice_given(date(2024, 1, 26), date(2024, 2, 20), working, calendar) == 17
    assert notice_given(date(2024, 2, 21), date(2024, 2, 20), Rules(), calendar) == 0


@given(st.dates(date(2023, 12, 30), date(2025, 1, 2)), st.integers(0, 24 * 60 - 1))
def test_the_day_is_the_offices_on_both_sides_of_midnight(day: date, minute: int) -> None:
    """R87: seven hours of every day, UTC has another date."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    assert local_day(moment) == (moment + timedelta(hours=7)).date()


def test_sixteen_fifty_nine_utc_is_still_the_same_day_and_seventeen_is_the_next() -> None:
    """R87: 23:59:59 in the office is 16:59:59 UTC."""
    assert local_day(datetime(2024, 12, 16, 16, 59, 59, tzinfo=UTC)) == date(2024, 12, 16)
    assert local_day(datetime(2024, 12, 16, 17, 0, tzinfo=UTC)) == date(2024, 12, 17)
    assert datetime(2024, 12, 16, tzinfo=OFFICE_ZONE).utcoffset() == timedelta(hours=7)


def test_a_deadline_explains_itself() -> None:
    """The line names start, rule and last day in the form of running text (P18)."""
    assert nomination_deadline(date(2024, 3, 5), Rules(), TET_2024).why == "05/3/2024 trừ 30 ngày = 04/02/2024"


def test_a_deadline_that_rolls_says_so_only_where_it_does() -> None:
    """A4: 04/02/2024 is a Sunday, 05/02/2024 a Monday."""
    rolling = Rules(roll="previous")
    rolled = nomination_deadline(date(2024, 3, 5), rolling, TET_2024)
    assert rolled.why == "05/3/2024 trừ 30 ngày = 04/02/2024, lùi về ngày làm việc 02/02/2024"
    assert nomination_deadline(date(2024, 3, 6), rolling, TET_2024).why == "06/3/2024 trừ 30 ngày = 05/02/2024"


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        (Rules(nomination_days=1), ["04/3/2024: tính 1 ngày (thứ 1)"]),
        (Rules(nomination_days=2), ["04/3/2024 … 03/3/2024: tính 2 ngày (thứ 1–2)"]),
        (Rules(), ["04/3/2024 … 04/02/2024: tính 30 ngày (thứ 1–30)"]),
        (Rules(inclusive=False), ["04/3/2024 … 03/02/2024: tính 31 ngày (thứ 1–31)"]),
        (
            Rules(roll="previous"),
            [
                "04/3/2024 … 04/02/2024: tính 30 ngày (thứ 1–30)",
                "03/02/2024: không tính (04/02/2024 nghỉ, lùi một ngày)",
                "02/02/2024: không tính (03/02/2024 nghỉ, lùi một ngày)",
            ],
        ),
        (
            Rules(nomination_days=3, day_kind="working", inclusive=False),
            [
                "04/3/2024: tính 1 ngày (thứ 1)",
                "03/3/2024: không tính (Chủ nhật)",
                "02/3/2024: không tính (thứ Bảy)",
                "01/3/2024 … 28/02/2024: tính 3 ngày (thứ 2–4)",
            ],
        ),
    ],
)
def test_the_count_is_told_by_stretches_of_days_of_one_kind(rules: Rules, lines: list[str]) -> None:
    assert explanation_lines(explain_deadline(date(2024, 3, 5), rules, TET_2024)) == lines


def test_a_worked_saturday_is_told_apart_in_the_count() -> None:
    """C6: 02/3/2024 is worked instead of a Monday."""
    calendar = WorkingCalendar({}, frozenset({date(2024, 3, 2)}))
    walked = explain_deadline(date(2024, 3, 5), Rules(nomination_days=4, day_kind="working"), calendar)
    assert explanation_lines(walked) == [
        "04/3/2024: tính 1 ngày (thứ 1)",
        "03/3/2024: không tính (Chủ nhật)",
        "02/3/2024: tính 1 ngày (thứ 2, làm bù)",
        "01/3/2024 … 29/02/2024: tính 2 ngày (thứ 3–4)",
    ]
