"""No row of a host's list is lost in silence: what tells no moment or no kind is a problem at its cell (P19, A8)."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from domain.dates import at
from sheets.nominations.nomination_file import Understood, read_nominations

TWO_CELLS = ("Tên tổ chức đảng", "Loại hình", "Ngày", "Giờ", "Địa điểm", "Loại sinh hoạt", "Chuyên đề")
ONE_CELL = ("Tên tổ chức đảng", "Loại hình", "Thời gian", "Địa điểm", "Loại sinh hoạt")


def read(tmp_path: Path, *rows: Sequence[object], month: int = 3) -> Understood:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    for row in rows:
        sheet.append(list(row))
    book.save(tmp_path / "danh-sach.xlsx")
    return read_nominations(tmp_path / "danh-sach.xlsx", 2024, month)


def row(day: object, hour: object, kind: str = "Thường kỳ", theme: str = "") -> tuple[object, ...]:
    return ("Chi bộ A", "Chi bộ cơ sở", day, hour, "Hội trường", kind, theme)


def told(understood: Understood, *, warning: bool = False) -> list[str]:
    return [one.place for row in understood.rows for one in row.problems if one.warning is warning]


@pytest.mark.parametrize(
    ("day", "hour", "cell"),
    [
        ("14:00", None, "Sheet1!C2"),
        ("05/3/2024", None, "Sheet1!D2"),
        ("05/3/2024", "06/3/2024 14:00", "Sheet1!D2"),
        ("05/3/2024 7:30", "14:00", "Sheet1!D2"),
        ("05/3/2024", timedelta(days=1), "Sheet1!D2"),
        ("thứ Hai, 05/3/2024", "14:00", "Sheet1!C2"),
        (45356, "14:00", "Sheet1!C2"),
    ],
)
def test_a_row_without_one_clear_moment_is_refused_at_its_cell(
    tmp_path: Path, day: object, hour: object, cell: str
) -> None:
    understood = read(tmp_path, TWO_CELLS, row(day, hour), row("05/3/2024", "14:00"))
    assert told(understood) == [cell]
    assert not understood.acceptable
    assert len(understood.rows) == 2
    assert len(understood.meetings) == 1


def test_a_day_alone_in_the_cell_of_both_does_not_pass(tmp_path: Path) -> None:
    understood = read(tmp_path, ONE_CELL, ("Chi bộ A", "Chi bộ cơ sở", "05/3/2024", "Hội trường", "Thường kỳ"))
    assert told(understood) == ["Sheet1!C2"]
    assert not understood.acceptable


@pytest.mark.parametrize(
    "written", ["14:00 05/3/2024", "14 giờ 00, thứ Ba, ngày 05/3/2024", "14h00 ngày 05 tháng 3 năm 2024"]
)
def test_day_and_hour_are_read_from_one_cell_in_either_order(tmp_path: Path, written: str) -> None:
    understood = read(tmp_path, ONE_CELL, ("Chi bộ A", "Chi bộ cơ sở", written, "Hội trường", "Thường kỳ"))
    assert [one.starts_at for one in understood.meetings] == [at(date(2024, 3, 5), 14)]
    assert understood.acceptable


def test_a_written_date_that_fits_only_when_turned_round_is_doubted_and_kept(tmp_path: Path) -> None:
    """P19: text is day first, always; a person looks at it."""
    understood = read(tmp_path, TWO_CELLS, row("02/3/2024", "14:00"), month=2)
    assert told(understood, warning=True) == ["Sheet1!C2"]
    assert [one.day for one in understood.meetings] == [date(2024, 3, 2)]


def test_a_theme_without_a_kind_is_asked_for_and_not_taken_for_a_regular_meeting(tmp_path: Path) -> None:
    """R51, A8: whether a thematic cell can be chosen hangs on it."""
    understood = read(tmp_path, TWO_CELLS, row("05/3/2024", "14:00", "", "Nêu gương"))
    assert told(understood) == ["Sheet1!F2"]


def test_a_list_without_the_column_of_kinds_says_that_it_takes_them_for_regular(tmp_path: Path) -> None:
    short = [line[:5] for line in (TWO_CELLS, row("05/3/2024", "14:00"))]
    understood = read(tmp_path, *short)
    assert understood.acceptable
    assert told(understood, warning=True) == ["Sheet1!dòng 2"]
