"""Finds the moment of a meeting in one row, from one cell or from two that must agree (P19)."""

from datetime import date, datetime

from domain.dates import at, long_date, month_and_year, short_date
from sheets.moments.meeting_moment import read_when, turned
from sheets.tables.cells import Cell
from sheets.tables.record_reader import RecordReader, shown

_FIELDS = ("at", "day", "time")
_USUAL = range(5, 22)  # hours at which Party cells do meet, before and after work


def moment_of(reader: RecordReader, year: int, month: int) -> datetime | None:
    """The moment the row tells, for a host whose month it is; None only with a problem noted in the reader."""
    day: date | None = None
    hour: tuple[int, int] | None = None
    for field in _FIELDS:
        cell = reader.cell(field)
        if cell is None:
            continue
        try:
            said = read_when(cell.value, year, unformatted=cell.unformatted)
        except ValueError as error:
            reader.refuse(cell, error)
            return None
        if said.doubt:
            reader.note(cell, said.doubt, "ghi đủ ngày, tháng, năm hoặc giờ, phút", warning=True)
        if (said.day and day and said.day != day) or (said.time and hour and said.time != hour):
            reader.note(cell, f"“{shown(cell)}” khác với ô ngày giờ kia của dòng này", "ghi ngày và giờ thống nhất")
        if said.day and said.day != day:
            _doubt_order(reader, cell, said.day, year, month)
            _doubt_year(reader, cell, said.day, year)
        if said.time and said.time != hour:
            _doubt_hour(reader, cell, *said.time)
        day, hour = day or said.day, hour or said.time
    if day and hour:
        return at(day, *hour)
    if day is None:
        _lacks(reader, "day", "chưa ghi ngày", "ghi như 05/3/2024")
    if hour is None:
        _lacks(reader, "time", "chưa ghi giờ", "ghi như 14:00")
    return None


def _doubt_order(reader: RecordReader, cell: Cell, day: date, year: int, month: int) -> None:
    """A date outside the month that may be turned round: a real one that fits when turned is refused, others doubted.

    Text is day first, always, and a date that Excel made is never turned back: a person writes what is meant.
    """
    meant = turned(day)
    if meant is None or day.month == month:
        return
    real, fits = isinstance(cell.value, date), meant.month == month
    if not real and not fits:
        return  # that it lies outside the month is said by the rules of a list (R88)
    why = "có thể đã bị Excel đảo ngày và tháng" if real else "có thể ghi tháng trước ngày"
    remedy = f"nếu là {short_date(meant)} thì ghi lại dưới dạng chữ, có dấu nháy đơn ở đầu: '{short_date(meant)}"
    remedy = remedy if real else f"nếu là {short_date(meant)} thì ghi lại như vậy"
    fault = f"được đọc là {long_date(day)}, ngoài tháng {month_and_year(year, month)}, {why}"
    reader.note(cell, fault, remedy, warning=not (real and fits))


def _doubt_year(reader: RecordReader, cell: Cell, day: date, year: int) -> None:
    """Excel adds the present year to a day that is typed without one, and December's is not the plan's."""
    if day.year == year:
        return
    real = isinstance(cell.value, date)
    why = "; Excel tự thêm năm khi chỉ gõ ngày và tháng" if real else ""
    remedy = f"ghi đủ năm dưới dạng chữ, như {day.day:02d}/{day.month}/{year}"
    reader.note(cell, f"được đọc là {long_date(day)}, không phải năm {year}{why}", remedy, warning=not real)


def _doubt_hour(reader: RecordReader, cell: Cell, hour: int, minute: int) -> None:
    """Nobody meets at two at night; `2h` is likelier to be 14:00."""
    if hour in _USUAL:
        return
    remedy = f"nếu là {hour + 12}:{minute:02d} thì ghi lại" if hour + 12 in _USUAL else "kiểm tra lại giờ"
    reader.note(cell, f"được hiểu là {hour} giờ {minute:02d}, ngoài giờ sinh hoạt thông thường", remedy, warning=True)


def _lacks(reader: RecordReader, field: str, fault: str, remedy: str) -> None:
    """Note it at the field's own cell, else at the cell of both; a cell that has a fault of its own is enough."""
    cells = [reader.record.cells[name] for name in (field, *_FIELDS) if name in reader.record.cells]
    if any(cell.fault for cell in cells):
        return
    reader.note(cells[0] if cells else Cell(reader.record.place, None), fault, remedy)
