"""The sheets of the findings form with the checklist, for each of several meetings one: drawn, and read back."""

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from domain.findings import ItemFinding, ItemResult
from domain.nomination import Meeting
from domain.plan import Plan
from domain.problem import Problem
from domain.text import match_key
from sheets.findings.findings_yaml import RESULTS
from sheets.tables.cells import Table
from sheets.tables.form_sheet import drop_down, first_sheet, header, lines_of, put, tall, widths
from sheets.tables.record_reader import RecordReader
from sheets.tables.table_header import Columns, find_header, missing_columns
from sheets.tables.table_records import records

SHEET = "Danh mục"
CHECKLIST = Columns(
    {
        "item": ("Mã", "Mã số"),
        "text": ("Nội dung", "Nội dung giám sát"),
        "result": ("Kết quả",),
        "remark": ("Ghi chú", "Nhận xét"),
        "reason": ("Lý do không coi là hạn chế", "Lý do không nêu hạn chế"),
        "meeting": ("Buổi số",),
        "organisation": ("Tổ chức đảng",),
    },
    least=2,
)
#: The columns that a sheet has only where each of several meetings has a sheet of its own.
_OF_MEETING = ("meeting", "organisation")
_TEXT = 80  # width of the column that holds the checklist's words


def draw(book: Workbook, plan: Plan, meetings: Sequence[Meeting]) -> list[tuple[Worksheet, str]]:
    """The checklist, for each of several meetings on a sheet of its own; each sheet with what it is of."""
    first = first_sheet(book, SHEET)
    if len(meetings) < 2:
        _draw(first, plan, ())
        return [(first, "")]
    drawn = []
    for place, meeting in enumerate(meetings):
        sheet = first if place == 0 else book.create_sheet()
        sheet.title = f"{SHEET} {meeting.number}"
        _draw(sheet, plan, (meeting.number, meeting.organisation))
        drawn.append((sheet, meeting.organisation))
    return drawn


def _draw(sheet: Worksheet, plan: Plan, of: Sequence[str | int]) -> None:
    header(sheet, 1, [CHECKLIST.title(name) for name in CHECKLIST.names if of or name not in _OF_MEETING])
    widths(sheet, (8, _TEXT, 18, 50, 34, *((8, 34) if of else ())))
    for row, item in enumerate(plan.checklist, start=2):
        text = f"{item.code} {item.text}"
        for column, value in enumerate((item.id, text, None, None, None, *of), start=1):
            put(sheet, row, column, value).alignment = Alignment(wrap_text=True, vertical="top")
        tall(sheet, row, lines_of(text, _TEXT))
    drop_down(sheet, 3, range(2, 2 + len(plan.checklist)), [result.vietnamese for result in ItemResult])


def read(tables: list[Table], name: str, plan: Plan) -> tuple[tuple[ItemFinding, ...], list[Problem]]:
    """The items that have a result, and every faulty cell; of two lists without a meeting one is refused."""
    of_meetings = [table for table in tables if _is_of_meeting(table)]
    plain = [table for table in tables if table not in of_meetings]
    lists = [[table] for table in of_meetings]
    if not of_meetings or find_header(plain, CHECKLIST, name)[0] is not None:
        lists.append(plain)
    items: dict[tuple[str, int], ItemFinding] = {}
    problems: list[Problem] = []
    for one in lists:
        problems += _read(one, name, plan, items)
    return tuple(items.values()), problems


def _is_of_meeting(table: Table) -> bool:
    found, _ = find_header([table], CHECKLIST, table.name)
    return found is not None and "meeting" in found.fields


def _read(tables: list[Table], name: str, plan: Plan, items: dict[tuple[str, int], ItemFinding]) -> list[Problem]:
    """Put what one list says among the items; what is wrong with it."""
    found, problems = find_header(tables, CHECKLIST, name)
    if found is None:
        return problems
    lines, unread = records(found)
    problems += [*unread, *missing_columns(found, CHECKLIST, "item", "result")]
    known = {match_key(key): item.id for item in plan.checklist for key in (item.id, item.code)}
    for record in lines:
        reader = RecordReader(record)
        one = _item(reader, known)
        if one and (one.item, one.meeting) in items:
            reader.note(record.cells["item"], f"mã “{reader.text('item')}” đã có kết quả ở dòng trên", "giữ một")
        elif one:
            items[one.item, one.meeting] = one
        problems += reader.problems
    return problems


def _item(reader: RecordReader, known: Mapping[str, str]) -> ItemFinding | None:
    """The finding of one line; None if nothing is written yet, or with what is wrong noted."""
    code, remark, reason = reader.text("item"), reader.text("remark"), reader.text("reason")
    item, result = known.get(match_key(code)), reader.choice("result", RESULTS)
    if code and item is None:
        reader.note(reader.record.cells["item"], f"danh mục không có mã “{code}”", "xóa dòng này")
    if result or remark or reason:
        reader.missing("item", "có kết quả hoặc ghi chú nhưng không có mã", "ghi mã như II.2.b")
        reader.missing("result", "có ghi chú nhưng chưa có kết quả", "chọn một trong năm kết quả")
        reader.missing("meeting", "có kết quả nhưng chưa ghi của buổi số mấy", "ghi số của buổi trong danh sách")
    meeting = reader.whole_number("meeting") or 0
    return ItemFinding(item, result, remark, no_limitation=reason, meeting=meeting) if item and result else None
