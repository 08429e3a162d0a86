"""Makes the Excel forms that hosts and inspectors fill in; the reading side takes them back (P6)."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from answers.findings_file import CHECKLIST, KINDS, REMARKS
from answers.nomination_file import COLUMNS
from answers.table_header import Columns
from domain.dates import month_and_year
from domain.findings import ItemResult
from domain.nomination import MeetingKind, OrgType
from domain.plan import Plan, Unit

_ROWS = 60  # lines prepared for a list
_FONT = "Times New Roman"
_FIELDS = ("organisation", "org_type", "parent", "day", "time", "venue", "kind", "theme", "members", "contact")


def write_nomination_form(plan: Plan, unit: Unit, year: int, month: int, path: Path) -> None:
    """The form for one host and month: who, which rules, and a list with drop-downs (R62, R65, A22)."""
    book = Workbook()
    sheet = _sheet(book.active, "Danh sách")
    rules = plan.rules
    _say(sheet, 1, f"DANH SÁCH TỔ CHỨC ĐẢNG SINH HOẠT THÁNG {month_and_year(year, month)}", bold=True)
    _say(sheet, 2, f"{unit.name} – theo Kế hoạch số {plan.symbol}")
    _say(
        sheet, 3,
        f"Mỗi buổi sinh hoạt phải được báo trước ít nhất {rules.nomination_days} ngày; danh sách có ít nhất "
        f"{rules.min_thematic_cells:02d} chi bộ sinh hoạt chuyên đề. Ngày ghi như 05/3/2024, giờ ghi như 14:00.",
    )  # fmt: skip
    fields = [name for name in _FIELDS if not (unit.restricted and name == "contact")]  # no personal data (A20)
    _header(sheet, 5, [COLUMNS.title(name) for name in fields])
    rows = range(6, 6 + _ROWS)
    _drop_down(sheet, fields.index("org_type") + 1, rows, [one.vietnamese for one in OrgType])
    _drop_down(sheet, fields.index("kind") + 1, rows, [one.vietnamese for one in MeetingKind])
    _dates(sheet, fields.index("day") + 1, rows, date(year, 1, 1), date(year, 12, 31))
    for row in rows:
        sheet.cell(row, fields.index("time") + 1).number_format = "@"  # text: Excel would make 24:00 another day
    book.save(path)


def write_findings_form(plan: Plan, path: Path) -> None:
    """The form of the working group: the whole checklist, and a sheet for what it has to say (R15–R38)."""
    book = Workbook()
    items = _sheet(book.active, "Danh mục")
    _header(items, 1, _titles(CHECKLIST))
    for row, item in enumerate(plan.checklist, start=2):
        for column, value in enumerate((item.id, f"{item.code} {item.text}"), start=1):
            items.cell(row, column, value).alignment = Alignment(wrap_text=True, vertical="top")
    _drop_down(items, 3, range(2, 2 + len(plan.checklist)), [one.vietnamese for one in ItemResult])
    items.column_dimensions["B"].width = 80
    remarks = _sheet(book.create_sheet(), "Nhận xét")
    _header(remarks, 1, _titles(REMARKS))
    # A list that is written inside a cell's rule is cut at its commas, so the one kind with a comma is left to typing.
    _drop_down(remarks, 1, range(2, 2 + _ROWS), [kind for kind in KINDS if "," not in kind])
    book.save(path)


def _titles(columns: Columns) -> list[str]:
    return [columns.title(name) for name in columns.names]


def _sheet(sheet: object, title: str) -> Worksheet:
    assert isinstance(sheet, Worksheet), "a new workbook has an ordinary sheet"
    sheet.title = title
    return sheet


def _say(sheet: Worksheet, row: int, text: str, *, bold: bool = False) -> None:
    sheet.cell(row, 1, text).font = Font(name=_FONT, size=13, bold=bold)


def _header(sheet: Worksheet, row: int, titles: Sequence[str]) -> None:
    for column, title in enumerate(titles, start=1):
        cell = sheet.cell(row, column)
        cell.value = title
        cell.font = Font(name=_FONT, size=12, bold=True)
        cell.fill = PatternFill("solid", start_color="DDE7F0")
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = max(16, len(title) + 6)
    sheet.freeze_panes = f"A{row + 1}"


def _drop_down(sheet: Worksheet, column: int, rows: range, choices: Sequence[str]) -> None:
    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    rule.error, rule.errorTitle = "Chọn một giá trị trong danh sách", "Không có trong danh sách"
    _apply(sheet, rule, column, rows)


def _dates(sheet: Worksheet, column: int, rows: range, first: date, last: date) -> None:
    rule = DataValidation(
        type="date", operator="between", allow_blank=True,
        formula1=f"DATE({first.year},{first.month},{first.day})", formula2=f"DATE({last.year},{last.month},{last.day})",
    )  # fmt: skip
    rule.error, rule.errorTitle = "Ghi ngày như 05/3/2024", "Không phải ngày của năm kế hoạch"
    _apply(sheet, rule, column, rows)
    for row in rows:
        sheet.cell(row, column).number_format = "dd/mm/yyyy"  # day first, as everybody here writes it


def _apply(sheet: Worksheet, rule: DataValidation, column: int, rows: range) -> None:
    letter = get_column_letter(column)
    rule.add(f"{letter}{rows.start}:{letter}{rows.stop - 1}")
    sheet.add_data_validation(rule)
