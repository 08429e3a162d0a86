"""The host's form, made, filled in as people do it, and read back: nothing lost, nothing guessed (6.7 no. 17)."""

import unicodedata
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from domain.dates import at
from domain.nomination import MeetingKind, OrgType
from tests.sheets.conftest import Send
from tests.sheets.filled_form import FIRST, MEETING, doubts, faults, write


def test_a_list_with_many_faults_is_told_line_by_line_and_its_good_lines_are_understood(
    book: Workbook, send: Send
) -> None:
    """The story of the issue: one file, everything in it that goes wrong, each at its place."""
    sheet = write(book, theme="Nêu gương", kind="Chuyên đề")
    write(book, 8, organisation=unicodedata.normalize("NFD", "Chi bộ ấp Hòa Bình"), parent=None)
    write(book, 9, organisation="Chi bộ ấp Hoà Bình", day="21/02/2024", parent=None)
    write(book, 12, organisation="Chi bộ ấp Sáu", day=datetime(2024, 3, 2))  # noqa: DTZ001 - as above
    write(book, 13, organisation="Chi bộ ấp Bảy", time="24:00")
    write(book, 50, organisation="Chi bộ ấp Tám", day="22/02/2024")
    sheet["D7"] = "Đảng ủy xã Thí Dụ"
    sheet.merge_cells("D7:D9")
    sheet.column_dimensions["I"].hidden = True

    understood = send(book)

    assert [(row.place, row.meeting is not None) for row in understood.rows] == [
        ("Danh sách!dòng 6", True),
        ("Danh sách!dòng 7", False),
        ("Danh sách!dòng 8", True),
        ("Danh sách!dòng 9", True),
        ("Danh sách!dòng 12", False),
        ("Danh sách!dòng 13", False),
        ("Danh sách!dòng 50", True),
    ]
    assert {fault.split(":")[0] for fault in faults(understood)} == {
        *(f"Danh sách!{column}7" for column in "BCEFG"), "Danh sách!E12", "Danh sách!F13",
    }  # fmt: skip
    assert [one.parent for one in understood.meetings][1:3] == ["Đảng ủy xã Thí Dụ", "Đảng ủy xã Thí Dụ"]
    assert {doubt.split(": ")[0] for doubt in doubts(understood)} == {
        "Danh sách!cột I", "Danh sách!D8", "Danh sách!D9", "Danh sách!dòng 9", "Danh sách!H7",
    }  # fmt: skip
    assert not understood.acceptable


def test_the_form_comes_back_as_it_was_filled_in(book: Workbook, send: Send) -> None:
    """A22: every column; the date typed as text."""
    write(book, theme="Nêu gương", kind="Thường kỳ và chuyên đề")

    understood = send(book)

    assert (faults(understood), doubts(understood)) == ([], [])
    (meeting,) = understood.meetings
    assert (meeting.organisation, meeting.org_type) == ("Chi bộ ấp Mẫu Hai", OrgType.CELL_SUBORDINATE)
    assert (meeting.parent, meeting.venue) == ("Đảng ủy xã Mẫu", "Nhà văn hóa ấp Mẫu Hai")
    assert meeting.starts_at == at(date(2024, 2, 20), 14)
    assert (meeting.kind, meeting.theme) == (MeetingKind.COMBINED, "Nêu gương")
    assert (meeting.members, meeting.contact) == (24, "Nguyễn Văn Ví Dụ, 0900 000 000")


def test_what_was_understood_is_said_with_the_weekday_and_the_month_in_words(book: Workbook, send: Send) -> None:
    """P19."""
    write(book)

    (row,) = send(book).rows

    assert row.place == "Danh sách!dòng 6"
    assert row.said == (
        "Chi bộ ấp Mẫu Hai (Chi bộ trực thuộc, thuộc Đảng ủy xã Mẫu), thường kỳ, 14 giờ 00, thứ Ba, "
        "ngày 20 tháng 02 năm 2024, tại Nhà văn hóa ấp Mẫu Hai, 24 đảng viên, "
        "liên hệ Nguyễn Văn Ví Dụ, 0900 000 000"
    )


