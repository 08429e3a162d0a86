"""The table in which a unit counts how it found each item of the checklist: drawn for it, and read back (R66, D13)."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment

from domain.plan import Plan
from domain.problem import Problem
from domain.self_report import ReportedItem
from domain.text import match_key
from sheets.tables.form_sheet import first_sheet, header, lines_of, on_a4, put, tall, to_bytes, widths
from sheets.tables.record_reader import RecordReader
from sheets.tables.table_file import read_tables
from sheets.tables.table_header import Columns, find_header, missing_columns
from sheets.tables.table_records import records

COLUMNS = Columns(
    {
        "item": ("Mã", "Mã số"),
        "text": ("Nội dung", "Nội dung giám sát"),
        "met": ("Đạt",),
        "partly_met": ("Đạt một phần",),
        "not_met": ("Chưa đạt",),
        "remark": ("Nhận xét", "Ghi chú"),
    },
    least=3,
)
_COUNTS = ("met", "partly_met", "not_met")
_TEXT = 80  # width of the column that holds the checklist's words


def items_form(plan: Plan) -> bytes:
    """The whole checklist in Excel, with a place for each count and for a remark; the same bytes for the same plan."""
    book = Workbook()
    sheet = first_sheet(book, "Danh mục")
    header(sheet, 1, [COLUMNS.title(name) for name in COLUMNS.names], lines=2)
    widths(sheet, (8, _TEXT, 10, 10, 10, 50))
    for row, item in enumerate(plan.checklist, start=2):
        for column, value in enumerate((item.code, item.text, None, None, None, None), start=1):
            put(sheet, row, column, value).alignment = Alignment(wrap_text=True, vertical="top")
        tall(sheet, row, lines_of(item.text, _TEXT))
    sheet.freeze_panes = "A2"
    on_a4(sheet, "1:1", f"SỐ TỔ CHỨC ĐẢNG THEO KẾT QUẢ TỪNG MỤC – theo Kế hoạch số {plan.symbol}")
    return to_bytes(book, plan.issued)


def read_items(path: Path, plan: Plan) -> tuple[tuple[ReportedItem, ...] | None, list[Problem]]:
    """The items that have a count in that file (.xlsx, .csv), and every fault at its cell; None if one is an error."""
    tables, problems = read_tables(path)
    if not tables:
        return None, problems
    found, faults = find_header(tables, COLUMNS, path.name)
    problems += faults
    if found is None:
        return None, problems
    lines, unread = records(found)
    problems += [*unread, *missing_columns(found, COLUMNS, "item", *_COUNTS)]
    codes = {match_key(key): item.id for item in plan.checklist for key in (item.id, item.code)}
    items: dict[str, ReportedItem] = {}
    for record in lines:
        reader = RecordReader(record)
        _take(reader, codes, items)
        problems += reader.problems
    if not items and not any(not problem.warning for problem in problems):
        problems.append(Problem(path.name, "chưa ghi số của mục nào", "ghi số tổ chức đảng rồi nhập lại"))
    return (None if any(not problem.warning for problem in problems) else tuple(items.values())), problems


def _take(reader: RecordReader, codes: Mapping[str, str], items: dict[str, ReportedItem]) -> None:
    """Put what one line says among the items, or note what is wrong with it."""
    code, remark = reader.text("item"), reader.text("remark")
    counts = {field: reader.whole_number(field, least=0) for field in _COUNTS}
    counted, item = any(count is not None for count in counts.values()), codes.get(match_key(code))
    if code and item is None:
        reader.note(reader.record.cells["item"], f"danh mục không có mã “{code}”", "xóa dòng này")
    elif counted and not code:
        reader.missing("item", "có số nhưng không có mã", "ghi mã như II.2.b")
    elif item in items and (counted or remark):
        reader.note(reader.record.cells["item"], f"mã “{code}” đã có số ở dòng trên", "giữ một")
    elif item and counted:
        items[item] = ReportedItem(item, **{field: count or 0 for field, count in counts.items()}, remark=remark)
    elif remark and reader.understood:
        reader.missing("met", "có nhận xét nhưng chưa có số", "ghi số tổ chức đảng")
