"""Finds the moment of a meeting in one row, from one cell or from two that must agree (P19)."""

from datetime import date, datetime

from answers.cells import Cell
from answers.meeting_moment import read_when, swapped_into
from answers.record_reader import RecordReader, shown
from domain.dates import at, long_date, short_date

_FIELDS = ("at", "day", "time")


def moment_of(reader: RecordReader, year: int, month: int) -> datetime | None:
    """The moment the row tells, for a host whose month it is; None only with a problem noted in the reader."""
    day: date | None = None
    hour: tuple[int, int] | None = None
    for field in _FIELDS:
        cell = reader.cell(field)
        if cell is None:
            continue
        try:
            said = read_when(cell.value)
        except ValueError as error:
            reader.refuse(cell, error)
            return None
        if (said.day and day and said.day != day) or (said.time and hour and said.time != hour):
            reader.note(cell, f"“{shown(cell)}” khác với ô ngày giờ kia của dòng này", "ghi ngày và giờ thống nhất")
        if said.day and said.day != day:
            _doubt_order(reader, cell, said.day, year, month)
        day, hour = day or said.day, hour or said.time
    if day and hour:
        return at(day, *hour)
    if day is None:
        _lacks(reader, "day", "chưa ghi ngày", "ghi như 05/3/2024")
    if hour is None:
        _lacks(reader, "time", "chưa ghi giờ", "ghi như 14:00")
    return None


def _doubt_order(reader: RecordReader, cell: Cell, day: date, year: int, month: int) -> None:
    """A date that fits the month only when turned round: a real one is refused, text is day first but doubted."""
    meant = swapped_into(day, month)
    if meant is None:
        return
    real = isinstance(cell.value, date)
    why = "có thể đã bị Excel đảo ngày và tháng" if real else "có thể ghi tháng trước ngày"
    remedy = f"nếu là {short_date(meant)} thì ghi lại dưới dạng chữ"
    reader.note(cell, f"được đọc là {long_date(day)}, ngoài tháng {month}/{year}, {why}", remedy, warning=not real)


def _lacks(reader: RecordReader, field: str, fault: str, remedy: str) -> None:
    """Note it at the field's own cell, else at the cell of both; a cell that has a fault of its own is enough."""
    cells = [reader.record.cells[name] for name in (field, *_FIELDS) if name in reader.record.cells]
    if any(cell.fault for cell in cells):
        return
    reader.note(cells[0] if cells else Cell(reader.record.place, None), fault, remedy)
