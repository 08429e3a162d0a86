"""Each wrong or doubtful cell of a filled form is named by sheet, row and cell, with the way out (P11–P19, A11)."""

from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from domain.dates import at
from domain.nomination import OrgType
from tests.sheets.conftest import Send
from tests.sheets.filled_form import FIRST, doubts, faults, write


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (datetime(2024, 2, 20), time(14, 0)),  # noqa: DTZ001 - Excel's dates have no zone
        ("20-2-2024", "14h00"),
        ("20.02.2024", "14g"),
        ("thứ Ba, ngày 20 tháng 02 năm 2024", "14 giờ chiều"),
        ("2024-02-20", timedelta(hours=14)),
    ],
)
def test_the_date_and_the_hour_are_read_however_they_are_typed(
    book: Workbook, send: Send, day: object, hour: object
) -> None:
    """P18, P19."""
    write(book, day=day, time=hour)

    assert [meeting.starts_at for meeting in send(book).meetings] == [at(date(2024, 2, 20), 14)]


def test_the_third_of_february_that_excel_read_as_the_second_of_march_is_refused(book: Workbook, send: Send) -> None:
    """P19: a real date that fits the month only when it is turned round is never turned."""
    write(book, day=datetime(2024, 3, 2))  # noqa: DTZ001 - as above

    understood = send(book)

    assert understood.meetings == ()
    assert faults(understood) == [
        "Danh sách!E6: được đọc là ngày 02 tháng 3 năm 2024, ngoài tháng 02/2024, có thể đã bị Excel đảo ngày và tháng"
        " → nếu là 03/02/2024 thì ghi lại dưới dạng chữ, có dấu nháy đơn ở đầu: '03/02/2024"
    ]


def test_a_real_date_of_another_month_is_kept_and_doubted_when_its_numbers_may_be_turned(
    book: Workbook, send: Send
) -> None:
    """P19, R88: outside the month either way, so it is not refused."""
    write(book, day=datetime(2024, 3, 5))  # noqa: DTZ001 - as above

    understood = send(book)

    assert [meeting.day for meeting in understood.meetings] == [date(2024, 3, 5)]
    assert len(doubts(understood)) == 1
    assert doubts(understood)[0].startswith("Danh sách!E6: được đọc là ngày 05 tháng 3 năm 2024, ngoài tháng 02/2024")


def test_a_date_without_its_year_is_completed_and_told(book: Workbook, send: Send) -> None:
    write(book, day="5/2")

    understood = send(book)

    assert [meeting.day for meeting in understood.meetings] == [date(2024, 2, 5)]
    assert doubts(understood) == [
        "Danh sách!E6: “5/2” không ghi đủ năm, được hiểu là 05/02/2024 → ghi đủ ngày, tháng, năm hoặc giờ, phút"
    ]


@pytest.mark.parametrize("hour", ["24:00", timedelta(days=1), datetime(1900, 1, 1)])  # noqa: DTZ001 - as above
def test_twenty_four_oclock_is_refused_however_excel_keeps_it(book: Workbook, send: Send, hour: object) -> None:
    write(book, time=hour)

    assert faults(send(book)) == [
        "Danh sách!F6: giờ từ 24:00 trở lên không phải giờ trong ngày → ghi từ 0:00 đến 23:59"
    ]


@pytest.mark.parametrize(
    ("changes", "cell", "fault", "remedy"),
    [
        ({"day": "31/02/2024"}, "E6", "không có ngày 31/02/2024 trên lịch", "ghi ngày trước tháng, như 05/3/2024"),
        ({"day": "02/20/2024"}, "E6", "không có ngày 02/20/2024 trên lịch", "ghi ngày trước tháng, như 05/3/2024"),
        ({"day": "thứ Hai, 20/02/2024"}, "E6", "20/02/2024 là thứ Ba, không phải thứ Hai", "sửa ngày hoặc thứ"),
        ({"day": "tuần sau"}, "E6", "“tuần sau” không phải ngày giờ", "ghi như 05/3/2024 hoặc 14:00"),
        ({"day": None}, "E6", "chưa ghi ngày", "ghi như 05/3/2024"),
        ({"time": None}, "F6", "chưa ghi giờ", "ghi như 14:00"),
        ({"time": "14h sáng"}, "F6", "14 giờ 00 không phải buổi sáng", "sửa giờ"),
        ({"time": "7:75"}, "F6", "“7:75” không phải giờ trong ngày", "ghi từ 0:00 đến 23:59"),
        ({"time": 14}, "F6", "“14” là số, không phải ngày giờ", "nếu là 14 giờ thì ghi 14:00"),
        ({"organisation": None}, "B6", "chưa ghi tên tổ chức đảng", "ghi tên đầy đủ"),
        ({"venue": None}, "G6", "chưa ghi địa điểm", "ghi nơi sinh hoạt"),
        ({"members": "nhiều"}, "J6", "“nhiều” không phải số nguyên từ 1", "ghi một số như 31"),
        ({"kind": None, "theme": "A"}, "H6", "có tên chuyên đề nhưng chưa ghi loại sinh hoạt", "ghi loại sinh hoạt"),
        ({"venue": "=A1/0"}, "G6", "ô có công thức chưa có kết quả", "ghi thẳng giá trị vào ô"),
        (
            {"venue": date(2024, 2, 1)}, "G6", "Excel đã đổi chữ thành ngày hoặc giờ (01/02/2024)",
            "định dạng ô là Văn bản (Text) rồi ghi lại",
        ),
    ],
)  # fmt: skip
def test_each_faulty_cell_is_named_with_the_way_out_and_the_next_line_is_not_lost(
    book: Workbook, send: Send, changes: dict[str, object], cell: str, fault: str, remedy: str
) -> None:
    write(book, **changes)
    write(book, FIRST + 1, organisation="Chi bộ ấp Ba")

    understood = send(book)

    assert faults(understood) == [f"Danh sách!{cell}: {fault} → {remedy}"]
    assert [meeting.organisation for meeting in understood.meetings] == ["Chi bộ ấp Ba"]
    assert not understood.acceptable


