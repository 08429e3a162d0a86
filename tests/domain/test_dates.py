"""Dates as official letters write them, and as people type them (P18, P19)."""

from datetime import UTC, date, datetime

import pytest

from domain.dates import (
    at,
    date_and_time,
    last_day_of,
    long_date,
    parse_date,
    parse_moment,
    parse_time,
    short_date,
    weekday,
)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 1, 3), "ngày 03 tháng 01 năm 2024"),
        (date(2024, 3, 5), "ngày 05 tháng 3 năm 2024"),
        (date(2024, 12, 16), "ngày 16 tháng 12 năm 2024"),
    ],
)
def test_a_zero_stands_before_days_below_ten_and_the_first_two_months_only(day: date, words: str) -> None:
    """F10."""
    assert long_date(day) == words


def test_running_text_follows_the_same_rule() -> None:
    assert [short_date(date(2018, 7, 6)), short_date(date(2009, 3, 24))] == ["06/7/2018", "24/3/2009"]
    assert date_and_time(at(date(2024, 3, 5), 14)) == "14 giờ 00, thứ Ba, ngày 05/3/2024"


@pytest.mark.parametrize("typed", ["05/3/2024", "5-3-2024", "5.3.2024", "2024-03-05", " 05/03/2024 "])
def test_the_day_comes_before_the_month(typed: str) -> None:
    """P19."""
    assert parse_date(typed) == date(2024, 3, 5)


@pytest.mark.parametrize("typed", ["30/2/2024", "3/2024", "mùng 5", "13/13/2024", ""])
def test_what_is_no_date_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match="hãy ghi như 05/3/2024"):
        parse_date(typed)


@pytest.mark.parametrize(
    ("typed", "time"), [("7h30", (7, 30)), ("14:00", (14, 0)), ("7 giờ 30", (7, 30)), ("8h", (8, 0))]
)
def test_times_are_read_as_people_write_them(typed: str, time: tuple[int, int]) -> None:
    assert parse_time(typed) == time


def test_twenty_four_oclock_is_refused() -> None:
    """6.7 no. 17."""
    with pytest.raises(ValueError, match="không phải giờ trong ngày"):
        parse_time("24:00")


def test_a_moment_needs_its_time() -> None:
    assert parse_moment("18/4/2024 14:00") == at(date(2024, 4, 18), 14)
    with pytest.raises(ValueError, match="thiếu giờ"):
        parse_moment("18/4/2024")


@pytest.mark.parametrize(("typed", "time"), [("0:00", (0, 0)), ("23:59", (23, 59)), ("14:30:00", (14, 30))])
def test_a_day_has_the_hours_from_midnight_to_one_minute_before(typed: str, time: tuple[int, int]) -> None:
    assert parse_time(typed) == time


@pytest.mark.parametrize("typed", ["24:00", "23:60", "99 giờ"])
def test_an_hour_or_a_minute_that_no_day_has_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="không phải giờ trong ngày"):
        parse_time(typed)


@pytest.mark.parametrize("typed", ["", "chiều", "7", "7 rưỡi"])
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="hãy ghi như 7 giờ 30"):
        parse_time(typed)


def test_the_week_begins_with_monday_and_a_day_with_midnight() -> None:
    days = [weekday(date(2024, 3, day)) for day in range(4, 11)]
    assert days == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
    assert at(date(2024, 3, 5)) == at(date(2024, 3, 5), 0, 0)
    assert date_and_time(at(date(2024, 3, 5))) == "0 giờ 00, thứ Ba, ngày 05/3/2024"
    assert date_and_time(at(date(2024, 3, 5), 7, 5)) == "7 giờ 05, thứ Ba, ngày 05/3/2024"


def test_a_moment_is_told_by_the_offices_clock() -> None:
    """R87: 17:30 UTC is half past midnight of the next day."""
    assert date_and_time(datetime(2024, 3, 4, 17, 30, tzinfo=UTC)) == "0 giờ 30, thứ Ba, ngày 05/3/2024"


@pytest.mark.parametrize(("month", "words"), [(1, "01"), (2, "02"), (3, "3"), (4, "4"), (10, "10"), (12, "12")])
def test_only_january_and_february_have_their_zero(month: int, words: str) -> None:
    """F10."""
    assert short_date(date(2024, month, 9)) == f"09/{words}/2024"
    assert short_date(date(2024, month, 10)) == f"10/{words}/2024"


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 1, 31), (2024, 2, 29), (2023, 2, 28), (2024, 11, 30), (2024, 12, 31)]
)
def test_the_last_day_of_a_month_is_known_over_leap_days_and_new_year(year: int, month: int, day: int) -> None:
    assert last_day_of(year, month) == date(year, month, day)
