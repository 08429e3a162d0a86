"""The office's calendar: the days of 2024 are frozen, and the office's own file wins over the library."""

import os
from datetime import date
from pathlib import Path

import pytest

from config.office_calendar import working_calendar
from domain.problem import Refused


def office_file(folder: Path, text: str) -> Path:
    path = folder / "office.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_days_off_of_2024_are_frozen() -> None:
    """C4: a new version of the library must not move them unseen."""
    calendar = working_calendar([2024])
    assert sorted(calendar.days_off) == [
        date(2024, 1, 1),
        *(date(2024, 2, day) for day in range(8, 15)),
        date(2024, 4, 18),
        date(2024, 4, 29),
        date(2024, 4, 30),
        date(2024, 5, 1),
        date(2024, 9, 2),
        date(2024, 9, 3),
    ]
    assert calendar.working_saturdays == {date(2024, 5, 4)}
    assert calendar.days_off[date(2024, 2, 10)] == "Tết Nguyên Đán"


def test_the_swap_of_2024_works_on_saturday_for_the_monday_off() -> None:
    """C4."""
    calendar = working_calendar([2024])
    assert not calendar.is_working_day(date(2024, 4, 29))
    assert calendar.is_working_day(date(2024, 5, 4))
    assert not calendar.is_working_day(date(2024, 5, 11))


def test_a_reminder_in_tet_moves_to_the_day_before_tet() -> None:
    """C3, A4."""
    assert working_calendar([2024]).on_or_before(date(2024, 2, 14)) == date(2024, 2, 7)


def test_the_swap_of_january_2026_is_put_right() -> None:
    """Design trap 10: announced eight days ahead, and not so in the library."""
    calendar = working_calendar([2026])
    assert not calendar.is_working_day(date(2026, 1, 2))
    assert calendar.is_working_day(date(2026, 1, 10))


def test_the_correction_of_2026_leaves_other_years_alone() -> None:
    assert all(day.year == 2024 for day in working_calendar([2024]).days_off)


def test_several_years_make_one_calendar() -> None:
    """A February visit has its deadline in January or December."""
    calendar = working_calendar(range(2023, 2026))
    assert {day.year for day in calendar.days_off} == {2023, 2024, 2025}
    assert not calendar.is_working_day(date(2025, 1, 1))


def test_the_day_of_culture_can_be_switched_off(tmp_path: Path) -> None:
    """C5."""
    assert not working_calendar([2026]).is_working_day(date(2026, 11, 24))
    path = office_file(tmp_path, "remove: [2026-11-24]\n")
    assert working_calendar([2026], path).is_working_day(date(2026, 11, 24))


def test_the_office_adds_days_with_their_reason(tmp_path: Path) -> None:
    path = office_file(tmp_path, "add:\n  16/12/2024: Nghỉ bão\n  2024-05-04: Bỏ làm bù\n")
    calendar = working_calendar([2024], path)
    assert calendar.days_off[date(2024, 12, 16)] == "Nghỉ bão"
    assert not calendar.is_working_day(date(2024, 5, 4))


def test_a_file_of_comments_is_an_office_without_corrections(tmp_path: Path) -> None:
    path = office_file(tmp_path, "# chưa có gì\n")
    assert working_calendar([2026], path).is_working_day(date(2026, 1, 2))


def test_all_faults_are_refused_with_file_and_line(tmp_path: Path) -> None:
    text = """\
add:
  2024-13-01: Không có
  2024-12-16:
remove:
  - 2024-02-30
  - 2024-12-16
  - 5
working_saturdays: [2024-12-17]
works: []
"""
    path = office_file(tmp_path, text)
    with pytest.raises(Refused) as refused:
        working_calendar([2024], path)
    assert [problem.place for problem in refused.value.problems] == [f"{path}:{line}" for line in (2, 3, 5, 6, 7, 8, 9)]


@pytest.mark.parametrize("text", ["add: [", "một câu", "- 2024-01-01"])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    path = office_file(tmp_path, text)
    with pytest.raises(Refused, match=r"office\.yaml:1"):
        working_calendar([2024], path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="không có tệp này"):
        working_calendar([2024], tmp_path / "none.yaml")


def test_the_calendar_is_made_once_and_again_when_the_file_changes(tmp_path: Path) -> None:
    path = office_file(tmp_path, "remove: []\n")
    first = working_calendar([2024, 2023], path)
    assert working_calendar(iter([2023, 2024]), path) is first
    path.write_text("add: {2024-12-16: Nghỉ bão}\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert date(2024, 12, 16) in working_calendar([2023, 2024], path).days_off
