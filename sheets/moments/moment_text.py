"""Reads a moment as people write it: `14g30`, `5/3`, `7 giờ rưỡi sáng thứ Ba, ngày 05 tháng 3 năm 2024` (P18, P19)."""

import re
from datetime import date

from domain.dates import parse_date, short_date, weekday
from domain.text import clean, match_key

BEYOND = "giờ từ 24:00 trở lên không phải giờ trong ngày; ghi từ 0:00 đến 23:59"

_IN_WORDS = re.compile(r"(\d{1,2})\s*tháng\s*(\d{1,2})(?:,?\s*năm\s*(\d{4}))?(?!\d)", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?!\d)")
#: A day without its year, or with two digits of it; `5.3` alone may as well be a time.
_SHORT_DATE = re.compile(r"(?<![\d/.:-])(\d{1,2})(?:[/-](\d{1,2})|([/.-])(\d{1,2})\3(\d{2}))(?![\d/.:-]*\d)")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:giờ|[:hg])\s*(?:(\d{2})(?!\d)(?::00)?(?:\s*(?:phút|ph|p|')(?!\w))?|(rưỡi))?(?![\d:])",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật|CN)\b", re.IGNORECASE)
_HOURS = {"sáng": range(12), "trưa": range(11, 14), "chiều": range(12, 19), "tối": range(17, 24)}
_PART = re.compile(rf"\b(?:buổi\s+)?({'|'.join(_HOURS)})\b", re.IGNORECASE)
_FILLER = re.compile(r"\b(?:ngày|lúc|vào|hồi|T)\b|[,;()–-]", re.IGNORECASE)
_NUMBERED_WEEKDAYS = {"thứ 2": "thứ Hai", "thứ 3": "thứ Ba", "thứ 4": "thứ Tư", "thứ 5": "thứ Năm", "thứ 6": "thứ Sáu"}
_WEEKDAYS = _NUMBERED_WEEKDAYS | {"thứ 7": "thứ Bảy", "thứ bẩy": "thứ Bảy", "cn": "Chủ nhật"}


def read_text(text: str, year: int | None) -> tuple[date | None, tuple[int, int] | None, str]:
    """The day, the hour and minute, and what had to be added to read them; `ValueError` as `fault; remedy`."""
    rest = _IN_WORDS.sub(lambda found: "/".join(part for part in found.groups() if part), text)
    rest = re.sub(r"(?<=\d)\s*/\s*(?=\d)", "/", rest)
    rest, dated = _take(_DATE, rest)
    day, doubt = (_on_calendar(dated[0]), "") if dated else (None, "")
    if not dated:
        rest, dated = _take(_SHORT_DATE, rest)
        if dated:
            day, doubt = _completed(dated, year), f"“{text}” không ghi đủ năm"
    rest, timed = _take(_TIME, rest)
    hour = _of_day(timed) if timed else None
    rest, named = _take(_WEEKDAY, rest)
    rest, part = _take(_PART, rest)
    if day is None and hour is None:
        raise ValueError(f"“{text}” không phải ngày giờ; ghi như 05/3/2024 hoặc 14:00")
    left = clean(_FILLER.sub(" ", rest))
    if left or (part and hour is None):
        raise ValueError(f"“{text}”: không hiểu “{left or (part and part[0])}”; ghi như 05/3/2024, 14:00")
    if day and named:
        _check_weekday(day, named[0])
    if hour and part:
        _check_part(hour, part[1])
    return day, hour, f"{doubt}, được hiểu là {short_date(day)}" if day and doubt else ""


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text without the first such part, and that part."""
    found = pattern.search(text)
    return (text[: found.start()] + " " + text[found.end() :], found) if found else (text, None)


def _on_calendar(written: str) -> date:
    try:
        return parse_date(written)
    except ValueError:
        raise ValueError(f"không có ngày {written} trên lịch; ghi ngày trước tháng, như 05/3/2024") from None


def _completed(found: re.Match[str], year: int | None) -> date:
    """The day of that year; the two digits that may stand there must be that year's."""
    if year is None or (found[5] and int(found[5]) != year % 100):
        raise ValueError(f"“{found[0]}” không ghi đủ bốn chữ số của năm; ghi như 05/3/2024")
    return _on_calendar(f"{found[1]}/{found[2] or found[4]}/{year}")


def _of_day(found: re.Match[str]) -> tuple[int, int]:
    hour, minute = int(found[1]), 30 if found[3] else int(found[2] or 0)
    if hour > 23:
        raise ValueError(BEYOND)
    if minute > 59:
        raise ValueError(f"“{clean(found[0])}” không phải giờ trong ngày; ghi từ 0:00 đến 23:59")
    return hour, minute


def _check_weekday(day: date, named: str) -> None:
    key = clean(named).casefold()
    if match_key(_WEEKDAYS.get(key, key)) != match_key(weekday(day)):
        raise ValueError(f"{short_date(day)} là {weekday(day)}, không phải {named}; sửa ngày hoặc thứ")


def _check_part(hour: tuple[int, int], written: str) -> None:
    part = written.casefold().replace("ı", "i")  # a letter that the pattern takes for an `i`
    if hour[0] in _HOURS[part]:
        return
    later = f"nếu là {hour[0] + 12}:{hour[1]:02d} thì ghi như vậy" if hour[0] + 12 in _HOURS[part] else "sửa giờ"
    raise ValueError(f"{hour[0]} giờ {hour[1]:02d} không phải buổi {part}; {later}")