def test_a_kind_without_its_marks_is_suggested_and_not_taken(book: Workbook, send: Send) -> None:
    """A11, P15: strict match; the loose one is a question to a person."""
    write(book, org_type="Chi bo truc thuoc", kind="thuong ky")

    assert faults(send(book)) == [
        "Danh sách!C6: không có “Chi bo truc thuoc” trong các loại được dùng → có phải là “Chi bộ trực thuộc”?",
        "Danh sách!H6: không có “thuong ky” trong các loại được dùng → có phải là “Thường kỳ”?",
    ]


def test_case_and_the_place_of_a_tone_mark_do_not_count(book: Workbook, send: Send) -> None:
    """P11."""
    write(book, org_type="ĐẢNG UỶ CƠ SỞ", kind="thường kỳ")

    understood = send(book)

    assert faults(understood) == []
    assert understood.meetings[0].org_type is OrgType.GRASSROOTS_COMMITTEE


def test_one_cell_in_two_spellings_of_its_tone_mark_at_one_time_is_refused(book: Workbook, send: Send) -> None:
    write(book, organisation="Chi bộ ấp Hòa Bình")
    write(book, FIRST + 1, organisation="Chi bộ ấp Hoà Bình")

    understood = send(book)

    assert faults(understood) == [
        "Danh sách!dòng 7: “Chi bộ ấp Hoà Bình” trùng với Danh sách!dòng 6, viết là “Chi bộ ấp Hòa Bình”, "
        "cùng 14 giờ 00, thứ Ba, ngày 20/02/2024 → bỏ một dòng"
    ]
    assert not understood.acceptable


@pytest.mark.parametrize(("day", "when"), [("20/02/2024", "cùng lúc"), ("21/02/2024", "vào lúc khác")])
def test_one_cell_in_two_spellings_of_its_letters_is_doubted_and_both_are_kept(
    book: Workbook, send: Send, day: str, when: str
) -> None:
    """A11: `Khối` and `Khôi` may be two; a person decides."""
    write(book, organisation="Chi bộ Khối 2")
    write(book, FIRST + 1, organisation="Chi bộ Khôi 2", day=day)

    understood = send(book)

    assert len(understood.meetings) == 2
    assert doubts(understood) == [
        "Danh sách!dòng 7: “Chi bộ Khôi 2” có thể là một với “Chi bộ Khối 2” ở Danh sách!dòng 6, "
        f"viết khác dấu, {when} → bỏ một dòng nếu trùng"
    ]


def test_a_line_that_comes_twice_is_refused_also_when_the_same_cell_meets_at_another_time(
    book: Workbook, send: Send
) -> None:
    for row, day in enumerate(("20/02/2024", "21/02/2024", "21/02/2024"), start=FIRST):
        write(book, row, day=day)

    understood = send(book)

    assert [doubt.split(": ")[0] for doubt in doubts(understood)] == ["Danh sách!dòng 7"]
    (fault,) = faults(understood)
    assert fault.startswith("Danh sách!dòng 8: “Chi bộ ấp Mẫu Hai” trùng với Danh sách!dòng 7")


def test_cells_of_one_name_in_two_communes_are_two(book: Workbook, send: Send) -> None:
    write(book)
    write(book, FIRST + 1, parent="Đảng ủy xã Thí Dụ")

    assert doubts(send(book)) == []


@pytest.mark.parametrize(
    ("organisation", "font"),
    [("Chi bé Êp MÉu Hai – Nhµ v¨n ho¸", ".VnTime"), ("Chi boä aáp Maãu Hai, tröôøng", "VNI-Times")],
)
def test_old_letters_refuse_the_file_at_their_cell(book: Workbook, send: Send, organisation: str, font: str) -> None:
    """P13: no mojibake is ever stored."""
    sheet = write(book, organisation=organisation)
    sheet["B6"].font = Font(name=font)

    understood = send(book)

    assert understood.rows == ()
    (fault,) = faults(understood)
    assert fault.startswith("Danh sách!B6: chữ ở bảng mã cũ (TCVN3 hoặc VNI), không phải Unicode → chuyển cả tệp")
