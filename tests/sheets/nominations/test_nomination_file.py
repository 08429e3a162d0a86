"""A host's list as people really send it: understood row by row, each fault at its cell (A22, P8, P13, P14, P19)."""

import unicodedata
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from domain.dates import at
from domain.nomination import MeetingKind, OrgType
from sheets.nominations.nomination_file import Understood, read_nominations

HEADER = [
    "TT",
    "Tên tổ chức đảng",
    "Loại hình",
    "Cấp trên trực tiếp",
    "Ngày",
    "Giờ",
    "Địa điểm",
    "Loại sinh hoạt",
    "Chuyên đề",
]
ROW = [
    1,
    "Chi bộ ấp 1",
    "Chi bộ trực thuộc",
    "Đảng ủy xã A",
    "05/3/2024",
    "14:00",
    "Nhà văn hóa",
    "Chuyên đề",
    "Nêu gương",
]


#: Excel's dates have no zone.
MARCH_5 = datetime(2024, 3, 5)  # noqa: DTZ001 - as above


def book_of(path: Path, *rows: list[object], header: list[str] = HEADER) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    for line in (header, *rows):
        sheet.append(line)
    book.save(path)
    return path


def with_cell(**changes: object) -> list[object]:
    names = ["TT", "organisation", "org_type", "parent", "day", "time", "venue", "kind", "theme"]
    return [changes.get(name, value) for name, value in zip(names, ROW, strict=True)]


def faults(understood: Understood) -> list[str]:
    every = [*understood.problems, *(problem for row in understood.rows for problem in row.problems)]
    return [problem.place for problem in every if not problem.warning]


def test_a_row_is_understood_and_said_back_in_words(tmp_path: Path) -> None:
    understood = read_nominations(book_of(tmp_path / "danh-sach.xlsx", ROW), 2024, 3)
    assert understood.acceptable
    (row,) = understood.rows
    assert "14 giờ 00, thứ Ba, ngày 05 tháng 3 năm 2024" in row.said
    (meeting,) = understood.meetings
    assert (meeting.org_type, meeting.kind) == (OrgType.CELL_SUBORDINATE, MeetingKind.THEMATIC)
    assert meeting.starts_at == at(date(2024, 3, 5), 14)


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (MARCH_5, time(14, 0)),
        (date(2024, 3, 5), "14h00"),
        ("5-3-2024", "14 giờ"),
        ("ngày 05/3/2024", "14:00"),
    ],
)
def test_dates_and_times_are_read_in_every_form_people_use(tmp_path: Path, day: object, hour: object) -> None:
    """P18, P19."""
    understood = read_nominations(book_of(tmp_path / "a.xlsx", with_cell(day=day, time=hour)), 2024, 3)
    assert [one.starts_at for one in understood.meetings] == [at(date(2024, 3, 5), 14)]


def test_a_date_that_excel_turned_round_is_named_and_never_turned_back(tmp_path: Path) -> None:
    """P19: 03/02 read as 2 March, for the host of February."""
    turned = with_cell(day=datetime(2024, 3, 2))  # noqa: DTZ001 - as above
    understood = read_nominations(book_of(tmp_path / "a.xlsx", turned), 2024, 2)
    assert faults(understood) == ["Sheet1!E2"]
    assert not understood.acceptable


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"time": "24:00"}, "Sheet1!F2"),
        ({"day": "31/2/2024"}, "Sheet1!E2"),
        ({"venue": None}, "Sheet1!G2"),
        ({"organisation": None}, "Sheet1!B2"),
        ({"org_type": "Chi bộ xóm"}, "Sheet1!C2"),
        ({"kind": "Liên hoan"}, "Sheet1!H2"),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(tmp_path: Path, changes: dict[str, object], cell: str) -> None:
    """6.7 no. 17: nothing is guessed."""
    understood = read_nominations(book_of(tmp_path / "a.xlsx", with_cell(**changes), ROW), 2024, 3)
    assert faults(understood) == [cell]
    assert len(understood.meetings) == 1, "the other row is not lost"


