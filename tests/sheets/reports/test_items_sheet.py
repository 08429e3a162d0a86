"""How a unit found each item of the checklist, counted in Excel or CSV, and every fault at its cell (D13)."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.plan import Plan
from domain.self_report import ReportedItem
from sheets.reports.items_sheet import items_form, read_items

Cells = dict[str, str | int]


def filled(folder: Path, plan: Plan, cells: Cells) -> Path:
    """The form with these cells written."""
    path = folder / "theo-muc.xlsx"
    path.write_bytes(items_form(plan))
    book = load_workbook(path)
    for place, value in cells.items():
        book.worksheets[0][place] = value
    book.save(path)
    return path


def test_the_filled_form_comes_back_with_the_items_that_have_a_count(tmp_path: Path, plan: Plan) -> None:
    path = filled(tmp_path, plan, {"C2": 16, "C3": 14, "D3": 2, "F3": "hai chi bộ ghi chưa kịp", "E4": 0})
    first, second, third = plan.checklist[:3]

    items, problems = read_items(path, plan)

    assert items == (
        ReportedItem(first.id, met=16),
        ReportedItem(second.id, met=14, partly_met=2, remark="hai chi bộ ghi chưa kịp"),
        ReportedItem(third.id),
    )
    assert problems == []


def test_a_csv_file_is_read_alike(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "theo-muc.csv"
    path.write_text("Mã,Đạt,Đạt một phần,Chưa đạt,Nhận xét\nII.2.b,10,1,,ghi vắn tắt\n", encoding="utf-8")

    assert read_items(path, plan) == ((ReportedItem("R20", met=10, partly_met=1, remark="ghi vắn tắt"),), [])


@pytest.mark.parametrize(
    ("cells", "place", "fault"),
    [
        ({"C2": "nhiều"}, "C2", "không phải số nguyên từ 0"),
        ({"A2": "II.9", "C2": 1}, "A2", "danh mục không có mã “II.9”"),
        ({"C2": 1, "A3": "II.1.a", "C3": 2}, "A3", "đã có số ở dòng trên"),
        ({"A2": "", "C2": 1}, "A2", "có số nhưng không có mã"),
        ({"F2": "tốt"}, "C2", "có nhận xét nhưng chưa có số"),
        ({}, "theo-muc.xlsx", "chưa ghi số của mục nào"),
    ],
)
def test_what_cannot_be_taken_is_named_at_its_cell(
    tmp_path: Path, plan: Plan, cells: Cells, place: str, fault: str
) -> None:
    items, problems = read_items(filled(tmp_path, plan, cells), plan)

    assert items is None
    assert [problem.place.split("!")[-1] for problem in problems if fault in problem.fault] == [place]


def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "theo-muc.csv"
    path.write_text("Họ tên,Chức vụ\nA,B\n", encoding="utf-8")

    items, problems = read_items(path, plan)

    assert items is None
    assert problems
