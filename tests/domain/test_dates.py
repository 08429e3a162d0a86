"""Dates as official letters write them, and as people type them (P18, P19)."""

from datetime import date

import pytest

from domain.dates import at, date_and_time, long_date, parse_date, parse_moment, parse_time, short_date


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
