"""Limits count what the parts hold, and not how they are called (P13, 6.7 no. 17)."""

import time

import pytest

from sheets.tables.package_scan import LIMITS
from sheets.tables.workbook_guard import look_inside
from tests.sheets.strange_workbooks import (
    BOOK,
    LINKS,
    SHEET,
    STYLES,
    TYPES,
    Parts,
    after_cells,
    holding,
    made,
    put_together,
    taken_apart,
    writing,
)


def refusal(raw: bytes) -> str:
    """Why the workbook is not opened, empty if it is."""
    problem = look_inside("danh-sach.xlsx", raw)[1]
    return str(problem) if problem else ""


def cells(number: int) -> str:
    """So many cells, no two alike, as a text that packs about as well as a real one."""
    return "".join(f'<row r="{row}"><c r="A{row}" t="n"><v>{row * 7919}</v></c></row>' for row in range(1, number // 2))


def under_another_name(parts: Parts) -> None:
    """The sheet in a part that does not end in `.xml`, with everything that leads to it."""
    parts["xl/worksheets/sheet1.dat"] = parts.pop(SHEET)
    for part in (LINKS, TYPES):
        writing(part, "sheet1.xml", "sheet1.dat")(parts)


def test_an_ordinary_list_is_opened() -> None:
    assert refusal(made()) == ""


@pytest.mark.parametrize("rename", [(), (under_another_name,)], ids=["its own name", "another name"])
def test_cells_are_counted_whatever_their_part_is_called(rename: tuple[object, ...]) -> None:
    many = writing(SHEET, "<sheetData>.*</sheetData>", f"<sheetData>{cells(LIMITS['cells'] + 10)}</sheetData>")
    began = time.process_time()
    assert "quá nhiều ô" in refusal(made(many, *rename))  # type: ignore[arg-type]  # changes, all of them
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    ("part", "pattern", "element", "fault"),
    [
        (STYLES, "</cellXfs>", '<xf numFmtId="{}"/>', "định dạng"),
        (STYLES, "</fonts>", '<font><sz val="{}"/></font>', "định dạng"),
        (BOOK, "</definedNames>", '<definedName name="n{}">1</definedName>', "định dạng"),
        ("xl/comments/comment1.xml", "</commentList>", '<comment ref="B{}" authorId="0"/>', "định dạng"),
        (SHEET, "</dataValidations>", '<dataValidation sqref="B{}"/>', "định dạng"),
        (BOOK, "</sheets>", '<sheet name="s{}" sheetId="1"/>', "trang"),
    ],
)
def test_what_is_no_cell_is_counted_as_well(part: str, pattern: str, element: str, fault: str) -> None:
    many = "".join(element.format(number) for number in range(LIMITS["others"] + 10))
    assert fault in refusal(made(writing(part, pattern, many + pattern)))


@pytest.mark.parametrize(
    "spans",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<hyperlinks><hyperlink ref="$A$1:$ZZ$9999" location="A1"/></hyperlinks>',
        "<mergeCells>" + '<mergeCell ref="A1:Z1000"/>' * 5 + "</mergeCells>",
    ],
)
def test_cells_under_wide_ranges_are_counted(spans: str) -> None:
    assert "quá rộng" in refusal(made(after_cells(spans)))


def test_a_note_on_every_cell_is_counted() -> None:
    everywhere = writing("xl/comments/comment1.xml", 'ref="B1"', 'ref="A1:XFD1048576"')
    assert "quá rộng" in refusal(made(everywhere))


@pytest.mark.parametrize(
    "content",
    [b"<!DOCTYPE x><worksheet/>", "<worksheet/>".encode("utf-16"), b"<a>" * 5000 + b"</a>" * 5000],
    ids=["document type", "UTF-16", "nested"],
)
def test_a_part_that_no_workbook_has_is_not_parsed(content: bytes) -> None:
    parts = taken_apart(made())
    parts["xl/worksheets/sheet1.dat"] = content
    assert "phần “xl/worksheets/sheet1.dat” của tệp không đúng chuẩn Excel" in refusal(put_together(parts))


def test_what_unpacks_to_hundreds_of_times_its_size_is_not_unpacked() -> None:
    bomb = made(holding("xl/media/image1.dat", b"<a/>" + b" " * (4 * 2**20)))
    assert "bung ra quá lớn (hơn 100 MB, hoặc quá 200 lần)" in refusal(bomb)


def test_a_sheet_that_is_there_twice_is_not_read() -> None:
    """One program reads the first of them, another the last."""
    parts = taken_apart(made())
    parts["XL/Worksheets/sheet1.xml"] = parts[SHEET]
    assert "hai phần cùng tên “XL/Worksheets/sheet1.xml”" in refusal(put_together(parts))


def test_pictures_are_looked_at_no_further_than_their_beginning() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4000
    assert refusal(made(holding("xl/media/image1.png", picture))) == ""


def test_a_formula_anywhere_is_noticed() -> None:
    assert not look_inside("a.xlsx", made())[0].formulas
    computed = writing(SHEET, r'<c r="A2"[^>]*>.*?</c>', '<c r="A2"><f>1+1</f><v>2</v></c>')
    assert look_inside("a.xlsx", made(computed))[0].formulas
