"""Reads when something is: real dates and times of Excel, or what people write in a cell (P18, P19)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from answers.cells import Value
from domain.dates import parse_date, parse_time, short_date, weekday
from domain.text import clean, match_key

_IN_WORDS = re.compile(r"(\d{1,2})\s*tháng\s*(\d{1,2}),?\s*năm\s*(\d{4})", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?!\d)")
_TIME = re.compile(r"(?<!\d)\d{1,2}\s*(?:[:hH]|giờ)\s*(?:\d{2})?(?!\d)(?::00)?(?:\s*phút)?", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật|CN)\b", re.IGNORECASE)
_FILLER = re.compile(r"\b(?:ngày|lúc|vào|hồi|T)\b|[,;()–-]", re.IGNORECASE)
_NUMBERED_WEEKDAYS = {"thứ 2": "thứ Hai", "thứ 3": "thứ Ba", "thứ 4": "thứ Tư", "thứ 5": "thứ Năm", "thứ 6": "thứ Sáu"}
_WEEKDAYS = _NUMBERED_WEEKDAYS | {"thứ 7": "thứ Bảy", "thứ bẩy": "thứ Bảy", "cn": "Chủ nhật"}


@dataclass(frozen=True)
class When:
    """What one cell says of the moment: a day, an hour and minute, or both."""

    day: date | None = None
    time: tuple[int, int] | None = None


def read_when(value: Value) -> When:
    """What the cell says; `ValueError` in Vietnamese, `fault; remedy`, when part of it is not understood.

    Text is day before month, always (P19). `24:00` is refused, and so is a weekday that does not fit its date.
    """
    if isinstance(value, datetime):
        if value.year <= 1900:  # how Excel counts 24:00 and later hours of no day
            raise ValueError("giờ từ 24:00 trở lên không phải giờ trong ngày; ghi từ 0:00 đến 23:59")
        return When(value.date(), _clock(value.time()) if value.time() != time() else None)
    if isinstance(value, date):
        return When(value)
    if isinstance(value, time):
        return When(time=_clock(value))
    if isinstance(value, timedelta):
        if not timedelta() <= value < timedelta(days=1):
            raise ValueError("giờ từ 24:00 trở lên không phải giờ trong ngày; ghi từ 0:00 đến 23:59")
        return When(time=_clock(time(value.seconds // 3600, value.seconds // 60 % 60, value.seconds % 60)))
    if isinstance(value, str):
        return _read_text(clean(value))
    raise ValueError(f"“{value}” là số, không phải ngày giờ; định dạng ô là Ngày (Date) hoặc ghi như 05/3/2024")


def swapped_into(day: date, month: int) -> date | None:
    """The date that Excel has turned round if day and month were meant the other way for that month (P19)."""
    return date(day.year, day.day, day.month) if day.month != month and day.day == month else None


def _clock(moment: time) -> tuple[int, int]:
    if moment.second or moment.microsecond:
        raise ValueError(f"“{moment:%H:%M:%S}” có giây lẻ; ghi giờ và phút")
    return moment.hour, moment.minute


def _read_text(text: str) -> When:
    rest = _IN_WORDS.sub(r"\1/\2/\3", text)
    rest = re.sub(r"(\d)\s*g(?=\s*\d|\b)", r"\1h", rest, flags=re.IGNORECASE)
    rest, day_text = _take(_DATE, rest)
    rest, time_text = _take(_TIME, rest)
    rest, weekday_text = _take(_WEEKDAY, rest)
    left = clean(_FILLER.sub(" ", rest))
    if not day_text and not time_text:
        raise ValueError(f"“{text}” không phải ngày giờ; ghi như 05/3/2024 hoặc 14:00")
    if left:
        raise ValueError(f"“{text}”: không hiểu “{left}”; ghi như 05/3/2024, 14:00")
    day = parse_date(day_text) if day_text else None
    if day and weekday_text:
        key = weekday_text.casefold()
        if match_key(_WEEKDAYS.get(key, key)) != match_key(weekday(day)):
            raise ValueError(f"{short_date(day)} là {weekday(day)}, không phải {weekday_text}; sửa ngày hoặc thứ")
    return When(day, parse_time(time_text) if time_text else None)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """The text without the first such part, and that part."""
    found = pattern.search(text)
    return (text[: found.start()] + " " + text[found.end() :], found[0].strip()) if found else (text, "")
