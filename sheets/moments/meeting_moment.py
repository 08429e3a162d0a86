"""Reads when something is: real dates and times of Excel, or what people write in a cell (P18, P19)."""

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from openpyxl.utils.datetime import from_excel

from domain.dates import short_date
from domain.text import clean
from sheets.moments.hour_text import BEYOND
from sheets.moments.moment_text import read_text
from sheets.tables.cells import Value

_DAY = 24 * 60 * 60
#: The numbers that Excel shows as dates of this century.
_SERIALS = range(36526, 73051)


@dataclass(frozen=True)
class When:
    """What one cell says of the moment: a day, an hour and minute, or both; `doubt` is what was added to it."""

    day: date | None = None
    time: tuple[int, int] | None = None
    doubt: str = ""


def read_when(value: Value, year: int | None = None, *, unformatted: bool = False) -> When:
    """What the cell says; `ValueError` in Vietnamese, `fault; remedy`, when part of it is not understood.

    Text is day before month, always (P19). `24:00` is refused, and so is a weekday that does not fit its date.
    A day without a year, or with two digits of it, is one of `year` and doubted; without `year` it is refused.
    `unformatted` is a number of which nobody knows how it is shown; it is taken for a date, and doubted.
    """
    if unformatted and isinstance(value, int | float) and int(value) in _SERIALS:
        return _of_serial(value)
    if isinstance(value, datetime):
        if value.year <= 1900:  # how Excel counts 24:00 and later hours of no day
            raise ValueError(BEYOND)
        return When(value.date(), _clock(_seconds(value.time())) if value.time() != time() else None)
    if isinstance(value, date):
        return When(value)
    if isinstance(value, time):
        return When(time=_clock(_seconds(value)))
    if isinstance(value, timedelta):
        return When(time=_clock(value.total_seconds()))
    if isinstance(value, str):
        return When(*read_text(clean(value), year))
    if isinstance(value, float) and 0 < value < 1:
        hour, minute = _clock(value * _DAY)
        return When(time=(hour, minute), doubt=f"số {value:.4g} được hiểu là {hour} giờ {minute:02d}".replace(".", ","))
    raise ValueError(_of_number(value))


def _of_serial(number: float) -> When:
    meant = from_excel(number)
    assert isinstance(meant, datetime), "numbers of this century are days"
    when = read_when(meant)
    clock = f" {when.time[0]} giờ {when.time[1]:02d}" if when.time else ""
    written = f"{number:.6g}".replace(".", ",")
    return When(when.day, when.time, f"số {written} được hiểu là ngày {short_date(meant.date())}{clock}")


def turned(day: date) -> date | None:
    """The other date that the same two numbers may mean, as Excel may have read them (P19); None if there is none."""
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None


def _seconds(moment: time) -> float:
    return moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1_000_000


def _clock(seconds: float) -> tuple[int, int]:
    """Hour and minute; Excel keeps a time as a fraction of the day, which may miss the minute by a little."""
    minutes = round(seconds / 60)
    if abs(seconds - minutes * 60) > 1:
        raise ValueError(f"giờ có giây lẻ ({timedelta(seconds=round(seconds))}); ghi giờ và phút như 14:00")
    if not 0 <= minutes < 24 * 60:
        raise ValueError(BEYOND)
    return minutes // 60, minutes % 60


def _of_number(value: Value) -> str:
    """Why a bare number is no moment, with what it may have been meant for."""
    shown = f"{value}".replace(".", ",")
    if isinstance(value, int | float) and math.isfinite(value) and int(value) in _SERIALS:
        meant = from_excel(int(value))
        if isinstance(meant, date):
            return f"“{shown}” là số, không phải ngày giờ; nếu là {short_date(meant)} thì ghi lại như vậy"
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 24:
        return f"“{shown}” là số, không phải ngày giờ; nếu là {value} giờ thì ghi {value}:00"
    return f"“{shown}” là số, không phải ngày giờ; ghi như 05/3/2024 hoặc 14:00"
