"""Reads a moment as people write it: `14g30`, `5/3`, `7 giờ rưỡi sáng thứ Ba, ngày 05 tháng 3 năm 2024` (P18, P19)."""

import re
from datetime import date

from domain.dates import parse_date, short_date, weekday
from domain.text import clean, match_key
from sheets.moments.hour_text import PART, TIME, Hour, check_span, in_full_days, in_part, of_day, shown, take_span

#: A day and an hour take a line; searching more would only take time.
_LONGEST = 300
_IN_WORDS = re.compile(r"(\d{1,2})\s*tháng\s*(\d{1,2})(?:,?\s*năm\s*(\d{4}))?(?!\d)", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?!\d)")
#: A day without its year, or with two digits of it; `5.3` alone may as well be a time.
_SHORT_DATE = re.compile(r"(?<![\d/.:-])(\d{1,2})(?:[/-](\d{1,2})|([/.-])(\d{1,2})\3(\d{2}))(?![\d/.:-]*\d)")
_WEEKDAY = re.compile(r"\b(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật|CN)\b", re.IGNORECASE)
_FILLER = re.compile(r"\b(?:ngày|lúc|vào|hồi|T)\b|[,;()–-]", re.IGNORECASE)
_NUMBERED_WEEKDAYS = {"thứ 2": "thứ Hai", "thứ 3": "thứ Ba", "thứ 4": "thứ Tư", "thứ 5": "thứ Năm", "thứ 6": "thứ Sáu"}
_WEEKDAYS = _NUMBERED_WEEKDAYS | {"thứ 7": "thứ Bảy", "thứ bẩy": "thứ Bảy", "cn": "Chủ nhật"}


def read_text(text: str, year: int | None) -> tuple[date | None, Hour | None, str]:
    """The day, the hour and minute, and what had to be added to read them; `ValueError` as `fault; remedy`."""
    if len(text) > _LONGEST:
        raise ValueError(f"“{text[:40]}…” dài quá, không phải ngày giờ; ghi như 05/3/2024 hoặc 14:00")
    rest = _IN_WORDS.sub(lambda found: "/".join(part for part in found.groups() if part), text)
    plain = re.sub(r"(?<=\d)\s*/\s*(?=\d)", "/", rest)
    full = in_full_days(plain)
    rest, span = take_span(full)
    rest, day, doubt = _take_day(rest, text, year)
    rest, timed = (rest, None) if span else _take(TIME, rest)
    rest, named = _take(_WEEKDAY, rest)
    rest, part = _take(PART, rest)
    written = of_day(timed[1], timed[2], timed[3], timed[0]) if timed else None
    hour = span[0] if span else written
    if day is None and hour is None:
        raise ValueError(f"“{text}” không phải ngày giờ; ghi như 05/3/2024 hoặc 14:00")
    left = clean(_FILLER.sub(" ", rest))
    if left or (part and hour is None):
        raise ValueError(f"“{text}”: không hiểu “{left or (part and part[0])}”; ghi như 05/3/2024, 14:00")
    if day and named:
        _check_weekday(day, named[0])
    if hour and part:
        hour = in_part(hour, part[1])
    if hour and span:
        check_span(span, hour)
    if hour and (span or full != plain or hour != written):
        begins = "bắt đầu lúc " if span else ""
        doubt = "; ".join(filter(None, (doubt, f"“{text}” được hiểu là {begins}{shown(hour)}")))
    return day, hour, doubt


def _take_day(rest: str, text: str, year: int | None) -> tuple[str, date | None, str]:
    """The text without its day, that day, and what had to be added to it."""
    rest, dated = _take(_DATE, rest)
    if dated:
        return rest, _on_calendar(dated[0]), ""
    rest, dated = _take(_SHORT_DATE, rest)
    if not dated:
        return rest, None, ""
    day = _completed(dated, year)
    return rest, day, f"“{text}” không ghi đủ năm, được hiểu là {short_date(day)}"


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


def _check_weekday(day: date, named: str) -> None:
    key = clean(named).casefold()
    if match_key(_WEEKDAYS.get(key, key)) != match_key(weekday(day)):
        raise ValueError(f"{short_date(day)} là {weekday(day)}, không phải {named}; sửa ngày hoặc thứ")
