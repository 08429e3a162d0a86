"""Draws the sheets of a form: words, tables, drop-downs, checked dates, the printed page, and bytes that never vary."""

import io
import math
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

_FONT = "Times New Roman"
_THIN = Side(style="thin", color="808080")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_ZIP_BEGAN = (1980, 1, 1, 0, 0, 0)  # the first moment a zip archive can hold


def first_sheet(book: Workbook, title: str) -> Worksheet:
    """The sheet a new workbook comes with, under its name."""
    sheet = book.worksheets[0]
    sheet.title = title
    return sheet


def say(
    sheet: Worksheet, row: int, text: str, columns: int, *, bold: bool = False, middle: bool = False, lines: int = 1
) -> None:
    """A line of words across so many columns; a bold one is a title and stands in the middle."""
    cell = sheet.cell(row, 1)
    cell.value = text
    cell.font = Font(name=_FONT, size=14 if bold else 12, bold=bold)
    across = "center" if bold or middle else "left"
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    tall(sheet, row, lines)


def header(sheet: Worksheet, row: int, titles: Sequence[str], *, lines: int = 1) -> None:
    """The names of a table's columns, from the left."""
    tall(sheet, row, lines)
    for column, title in enumerate(titles, start=1):
        cell = put(sheet, row, column, title, middle=True)
        cell.font = Font(name=_FONT, size=12, bold=True)
        cell.fill = PatternFill("solid", start_color="DDE7F0")


def put(sheet: Worksheet, row: int, column: int, value: str | int | None = None, *, middle: bool = False) -> Cell:
    """One cell of a table, with its lines around it."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell), "no table stands on a merged range"
    cell.value, cell.border, cell.font = value, _GRID, Font(name=_FONT, size=12)
    across = Alignment(horizontal="center") if middle else Alignment(horizontal="left", indent=1)
    cell.alignment = across + Alignment(vertical="center", wrap_text=True)
    return cell


def widths(sheet: Worksheet, wide: Sequence[float]) -> None:
    """How wide the columns are, from the left."""
    for column, width in enumerate(wide, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def tall(sheet: Worksheet, row: int, lines: int) -> None:
    """Make a row so high that this many lines of words stand in it."""
    sheet.row_dimensions[row].height = 6 + 16 * lines


def lines_of(text: str, width: float) -> int:
    """How many lines the text takes at most in a column of that width, which is counted in digits of another font."""
    return max(1, math.ceil(len(text) / (1.1 * width)))


def drop_down(sheet: Worksheet, column: int, rows: range, choices: Sequence[str]) -> None:
    """Only these values; Excel shows them as a list. None of them may hold a comma, at which Excel cuts them."""
    drop_down_from(sheet, column, rows, f'"{",".join(choices)}"')


def drop_down_from(sheet: Worksheet, column: int, rows: range, source: str) -> None:
    """Only the values that stand in the cells of `source`, `'Hướng dẫn'!$A$5:$A$8`."""
    rule = DataValidation(type="list", formula1=source, allow_blank=True)
    rule.error, rule.errorTitle = "Chọn một giá trị trong danh sách", "Không có trong danh sách"
    _apply(sheet, rule, column, rows)


def checked_dates(sheet: Worksheet, column: int, rows: range, first: date, last: date, example: str) -> None:
    """Excel asks back when a date lies outside, as one does that it has turned round; it does not forbid (R88, P19)."""
    rule = DataValidation(
        type="date", operator="between", allow_blank=True, errorStyle="warning",
        formula1=f"DATE({first.year},{first.month},{first.day})", formula2=f"DATE({last.year},{last.month},{last.day})",
    )  # fmt: skip
    rule.errorTitle = "Ngày ngoài tháng của đơn vị"
    rule.error = f"Ghi ngày trước, tháng sau, như {example}. Excel có thể đã đảo ngày và tháng."
    rule.promptTitle, rule.prompt = "Ngày sinh hoạt", f"Ghi ngày/tháng/năm, như {example}"
    _apply(sheet, rule, column, rows)
    for row in rows:
        sheet.cell(row, column).number_format = "dd/mm/yyyy"  # day first, as everybody here writes it


def checked_number(sheet: Worksheet, column: int, rows: range) -> None:
    """Only whole numbers from 1."""
    rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="1", allow_blank=True)
    rule.error, rule.errorTitle = "Chỉ ghi một số, như 31", "Không phải số"
    _apply(sheet, rule, column, rows)


def as_text(sheet: Worksheet, column: int, rows: range, title: str, hint: str) -> None:
    """What is typed stays as it was typed; Excel would make 24:00 another day and drop the 0 of a telephone number."""
    rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1="200", allow_blank=True)
    rule.promptTitle, rule.prompt = title, hint
    rule.error, rule.errorTitle = hint, title
    _apply(sheet, rule, column, rows)
    for row in rows:
        sheet.cell(row, column).number_format = "@"


def on_a4(sheet: Worksheet, repeated: str = "", title: str = "") -> None:
    """Printed on A4 across, as wide as the page, with page numbers; the rows `5:5` are repeated on every page.

    `title` is printed above each page, for sheets that do not name themselves.
    """
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4  # inches
    margins.bottom, margins.footer = 0.75, 0.3
    margins.top = 0.8 if title else 0.5
    sheet.print_options.horizontalCentered = True
    footer = HeaderFooterItem()
    footer.right.text, footer.right.font, footer.right.size = "Trang &P/&N", _FONT, 11
    sheet.HeaderFooter.oddFooter = footer
    if title:
        head = HeaderFooterItem()
        head.center.font, head.center.size = f"{_FONT},Bold", 13
        head.center.text = title.replace("&", "&&")  # a single one begins a code of Excel
        sheet.HeaderFooter.oddHeader = head
    sheet.print_title_rows = repeated or None


def to_bytes(book: Workbook, day: date) -> bytes:
    """The workbook as a file, always the same for the same content; `day` stands for when it was made."""
    book.properties.creator = "visits"
    book.properties.created = book.properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the file's own times have no zone
    made, fixed = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(made, "w")).save()  # `Workbook.save` would write the present moment
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _ZIP_BEGAN)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(part, source.read(name))
    return fixed.getvalue()


def _apply(sheet: Worksheet, rule: DataValidation, column: int, rows: range) -> None:
    letter = get_column_letter(column)
    rule.showErrorMessage = rule.showInputMessage = True
    rule.add(f"{letter}{rows.start}:{letter}{rows.stop - 1}")
    sheet.add_data_validation(rule)
