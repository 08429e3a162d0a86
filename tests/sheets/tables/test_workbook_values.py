"""A list that a person can read in Excel is read, or it is said how to save it: never “hỏng”, never “trống”."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from domain.dates import at
from domain.plan import Plan
from sheets.nominations.nomination_file import Understood, read_nominations
from sheets.nominations.nomination_form import nomination_form
from sheets.tables.table_file import tables_of
from tests.sheets.strange_kinds import KINDS, UNREADABLE
from tests.sheets.strange_workbooks import (
    MEETINGS,
    SHEET,
    STYLES,
    after_cells,
    holding,
    made,
    put_together,
    taken_apart,
    without,
    writing,
)
from tests.web.lists import MAY_LIST

VALUES_ONLY = "chỉ đọc được giá trị của ô"
Read = Callable[[bytes], Understood]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads the bytes of a file as a list for May 2024."""

    def of(raw: bytes) -> Understood:
        (tmp_path / "danh-sach.xlsx").write_bytes(raw)
        return read_nominations(tmp_path / "danh-sach.xlsx", 2024, 5)

    return of


def said(understood: Understood) -> list[tuple[str, datetime, str]]:
    return [(one.organisation, one.starts_at, one.venue) for one in understood.meetings]


EXPECTED = [(row[1], at(row[4], row[5].hour), row[6]) for row in MEETINGS]


@pytest.mark.parametrize("kind", KINDS)
def test_a_strangely_made_list_is_read_whole(kind: str, read: Read) -> None:
    understood = read(made(*KINDS[kind]))
    assert said(understood) == EXPECTED
    assert understood.acceptable


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_said_to_be_unread_with_how_to_save_it(kind: str, read: Read) -> None:
    understood = read(made(*UNREADABLE[kind]))
    (problem,) = understood.problems
    assert "chưa đọc được" in problem.fault
    assert "hỏng" not in problem.fault
    assert "trống" not in problem.fault
    assert "Save As" in problem.remedy


def test_a_list_read_by_its_values_says_what_was_not_seen(read: Read) -> None:
    strange = read(made(*KINDS["a fill without content"]))
    (doubt,) = [one for one in strange.problems if VALUES_ONLY in one.fault]
    assert doubt.warning
    assert all(word in doubt.fault for word in ("gạch ngang", "bị ẩn", "ghi chú", "công thức"))
    assert not [one for one in read(made()).problems if VALUES_ONLY in one.fault]


def test_without_styles_numbers_in_columns_of_dates_are_dates_and_doubted(read: Read) -> None:
    understood = read(made(without(STYLES)))
    assert said(understood) == EXPECTED
    doubts = [str(problem) for row in understood.rows for problem in row.problems]
    assert any("số 45426 được hiểu là ngày 14/5/2024" in doubt for doubt in doubts)
    assert understood.acceptable


def test_a_merged_range_is_seen_in_a_list_read_by_its_values(read: Read) -> None:
    merged = after_cells('<mergeCells count="1"><mergeCell ref="G2:G3"/></mergeCells>')
    emptied = writing(SHEET, r'<c r="G3"[^>]*>.*?</c>', "")
    understood = read(made(*KINDS["a fill without content"], emptied, merged))
    assert [one.venue for one in understood.meetings] == ["Phòng họp A", "Phòng họp A"]
    told = [str(problem) for problem in understood.rows[1].problems]
    assert [one for one in told if "thuộc ô gộp G2:G3" in one]


def test_a_form_of_another_host_is_known_by_its_values_too(plan: Plan, tmp_path: Path) -> None:
    raw = nomination_form(plan, plan.unit("nhon_trach"), 2024, 5, MAY_LIST)
    parts = taken_apart(raw)
    holding("docProps/core.xml", b"<coreProperties")(parts)
    (tmp_path / "a.xlsx").write_bytes(put_together(parts))
    understood = read_nominations(tmp_path / "a.xlsx", 2024, 5, plan.unit("bien_hoa"))
    assert any("không phải của" in problem.fault for problem in understood.problems if not problem.warning)


def test_a_sheet_that_the_first_reader_passes_over_is_not_lost(read: Read) -> None:
    understood = read(made(*KINDS["names in capitals"]))
    assert said(understood) == EXPECTED


def test_an_empty_workbook_stays_empty() -> None:
    tables, problems = tables_of("a.xlsx", made(writing(SHEET, r"<sheetData>.*</sheetData>", "<sheetData/>")))
    assert [line.own for table in tables for line in table.lines] == [{}]  # the note on its first cell is there
    assert problems == []
