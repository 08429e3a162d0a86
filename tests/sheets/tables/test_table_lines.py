"""Lists that are not our form: titles, headers of two lines, groups, sums, signatures, more sheets (P6, 6.7 no. 17)."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sheets.nominations.nomination_file import Understood, read_nominations
from tests.sheets.filled_form import doubts, faults

HEADER = ("TT", "Tên tổ chức đảng", "Loại hình", "Ngày", "Giờ", "Địa điểm", "Loại sinh hoạt")
FIRST = (1, "Chi bộ A", "Chi bộ cơ sở", "05/3/2024", "14:00", "Hội trường", "Thường kỳ")
SECOND = (2, "Chi bộ B", "Chi bộ cơ sở", "06/3/2024", "14:00", "Hội trường", "Chuyên đề")

Read = Callable[..., Understood]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a sheet with these lines, after something was done to it, as a list for March."""

    def read_(*lines: Sequence[object], then: Callable[[Workbook, Worksheet], object] = lambda *_: None) -> Understood:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "Sheet1"
        for line in lines:
            sheet.append(list(line))
        then(book, sheet)
        book.save(tmp_path / "danh-sach.xlsx")
        return read_nominations(tmp_path / "danh-sach.xlsx", 2024, 3)

    return read_


def names(understood: Understood) -> list[str]:
    return [meeting.organisation for meeting in understood.meetings]


def test_titles_and_addresses_above_the_header_do_no_harm(read: Read) -> None:
    understood = read(
        ("HUYỆN ỦY THÍ DỤ", None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"), ("Số 12-BC/HU",),
        ("DANH SÁCH tổ chức đảng sinh hoạt tháng 3/2024",), (), HEADER, FIRST, SECOND,
    )  # fmt: skip
    assert (names(understood), faults(understood), doubts(understood)) == (["Chi bộ A", "Chi bộ B"], [], [])


def test_a_header_of_two_lines_is_read_with_day_and_hour_under_one_name(read: Read) -> None:
    upper = ("TT", "Tên tổ chức đảng", "Loại hình", "Thời gian", None, "Địa điểm", "Loại sinh hoạt")
    lower = (None, None, None, "Ngày", "Giờ", None, None)
    numbered = ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)")

    def merge(_: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("D1:E1")
        for column in "ABCFG":
            sheet.merge_cells(f"{column}1:{column}2")

    understood = read(upper, lower, numbered, FIRST, SECOND, then=merge)

    assert (names(understood), faults(understood), doubts(understood)) == (["Chi bộ A", "Chi bộ B"], [], [])


def test_groups_sums_and_signatures_are_no_meetings_and_each_is_told(read: Read) -> None:
    understood = read(
        HEADER, ("I", "Đảng ủy xã Mẫu"), FIRST, ("II", "Đảng ủy xã Thí Dụ"), SECOND, (None, "Tổng cộng: 2 chi bộ"), (),
        (None, None, None, None, "Thí Dụ, ngày 20 tháng 01 năm 2024"),
        (None, "Nơi nhận:", None, None, "T/M BAN THƯỜNG VỤ"), (None, "- Như trên;", None, None, "BÍ THƯ"),
    )  # fmt: skip

    assert (names(understood), faults(understood)) == (["Chi bộ A", "Chi bộ B"], [])
    assert [doubt.split(", không đọc")[0] for doubt in doubts(understood)] == [
        "Sheet1!dòng 2: dòng tiêu đề nhóm",
        "Sheet1!dòng 4: dòng tiêu đề nhóm",
        "Sheet1!dòng 6: dòng tổng cộng",
        "Sheet1!dòng 8: dòng dưới danh sách",
        "Sheet1!dòng 9: dòng dưới danh sách",
        "Sheet1!dòng 10: dòng dưới danh sách",
    ]


def test_a_line_that_lacks_nearly_everything_stays_a_meeting_with_faults(read: Read) -> None:
    """Nothing is taken for a note that may be a cell somebody has not finished."""
    understood = read(HEADER, FIRST, (2, "Chi bộ B"))

    assert {fault.split(":")[0] for fault in faults(understood)} == {f"Sheet1!{column}3" for column in "CDEF"}
    assert not understood.acceptable


def test_a_header_that_comes_again_is_passed_over_and_refused_in_another_order(read: Read) -> None:
    assert names(read(HEADER, FIRST, HEADER, SECOND)) == ["Chi bộ A", "Chi bộ B"]

    turned = (*HEADER[:3], "Giờ", "Ngày", *HEADER[5:])
    understood = read(HEADER, FIRST, turned, SECOND)

    assert faults(understood)[0].startswith("Sheet1!dòng 3: dòng tiêu đề lặp lại có các cột khác thứ tự →")


def test_a_column_without_its_marks_is_told_and_one_nobody_knows_is_not_read(read: Read) -> None:
    """A11: a person sees what a column was taken for before anything is applied."""
    understood = read((*HEADER[:5], "Dia diem", HEADER[6], "Ý kiến"), (*FIRST, "đề nghị sớm"))

    assert doubts(understood) == [
        "Sheet1!F1: cột “Dia diem” được hiểu là “Địa điểm” → ghi tên cột có dấu",
        "Sheet1!H2: cột “Ý kiến” không được đọc (“đề nghị sớm”) → chuyển sang cột khác nếu cần",
    ]


def test_two_columns_of_one_meaning_are_refused(read: Read) -> None:
    understood = read((*HEADER, "Nơi sinh hoạt"), (*FIRST, "Nhà văn hóa"))

    assert faults(understood) == [
        "Sheet1!H1: có hai cột cùng là “Địa điểm” → giữ một cột, hoặc đặt tên khác cho cột này"
    ]


def test_a_column_that_is_missing_is_named_once(read: Read) -> None:
    understood = read((*HEADER[:5], *HEADER[6:]), (*FIRST[:5], *FIRST[6:]))

    assert faults(understood) == ["Sheet1: thiếu cột “Địa điểm” → thêm cột này"]


@pytest.mark.parametrize("hidden", [False, True])
def test_a_second_list_is_refused_when_it_is_seen_and_told_when_it_is_hidden(read: Read, hidden: bool) -> None:
    """Nobody can know which of two lists is meant."""

    def add(book: Workbook, _: Worksheet) -> None:
        other = book.create_sheet("Cũ")
        other.append(HEADER)
        other.append(SECOND)
        other.sheet_state = "hidden" if hidden else "visible"

    understood = read(HEADER, FIRST, then=add)

    (told,) = doubts(understood) if hidden else faults(understood)
    assert told.startswith("Cũ: trang này cũng có danh sách nhưng không được đọc, chỉ đọc “Sheet1”")
    assert understood.acceptable is hidden


def test_a_sheet_without_a_header_says_which_columns_it_needs(read: Read) -> None:
    understood = read(FIRST, SECOND)

    (told,) = faults(understood)
    assert told.startswith(
        "danh-sach.xlsx: không thấy dòng tiêu đề của danh sách → thêm một dòng có các cột “Tên tổ chức"
    )
