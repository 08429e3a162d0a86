"""Moments from cells and text: nothing but a said `ValueError`, and never the month before the day (P18, P19)."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.dates import long_date, short_date, weekday
from sheets.moments.meeting_moment import read_when, turned

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
#: Pieces of what people write, in any order and number, decomposed letters and letters of other scripts among them.
PIECES = st.lists(
    st.sampled_from(
        [
            *"0123456789/.-:,;()'hgT ", "giờ", "phút", "rưỡi", "ngày", "tháng", "năm", "thứ", "Ba", "chủ nhật", "CN",
            "sáng", "chiều", "chıều", "TỐI", "trưa", "buổi ", "05/3/2024", "14:00", "24:00", "2024-03-05", "31/02", "٣",
            "Ｔ", "²", "\u0301", "\u00a0", "\ufeff",
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(), PIECES), st.one_of(st.none(), st.integers(2000, 2099)))
@example("2h chıều", 2024)
@example("٣/٢/2024", 2024)
def test_any_text_is_read_or_refused_with_a_fault_and_a_way_out(text: str, year: int | None) -> None:
    try:
        when = read_when(text, year)
    except ValueError as error:
        fault, _, remedy = str(error).partition("; ")
        assert fault
        assert remedy
    else:
        assert when.day or when.time
        assert when.time is None or (0 <= when.time[0] < 24 and 0 <= when.time[1] < 60)


@given(st.one_of(st.integers(), st.floats(), st.booleans(), st.none(), st.timedeltas(), st.times(), st.datetimes()))
@example(float("inf"))
@example(datetime(1900, 1, 1))  # noqa: DTZ001 - Excel's dates have no zone
def test_whatever_else_a_cell_holds_is_read_or_refused_the_same_way(value: object) -> None:
    try:
        when = read_when(value, 2024)  # type: ignore[arg-type]  # what a file holds is not typed
    except ValueError as error:
        fault, _, remedy = str(error).partition("; ")
        assert fault
        assert remedy
    else:
        assert when.day or when.time


@given(DAYS)
def test_the_first_number_is_the_day_in_every_form_that_people_write(day: date) -> None:
    """P19: so that 03/02 is the third of February, whatever month the list is of."""
    for written in (
        f"{day.day}/{day.month}/{day.year}", f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}", short_date(day),
        long_date(day), f"{weekday(day)}, {long_date(day)}", f"{day.day} / {day.month} / {day.year}", f"{day:%d/%m}",
        f"{day:%d/%m/%y}", f"ngày {day.day} tháng {day.month}",
    ):  # fmt: skip
        assert read_when(written, day.year).day == day, written


@given(DAYS, st.times(timezones=st.none()))
def test_a_day_and_an_hour_are_read_from_one_cell_in_either_order(day: date, moment: time) -> None:
    hour = f"{moment:%H:%M}"
    for written in (
        f"{hour} {short_date(day)}",
        f"{short_date(day)}, {hour}",
        f"{hour}, {weekday(day)}, {day:%d-%m-%Y}",
    ):
        when = read_when(written, day.year)
        assert (when.day, when.time) == (day, (moment.hour, moment.minute)), written


@given(DAYS, st.integers(2000, 2099))
def test_what_had_to_be_added_to_a_date_is_told(day: date, year: int) -> None:
    if (day.month, day.day) == (2, 29):
        return
    when = read_when(f"{day.day}/{day.month}", year)
    assert when.day == day.replace(year=year)
    assert short_date(when.day) in when.doubt


@given(st.integers(24, 99), st.integers(0, 59))
def test_no_hour_beyond_the_day_is_read(hour: int, minute: int) -> None:
    for value in (f"{hour}:{minute:02d}", f"{hour}h{minute:02d}", timedelta(hours=hour, minutes=minute)):
        with pytest.raises(ValueError, match="giờ từ 24:00 trở lên"):
            read_when(value, 2024)


@given(DAYS)
def test_the_turned_date_is_the_only_other_one_of_the_same_numbers(day: date) -> None:
    other = turned(day)
    assert other is None or (other != day and turned(other) == day)
    assert (other is None) == (day.day > 12 or day.day == day.month)
