"""Working-day arithmetic against a counter that shares nothing with it, and counts that explain themselves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadline import explain_deadline, explanation_lines, nomination_deadline
from domain.plan import Rules
from domain.working_days import CountedDay, WorkingCalendar

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
NEAR = st.integers(-90, 90)


@st.composite
def around(draw: st.DrawFn) -> tuple[date, WorkingCalendar]:
    """A day, and a calendar with days off and worked Saturdays scattered within three months of it."""
    day = draw(DAYS)
    off = {day + timedelta(days=number): "nghỉ lễ" for number in draw(st.sets(NEAR, max_size=25))}
    scattered = (day + timedelta(days=number) for number in draw(st.sets(NEAR, max_size=25)))
    saturdays = frozenset(one for one in scattered if one.isoweekday() == 6)
    return day, WorkingCalendar({one: why for one, why in off.items() if one not in saturdays}, saturdays)


def worked_between(first: date, last: date, calendar: WorkingCalendar) -> int:
    """Working days from `first` to `last`, both included, by a rule of its own: whole weeks, then corrections."""
    if last < first:
        return 0
    total = (last - first).days + 1
    weekdays = total // 7 * 5 + sum(
        (first.isoweekday() - 1 + number) % 7 < 5 for number in range(total // 7 * 7, total)
    )
    lost = sum(1 for one in calendar.days_off if first <= one <= last and one.isoweekday() <= 5)
    return weekdays - lost + sum(1 for one in calendar.working_saturdays if first <= one <= last)


@given(around(), st.integers(0, 40))
def test_the_nth_working_day_after_has_n_working_days_up_to_it(where: tuple[date, WorkingCalendar], count: int) -> None:
    day, calendar = where
    reached = calendar.add(day, count)
    assert worked_between(day + timedelta(days=1), reached, calendar) == count
    assert count == 0 or worked_between(reached, reached, calendar) == 1


@given(around(), st.integers(0, 40))
def test_the_nth_working_day_before_has_n_working_days_down_to_it(
    where: tuple[date, WorkingCalendar], count: int
) -> None:
    day, calendar = where
    reached = calendar.add(day, -count)
    assert worked_between(reached, day - timedelta(days=1), calendar) == count
    assert count == 0 or worked_between(reached, reached, calendar) == 1


@given(around(), st.integers(1, 30))
def test_there_and_back_again_from_a_working_day_ends_where_it_began(
    where: tuple[date, WorkingCalendar], count: int
) -> None:
    start = where[1].on_or_after(where[0])
    assert where[1].add(where[1].add(start, count), -count) == start


@given(around())
def test_the_next_and_the_last_working_day_are_the_nearest_ones(where: tuple[date, WorkingCalendar]) -> None:
    day, calendar = where
    after, before = calendar.on_or_after(day), calendar.on_or_before(day)
    assert worked_between(day, after, calendar) == worked_between(before, day, calendar) == 1
    assert before <= day <= after


@given(around())
def test_a_day_off_says_why_and_a_working_day_says_nothing(where: tuple[date, WorkingCalendar]) -> None:
    day, calendar = where
    assert bool(calendar.why_off(day)) == (worked_between(day, day, calendar) == 0)


@given(around(), st.integers(-40, 40))
def test_a_walk_passes_every_day_and_counts_what_the_sum_says(where: tuple[date, WorkingCalendar], count: int) -> None:
    day, calendar = where
    walked = list(calendar.walk(day, count))
    sign = 1 if count >= 0 else -1
    assert [one.day for one in walked] == [day + sign * timedelta(days=n + 1) for n in range(len(walked))]
    assert sum(one.counted for one in walked) == abs(count)
    assert (walked[-1].day if walked else day) == calendar.add(day, count)
    assert all(one.counted or one.why for one in walked)


RULES = st.builds(
    Rules,
    nomination_days=st.integers(1, 60),
    day_kind=st.sampled_from(("calendar", "working")),
    inclusive=st.booleans(),
    roll=st.sampled_from(("none", "previous")),
)


@given(around(), RULES)
def test_a_deadline_explains_itself_day_by_day_and_the_explanation_adds_up(
    where: tuple[date, WorkingCalendar], rules: Rules
) -> None:
    """A4: in every reading of “trước 30 ngày”, no day is left out and the counted ones are the plan's number."""
    meeting, calendar = where
    last_day = nomination_deadline(meeting, rules, calendar).last_day
    walked = explain_deadline(meeting, rules, calendar)
    assert [one.day for one in walked] == [meeting - timedelta(days=n) for n in range(1, len(walked) + 1)]
    assert walked[-1].day == last_day
    assert sum(one.counted for one in walked) == rules.nomination_days + (not rules.inclusive)
    if rules.day_kind == "working":
        assert worked_between(last_day, meeting - timedelta(days=1), calendar) == sum(one.counted for one in walked)
    assert all(one.counted or one.why for one in walked)


