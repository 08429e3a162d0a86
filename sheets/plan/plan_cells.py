"""Takes months, marks and days out of the cells of a plan's sheet, whatever Excel has made of them (P19, R49)."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.dates import parse_date, short_date
from domain.taking_up_words import parse_before
from domain.text import match_key
from sheets.plan.plan_columns import COLUMNS, NO, YES, months_of
from sheets.tables.cells import Cell
from sheets.tables.record_reader import RecordReader, shown


def months_or_itself(reader: RecordReader, year: int) -> tuple[list[int], bool]:
    """The months of a host, or that the unit reports by itself: one of both must be said (R70)."""
    by_itself = truth(reader, "self")
    cell = reader.cell("month")
    text = _month_text(reader, cell, year)
    if text and match_key(text) in map(match_key, YES[5:]):
        text, by_itself = "", True
    months: list[int] = []
    if text and cell:
        try:
            months = months_of(text, year)
        except ValueError as error:
            reader.refuse(cell, error)
            return [], by_itself
    if months and by_itself and cell:
        reader.note(cell, f"vừa có tháng ({text}) vừa tự giám sát", "giữ một trong hai")
    empty = cell is None and not (reader.record.cells.get("month") or Cell("", None)).fault
    if not months and not by_itself and empty:
        at = reader.record.cells.get("month") or Cell(reader.record.place, None)
        reader.note(at, "chưa ghi tháng được dự, cũng không ghi tự giám sát", "ghi tháng, hoặc x ở cột “Tự giám sát”")
    return months, by_itself


def _month_text(reader: RecordReader, cell: Cell | None, year: int) -> str:
    """What stands in the cell; Excel makes a date of `3/2026` and a fraction of `2,5`."""
    if cell is None:
        return ""
    if isinstance(cell.value, datetime | date):
        if cell.value.year == year and cell.value.day == 1:
            return str(cell.value.month)
        reader.note(cell, f"Excel đã đổi tháng thành ngày {shown(cell)}", "định dạng ô là Văn bản rồi ghi lại tháng")
        return ""
    if isinstance(cell.value, float) and not cell.value.is_integer():
        reader.note(cell, f"“{cell.text}” là số lẻ, không phải tháng", "định dạng ô là Văn bản rồi ghi như 2, 5")
        return ""
    return reader.text("month")


def truth(reader: RecordReader, field: str) -> bool:
    """Whether the field is marked: `x`, `có`; a word that is neither yes nor no is a fault, and taken for a mark."""
    text, cell = reader.text(field), reader.cell(field)
    if not text or cell is None or match_key(text) in map(match_key, NO):
        return False
    if match_key(text) not in map(match_key, YES):
        reader.note(cell, f"không hiểu “{text}” ở cột “{COLUMNS.title(field)}”", "ghi x, hoặc để trống")
    return True


def foreseen_day(reader: RecordReader, year: int, months: Sequence[int]) -> date | None:
    """A foreseen day, day before month always; one outside the months may have been turned round by Excel (P19)."""
    cell = reader.cell("day")
    if cell is None:
        return None
    value = cell.value
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    else:
        text = cell.text if cell.text.count("/") != 1 else f"{cell.text}/{year}"
        try:
            day = parse_date(text)
        except ValueError as error:
            reader.refuse(cell, error)
            return None
    if day.year != year or (months and day.month not in months):
        said = f"ngày dự kiến {short_date(day)} không thuộc tháng được dự"
        reader.note(cell, said, "ghi ngày trước, tháng sau; Excel có thể đã đảo ngày và tháng")
    return day


def done_before(reader: RecordReader, months: Sequence[int]) -> str:
    """What the office did before it used the service: kept in its words, refused where nobody would understand them."""
    cell, text = reader.cell("before"), reader.text("before")
    if cell is None or not text:
        return ""
    if len(months) != 1:
        reader.note(cell, "cột này chỉ ghi cho dòng có đúng một tháng", "mỗi tháng một dòng, hoặc quyết định khi nạp")
        return ""
    try:
        parse_before(text)
    except ValueError as error:
        reader.refuse(cell, error)
        return ""
    return text
