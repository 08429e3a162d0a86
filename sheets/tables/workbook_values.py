"""Reads the bare values of an .xlsx file that openpyxl cannot parse: no list is lost for a strange fill or date."""

import io
import zipfile
from collections.abc import Iterator

from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import ARC_CUSTOM
from openpyxl.xml.functions import fromstring
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from domain.problem import Problem
from sheets.tables.cells import Cell, Line, Table, Value
from sheets.tables.form_origin import FormOrigin, origin_in
from sheets.tables.other_kinds import SAVE_AGAIN

_LOST = "không xem được chữ bị gạch ngang, dòng và cột bị ẩn, ghi chú, công thức"
_Span = tuple[tuple[int, int], tuple[int, int]]  # first and last cell as (row, column), from 0


def read_values(name: str, raw: bytes) -> tuple[list[Table], Problem]:
    """The sheets by their values, with the doubt that nothing else was seen; none, with the reason, if that fails."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
            shown = [one.visible == SheetVisibleEnum.Visible for one in sheets]
            found = [_rows(book.get_sheet_by_name(one.name)) for one in sheets]
    except MemoryError:
        raise
    except BaseException:  # what panics in the library is no `Exception`
        return [], Problem(name, "chưa đọc được tệp Excel này, tệp được tạo không đúng chuẩn", SAVE_AGAIN)
    origin = _origin(raw)
    tables = [
        _table(one.name, rows, spans, hidden=not visible, origin=origin)
        for one, visible, (rows, spans) in zip(sheets, shown, found, strict=True)
    ]
    doubt = Problem(
        name, f"tệp được tạo không đúng chuẩn, chỉ đọc được giá trị của ô; {_LOST}",
        f"so lại từng dòng với tệp; nếu khác thì {SAVE_AGAIN}", warning=True,
    )  # fmt: skip
    return tables, doubt


def filled(tables: list[Table]) -> int:
    """How many cells of the tables hold something of their own."""
    return sum(len(line.own) for table in tables for line in table.lines)


def _rows(sheet: CalamineSheet) -> tuple[list[tuple[int, int, Value]], list[_Span]]:
    """Every value with its row and column, from 1, and the merged ranges."""
    found: list[tuple[int, int, Value]] = [
        (row, column, int(value) if isinstance(value, float) and value.is_integer() else value)
        for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1)
        for column, value in enumerate(values, start=1)
        if value != ""
    ]
    return found, list(sheet.merged_cell_ranges or ())


def _table(
    name: str, rows: list[tuple[int, int, Value]], spans: list[_Span], *, hidden: bool, origin: FormOrigin | None
) -> Table:
    lines: dict[int, dict[int, Cell]] = {}
    for row, column, value in rows:
        number = isinstance(value, int | float) and not isinstance(value, bool)  # its format may have been the fault
        lines.setdefault(row, {})[column] = Cell(_place(name, row, column), value, unformatted=number)
    for row, column, cell in list(_repeated(name, lines, spans)):
        lines.setdefault(row, {})[column] = cell
    return Table(name, tuple(Line(name, row, lines[row]) for row in sorted(lines)), hidden=hidden, origin=origin)


def _repeated(name: str, lines: dict[int, dict[int, Cell]], spans: list[_Span]) -> Iterator[tuple[int, int, Cell]]:
    """The cells that a merged range covers, each with the range's value."""
    for (top, left), (bottom, right) in spans:
        first = lines.get(top + 1, {}).get(left + 1)
        if first is None:
            continue
        reference = f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}"
        for row in range(top + 1, bottom + 2):
            for column in range(left + 1, right + 2):
                if (row, column) != (top + 1, left + 1):
                    value, number = first.value, first.unformatted
                    place = _place(name, row, column)
                    yield row, column, Cell(place, value, merged=reference, unformatted=number)


def _origin(raw: bytes) -> FormOrigin | None:
    """The mark of our forms, which stands in a part of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return origin_in(CustomPropertyList.from_tree(fromstring(archive.read(ARC_CUSTOM))))  # type: ignore[arg-type]  # an element, as the library itself passes it
    except MemoryError:
        raise
    except Exception:  # no such part, or one that cannot be parsed: then it is none of our forms
        return None


def _place(sheet: str, row: int, column: int) -> str:
    return f"{sheet}!{get_column_letter(column)}{row}"