@given(around(), RULES)
def test_the_explanation_in_words_has_every_day_once(where: tuple[date, WorkingCalendar], rules: Rules) -> None:
    walked = explain_deadline(where[0], rules, where[1])
    told = explanation_lines(walked)
    counted = sum(int(line.split("tính ")[1].split(" ")[0]) for line in told if ": tính " in line)
    assert counted == sum(one.counted for one in walked)
    assert len(told) <= len(walked)


def test_a_working_day_deadline_over_tet_names_the_days_it_skips() -> None:
    """C3: five working days before Friday 16/02/2024 reach back over Tết."""
    tet = WorkingCalendar({date(2024, 2, day): "Tết Nguyên Đán" for day in range(8, 15)})
    walked = explain_deadline(date(2024, 2, 16), Rules(nomination_days=5, day_kind="working"), tet)
    assert explanation_lines(walked) == [
        "15/02/2024: tính 1 ngày (thứ 1)",
        "14/02/2024 … 08/02/2024: không tính (Tết Nguyên Đán)",
        "07/02/2024 … 05/02/2024: tính 3 ngày (thứ 2–4)",
        "04/02/2024: không tính (Chủ nhật)",
        "03/02/2024: không tính (thứ Bảy)",
        "02/02/2024: tính 1 ngày (thứ 5)",
    ]


#: Tết of 2024, its Saturday and Sunday within it; Saturday 04/5 is worked for Monday 29/4.
SPRING = WorkingCalendar(
    {date(2024, 2, day): "Tết Nguyên Đán" for day in range(8, 15)} | {date(2024, 4, 29): "Nghỉ hoán đổi"},
    frozenset({date(2024, 5, 4)}),
)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2024, 2, 7), ""),
        (date(2024, 2, 10), "Tết Nguyên Đán"),  # a Saturday: the holiday before the weekend
        (date(2024, 2, 11), "Tết Nguyên Đán"),
        (date(2024, 2, 16), ""),  # a Friday
        (date(2024, 2, 17), "thứ Bảy"),
        (date(2024, 2, 18), "Chủ nhật"),
        (date(2024, 4, 29), "Nghỉ hoán đổi"),
        (date(2024, 5, 4), ""),
        (date(2024, 5, 5), "Chủ nhật"),
    ],
)
def test_a_day_off_is_called_by_its_holiday_or_else_by_its_weekday(day: date, why: str) -> None:
    assert SPRING.why_off(day) == why
    assert SPRING.is_working_day(day) is (not why)


def test_a_walk_tells_a_worked_saturday_from_any_other_day() -> None:
    """C6: from Friday 03/5/2024 two working days on, and from Monday 06/5 two back."""
    there = [
        CountedDay(date(2024, 5, 4), True, "làm bù"),
        CountedDay(date(2024, 5, 5), False, "Chủ nhật"),
        CountedDay(date(2024, 5, 6), True),
    ]
    assert list(SPRING.walk(date(2024, 5, 3), 2)) == there
    back = [*reversed(there[:2]), CountedDay(date(2024, 5, 3), True)]
    assert list(SPRING.walk(date(2024, 5, 6), -2)) == back


@pytest.mark.parametrize(("count", "reached"), [(0, 3), (1, 4), (2, 6), (-1, 2), (-2, 1)])
def test_no_working_day_further_is_the_day_itself_even_on_a_holiday(count: int, reached: int) -> None:
    assert SPRING.add(date(2024, 5, 3), count) == date(2024, 5, reached)
    assert SPRING.add(date(2024, 2, 10), 0) == date(2024, 2, 10)
    assert list(SPRING.walk(date(2024, 2, 10), 0)) == []
