"""A text table is read whatever program wrote it, and refused before it keeps the machine busy (P13, P14)."""

import codecs

import pytest

from sheets.tables.csv_file import read_csv
from sheets.tables.table_limits import MAX_CELL_LETTERS, MAX_COLUMNS, MAX_LINES

TEXT = "Tên tổ chức đảng;Loại hình;Địa điểm\nChi bộ Một;Chi bộ cơ sở;Phòng A, tầng 2\n"


def texts(raw: bytes) -> list[list[str]]:
    """The cells of the file, line by line; none if it is refused."""
    tables, _ = read_csv("a.csv", raw)
    return [[cell.text for cell in line.cells.values()] for table in tables for line in table.lines]


EXPECTED = [["Tên tổ chức đảng", "Loại hình", "Địa điểm"], ["Chi bộ Một", "Chi bộ cơ sở", "Phòng A, tầng 2"]]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "mark", "doubted"),
    [
        ("utf-8", b"", False),
        ("utf-8", codecs.BOM_UTF8, False),
        ("utf-16-le", codecs.BOM_UTF16_LE, True),
        ("utf-16-be", codecs.BOM_UTF16_BE, True),
    ],
)
def test_every_encoding_is_read_with_every_sign_between_columns(
    sign: str, encoding: str, mark: bytes, doubted: bool
) -> None:
    raw = mark + TEXT.replace(";", sign).encode(encoding)
    assert texts(raw) == EXPECTED
    assert [problem.warning for problem in read_csv("a.csv", raw)[1]] == [True] * doubted


def test_commas_are_read_where_texts_with_commas_stand_in_quotes() -> None:
    assert texts(TEXT.replace("Phòng A, tầng 2", '"Phòng A, tầng 2"').replace(";", ",").encode()) == EXPECTED


@pytest.mark.parametrize(
    ("raw", "fault", "remedy"),
    [
        (codecs.BOM_UTF16_LE + b"a\x00b", "không đầy đủ", "CSV UTF-8"),
        ("Tên;Loại".encode("utf-16-le"), "UTF-16", "CSV UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\x00", "không nhận ra bảng mã", "CSV UTF-8"),
        (b"PK\x03\x04abc", "là tệp Excel", ".xlsx"),
        (b"\xd0\xcf\x11\xe0abc", "là tệp Excel", ".xlsx"),
        (b'Ten;"Loai\n', "dấu ngoặc kép", "dấu ngoặc kép"),
    ],
)
def test_what_is_no_text_table_is_named_with_the_way_out(raw: bytes, fault: str, remedy: str) -> None:
    tables, problems = read_csv("a.csv", raw)
    assert tables == []
    assert fault in problems[0].fault
    assert remedy in problems[0].remedy


@pytest.mark.parametrize(
    ("text", "place", "fault"),
    [
        ("a;" * MAX_COLUMNS + "b\n", "a.csv:1", f"quá nhiều cột ({MAX_COLUMNS + 1}"),
        ("a;b\n" * (MAX_LINES + 1), "a.csv", "quá nhiều dòng"),
        ("a;b\n" + "x" * (MAX_CELL_LETTERS + 1) + ";c\n", "a.csv:2", "có ô dài hơn"),
    ],
)
def test_what_is_larger_than_any_list_is_refused_at_its_place(text: str, place: str, fault: str) -> None:
    tables, (problem,) = read_csv("a.csv", text.encode())
    assert tables == []
    assert problem.place == place
    assert fault in problem.fault


def test_empty_columns_behind_a_list_do_no_harm() -> None:
    assert texts((TEXT.replace("\n", ";" * 16_000 + "\n")).encode()) == EXPECTED
