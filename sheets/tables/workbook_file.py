"""Reads the sheets of an .xlsx file into tables: values, merged ranges, hidden lines, and formulas without a result."""

import io
import warnings

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from domain.problem import Problem
from domain.text import clean
from sheets.tables.cells import Cell, Line, Table
from sheets.tables.form_origin import origin_of
from sheets.tables.workbook_guard import look_inside
from sheets.tables.workbook_values import filled, read_values

#: The columns of a sheet, as Excel has them; a file may say otherwise.
_EVERY_COLUMN = range(1, 16_385)


def read_workbook(name: str, raw: bytes) -> tuple[list[Table], list[Problem]]:
    """The sheets of the workbook, from left to right; none, with the reason, if it cannot or should not be opened.

    `name` is how the file is called in problems. Nothing that the bytes hold raises. What the first library cannot
    parse, or sees less of than is there, is read by the second, values only, with a doubt that says so.
    """
    counted, unsafe = look_inside(name, raw)
    if unsafe:
        return [], [unsafe]
    tables = _tables(raw, formulas=counted.formulas)
    if tables and filled(tables) and len(tables) >= counted.counts["sheets"]:
        return tables, []
    values, doubt = read_values(name, raw)
    if tables is not None and filled(values) <= filled(tables):
        return tables, []
    return values, [doubt]


def _tables(raw: bytes, *, formulas: bool) -> list[Table] | None:
    """The sheets as openpyxl sees them, None if it cannot; `formulas` says whether any cell is computed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about features of Excel that hold no data
            values = _open(raw, results=True)
            written = _open(raw, results=False) if formulas else values
            return [_table(sheet, written) for sheet in values.worksheets]
    except MemoryError:
        raise
    except Exception:  # the library raises whatever a broken or strangely made file makes it stumble over
        return None


def _open(raw: bytes, *, results: bool) -> Workbook:
    return load_workbook(io.BytesIO(raw), data_only=results, keep_links=False)


def _table(sheet: Worksheet, formulas: Workbook) -> Table:
    lines: dict[int, dict[int, Cell]] = {}
    for cell in _cells(sheet, formulas[sheet.title]):
        lines.setdefault(cell[0], {})[cell[1]] = cell[2]
    for row, column, repeated in _repeated(sheet, lines):
        lines.setdefault(row, {})[column] = repeated
    hidden = {row for row, one in sheet.row_dimensions.items() if one.hidden or one.height == 0}
    return Table(
        sheet.title,
        tuple(Line(sheet.title, row, lines[row], hidden=row in hidden) for row in sorted(lines)),
        hidden=sheet.sheet_state != "visible",
        hidden_columns=_hidden_columns(sheet),
        origin=origin_of(formulas),
    )


def _cells(sheet: Worksheet, formulas: Worksheet) -> list[tuple[int, int, Cell]]:
    found = []
    # `_cells` holds what the file holds; `iter_rows` would make every cell up to the farthest one.
    for (row, column), written in formulas._cells.items():
        if isinstance(written, MergedCell) or (written.value is None and written.comment is None):
            continue
        cell = sheet.cell(row, column)
        fault = ""
        if cell.data_type == "e":
            fault = f"ô có lỗi {cell.value}"
        elif written.data_type == "f" and cell.value is None:
            fault = "ô có công thức chưa có kết quả"
        font = cell.font if cell.has_style else None
        name, struck = (font.name or "", bool(font.strike)) if font else ("", False)
        comment = clean(written.comment.text) if written.comment else ""
        place, value = _place(sheet, row, column), None if fault else cell.value
        found.append((row, column, Cell(place, value, fault, comment=comment, struck=struck, font=name)))  # type: ignore[arg-type]  # the types know kinds of cells that `data_only` never gives
    return found


def _repeated(sheet: Worksheet, lines: dict[int, dict[int, Cell]]) -> list[tuple[int, int, Cell]]:
    """The cells that a merged range covers, each with the range's value."""
    covered = []
    for span in sheet.merged_cells.ranges:
        first = lines.get(span.min_row, {}).get(span.min_col)
        if first is None:
            continue
        for row in range(span.min_row, span.max_row + 1):
            for column in range(span.min_col, span.max_col + 1):
                if (row, column) != (span.min_row, span.min_col):
                    place = _place(sheet, row, column)
                    covered.append((row, column, Cell(place, first.value, first.fault, span.coord, font=first.font)))
    return covered


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    hidden: set[int] = set()
    for one in sheet.column_dimensions.values():
        if (one.hidden or one.width == 0) and one.min and one.max:
            hidden.update(_EVERY_COLUMN[one.min - 1 : one.max])
    return frozenset(hidden)


def _place(sheet: Worksheet, row: int, column: int) -> str:
    return f"{sheet.title}!{get_column_letter(column)}{row}"
