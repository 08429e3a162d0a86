"""Writes the tables of a year as one Excel workbook, or as CSV files that Excel opens with its letters right (P14)."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from archive.year_tables import Table, Value
from domain.text import printable
from sheets.tables.form_sheet import on_a4, to_bytes

#: A text that begins so would be taken for a formula by Excel.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60


def as_workbook(tables: Sequence[Table], day: date) -> bytes:
    """One sheet for each table, headings frozen and filtered; always the same bytes for the same tables and day."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.title)
        sheet.append(list(table.headings))
        for column in range(1, len(table.headings) + 1):
            head = sheet.cell(1, column)
            head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        for number, row in enumerate(table.rows, start=2):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column, printable(value) if isinstance(value, str) else value)
                if isinstance(value, str):
                    cell.data_type, cell.quotePrefix = "s", value.startswith(_FORMULA)  # never a formula
                elif isinstance(value, date):
                    cell.number_format = "dd/mm/yyyy"
        for column, heading in enumerate(table.headings, start=1):
            longest = max((len(_said(row[column - 1])) for row in table.rows), default=0)
            sheet.column_dimensions[get_column_letter(column)].width = min(
                max(longest, len(heading) // 2, 8) + 2, _WIDEST
            )
        sheet.freeze_panes = "B2"
        on_a4(sheet, "1:1", table.title)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.headings))}{len(table.rows) + 1}"
    return to_bytes(book, day)


def as_csv(table: Table) -> bytes:
    """One table, in UTF-8 with the mark by which Excel knows it; days as `2024-02-20`, for programs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.headings)
    writer.writerows([_harmless(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(value: Value) -> str:
    """The value in words; a text that Excel would take for a formula gets the mark that makes it a text."""
    said = _said(value)
    return f"'{said}" if isinstance(value, str) and said.startswith(_FORMULA) else said


def _said(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else printable(f"{value}")
