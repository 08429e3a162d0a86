"""The office's file speaks of Tết as a block, of 24/11 by year, and of the years whose notice is out (C4, C5)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from config.office_calendar import YEARS, calendar_content
from domain.problem import Refused

Write = Callable[[str], Path]


def test_a_block_of_tet_replaces_what_the_library_has_for_that_year_only(write: Write) -> None:
    content = calendar_content(write("tet: {2027: [2027-02-05, 2027-02-11]}\n"))
    calendar = content.calendar([2027, 2028], "thử")

    assert [day for day in calendar.days_off if day.year == 2027 and day.month == 2] == [
        date(2027, 2, number) for number in range(5, 12)
    ]
    assert calendar.days_off[date(2027, 2, 11)] == "Nghỉ Tết Nguyên đán"
    assert date(2027, 1, 1) in calendar.days_off
    assert date(2028, 1, 26) in calendar.days_off


@pytest.mark.parametrize(("is_off", "works"), [("false", True), ("true", False)])
def test_the_day_of_culture_is_switched_year_by_year(write: Write, is_off: str, works: bool) -> None:
    """C5."""
    calendar = calendar_content(write(f"culture_day: {{2026: {is_off}, 2025: true}}\n")).calendar(range(2024, 2028), "")

    assert calendar.is_working_day(date(2026, 11, 24)) is works
    assert not calendar.is_working_day(date(2025, 11, 24))
    assert not calendar.is_working_day(date(2027, 11, 24))


def test_days_of_the_office_are_told_from_those_the_library_suggests(write: Write) -> None:
    content = calendar_content(write("add: {2026-12-16: Nghỉ bão}\n"))

    assert [one.day for one in content.days_off if one.by_office] == [date(2026, 12, 16)]


def test_years_after_the_last_official_notice_are_provisional(write: Write) -> None:
    content = calendar_content(write("official_through: 2026\n"))

    assert not content.is_provisional(date(2026, 12, 31))
    assert content.is_provisional(date(2027, 1, 1))
    assert not calendar_content(write("remove: []\n")).is_provisional(date(2027, 1, 1))


def test_a_year_that_the_version_does_not_know_is_refused_not_guessed() -> None:
    with pytest.raises(Refused, match="lịch làm việc chưa có năm này"):
        calendar_content().calendar([YEARS[-1] + 1], "thử")


def test_every_fault_is_named_with_its_line(write: Write) -> None:
    path = write("""\
tet:
  2027: [2027-02-04]
  2028: [2027-02-04, 2027-02-10]
  2029: [2029-02-16, 2029-02-12]
  năm: [2030-02-01, 2030-02-03]
culture_day:
  26: true
  2027: không
official_through: 26
""")
    with pytest.raises(Refused) as refused:
        calendar_content(path)
    lines = {problem.place.rpartition(":")[2] for problem in refused.value.problems}
    assert lines == {"2", "3", "4", "5", "7", "8", "9"}