def test_nfd_blank_rows_merged_cells_and_hidden_columns_lose_nothing(tmp_path: Path) -> None:
    """P8, 6.7 no. 17."""
    path = book_of(
        tmp_path / "a.xlsx",
        ROW,
        [None] * 9,
        with_cell(organisation=unicodedata.normalize("NFD", "Chi bộ ấp Hòa"), parent=None),
    )
    book = load_workbook(path)
    sheet = book["Sheet1"]
    sheet["D3"] = None
    sheet.merge_cells("D2:D4")
    sheet.column_dimensions["G"].hidden = True
    book.save(path)
    understood = read_nominations(path, 2024, 3)
    assert understood.acceptable
    assert [one.organisation for one in understood.meetings] == ["Chi bộ ấp 1", "Chi bộ ấp Hòa"]
    assert understood.meetings[1].parent == "Đảng ủy xã A"
    assert any("bị ẩn" in problem.fault for problem in understood.problems)
    assert any("ô gộp" in problem.fault for problem in understood.rows[1].problems)


def test_two_spellings_of_one_cell_are_pointed_out_and_both_kept(tmp_path: Path) -> None:
    """A11: a person decides."""
    path = book_of(
        tmp_path / "a.xlsx", with_cell(organisation="Chi bộ Khối 2"), with_cell(organisation="Chi bộ Khôi 2")
    )
    understood = read_nominations(path, 2024, 3)
    assert len(understood.meetings) == 2
    assert ["viết khác dấu" in problem.fault for problem in understood.problems] == [True]


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ","), ("utf-8", ";"), ("cp1258", ";"), ("utf-8", "\t")]
)
def test_csv_is_read_in_the_encodings_that_occur(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """P13, P14."""
    text = "\n".join(delimiter.join(str(cell) for cell in line) for line in (HEADER, ROW))
    if encoding == "cp1258":  # base letters and combining tones, as Windows wrote them
        text = "".join(_windows(letter) for letter in unicodedata.normalize("NFC", text))
    path = tmp_path / "danh-sach.csv"
    path.write_bytes(text.encode(encoding))
    understood = read_nominations(path, 2024, 3)
    assert [one.organisation for one in understood.meetings] == ["Chi bộ ấp 1"], understood


def _windows(letter: str) -> str:
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tone = next(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone
    return letter


def test_yaml_is_read_with_the_line_of_each_fault(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text(
        "- organisation: Chi bộ ấp 1\n  org_type: cell_subordinate\n  kind: thematic\n"
        "  at: 2024-03-05 14:00\n  venue: Nhà văn hóa\n"
        "- organisation: Chi bộ ấp 2\n  org_type: cell\n  kind: regular\n"
        "  at: 2024-03-05 25:00\n  venue: Nhà văn hóa\n",
        encoding="utf-8",
    )
    understood = read_nominations(path, 2024, 3)
    assert len(understood.meetings) == 1
    assert faults(understood) == ["list.yaml:7", "list.yaml:9"]


def test_what_a_yaml_file_holds_beside_the_meetings_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text(
        "unit: tan_phu\nmeetings:\n  - {organisation: Chi bộ ấp 1, org_type: cell_grassroots, kind: regular,\n"
        "     at: 2024-03-05 14:00, venue: Nhà văn hóa, secretary: A}\n",
        encoding="utf-8",
    )
    understood = read_nominations(path, 2024, 3)
    assert [(str(one), one.warning) for one in understood.problems] == [
        ("list.yaml:1: mục “unit” không được đọc → xóa mục này", True),
        ("list.yaml:4: không có mục “secretary” → xóa mục này", False),
    ]
    assert not understood.acceptable


@pytest.mark.parametrize("content", [b"", b"khong phai excel", b"PK\x03\x04hong"])
def test_what_is_no_list_at_all_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    understood = read_nominations(path, 2024, 3)
    assert not understood.acceptable
    assert understood.problems