def test_a_form_that_was_sent_back_untouched_is_an_empty_list(book: Workbook, send: Send) -> None:
    understood = send(book)

    assert (understood.rows, understood.acceptable) == ((), False)
    assert faults(understood) == [
        "danh-sach.xlsx: danh sách trống, dưới dòng tiêu đề chưa ghi tổ chức đảng nào"
        " → ghi ít nhất một tổ chức đảng rồi gửi lại"
    ]


def test_an_empty_form_with_a_hidden_column_is_still_said_to_be_empty(book: Workbook, send: Send) -> None:
    book["Danh sách"].column_dimensions["K"].hidden = True

    understood = send(book)

    assert "danh sách trống" in faults(understood)[0]
    assert not understood.acceptable


def test_letters_in_pieces_come_back_in_one_and_make_the_same_kinds(book: Workbook, send: Send) -> None:
    """P8: text pasted from elsewhere is often decomposed."""
    pieces = {
        name: unicodedata.normalize("NFD", value) if isinstance(value, str) else value
        for name, value in MEETING.items()
    }
    write(book, **pieces)

    understood = send(book)

    assert faults(understood) == []
    assert understood.meetings[0].organisation == unicodedata.normalize("NFC", "Chi bộ ấp Mẫu Hai")
    assert understood.meetings[0].parent == unicodedata.normalize("NFC", "Đảng ủy xã Mẫu")


def test_blank_lines_between_the_meetings_are_passed_over_and_lines_after_the_drawn_ones_are_read(
    book: Workbook, send: Send
) -> None:
    write(book)
    write(book, FIRST + 4, organisation="Chi bộ ấp Ba", day="21/02/2024")
    write(book, FIRST + 90, organisation="Chi bộ ấp Bốn", day="22/02/2024")

    understood = send(book)

    assert faults(understood) == []
    assert [row.place for row in understood.rows] == ["Danh sách!dòng 6", "Danh sách!dòng 10", "Danh sách!dòng 96"]
    assert [meeting.number for meeting in understood.meetings] == [1, 2, 3]


def test_a_merged_cell_counts_for_each_of_its_lines_and_each_is_told(book: Workbook, send: Send) -> None:
    sheet = write(book)
    write(book, FIRST + 1, organisation="Chi bộ ấp Ba", parent=None)
    sheet.merge_cells("D6:D7")

    understood = send(book)

    assert [meeting.parent for meeting in understood.meetings] == ["Đảng ủy xã Mẫu", "Đảng ủy xã Mẫu"]
    assert doubts(understood) == [
        "Danh sách!D7: thuộc ô gộp D6:D7, được hiểu là “Đảng ủy xã Mẫu” → bỏ gộp ô nếu không đúng"
    ]


def test_a_hidden_column_is_read_and_told(book: Workbook, send: Send) -> None:
    sheet = write(book)
    sheet.column_dimensions["G"].hidden = True

    understood = send(book)

    assert understood.meetings[0].venue == "Nhà văn hóa ấp Mẫu Hai"
    assert doubts(understood) == ["Danh sách!cột G: cột “Địa điểm” bị ẩn, vẫn được đọc → bỏ ẩn và kiểm tra lại"]


def test_a_hidden_line_is_read_and_told(book: Workbook, send: Send) -> None:
    sheet = write(book)
    sheet.row_dimensions[FIRST].hidden = True

    understood = send(book)

    assert len(understood.meetings) == 1
    assert doubts(understood) == ["Danh sách!dòng 6: dòng bị ẩn, vẫn được đọc → xóa dòng này nếu không cần"]


def test_what_people_note_strike_out_or_write_beside_the_list_is_told(book: Workbook, send: Send) -> None:
    sheet = write(book)
    sheet["E6"].comment = Comment("có thể chuyển", "Ví Dụ")
    sheet["B6"].font = Font(strike=True)
    sheet["M6"] = "chưa chắc"

    told = doubts(send(book))

    assert any(one.startswith("Danh sách!E6: ô có ghi chú không được đọc (“có thể chuyển”)") for one in told)
    assert any(one.startswith("Danh sách!B6: chữ bị gạch ngang") for one in told)
    assert any(one.startswith("Danh sách!M6: cột không có tên, không được đọc (“chưa chắc”)") for one in told)
