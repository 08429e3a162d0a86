"""Dates and times in the words of an official letter (P18)."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

#: The office's only clock zone (C7): a UTC "today" would be wrong for seven hours of every day (R87).
OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def day_number(day: date) -> str:
    """`03`, `16`: a zero only before days below ten."""
    return f"{day.day:02d}"


def month_number(month: int) -> str:
    """`01`, `02`, `3` … `12`: a zero only before January and February (F10)."""
    return f"{month:02d}" if month < 3 else str(month)


def long_date(day: date) -> str:
    """`ngày 03 tháng 01 năm 2024`."""
    return f"ngày {day_number(day)} tháng {month_number(day.month)} năm {day.year}"


def short_date(day: date) -> str:
    """`03/01/2024`, `24/3/2009`: the form used inside running text."""
    return f"{day_number(day)}/{month_number(day.month)}/{day.year}"


def weekday(day: date) -> str:
    """`thứ Hai` … `Chủ nhật`."""
    return _WEEKDAYS[day.weekday()]


def time_of_day(moment: datetime) -> str:
    """`7 giờ 30`, `14 giờ 00`, in the office's zone."""
    local = moment.astimezone(OFFICE_ZONE)
    return f"{local.hour} giờ {local.minute:02d}"


def date_and_time(moment: datetime) -> str:
    """`14 giờ 00, thứ Ba, ngày 05/3/2024`."""
    local = moment.astimezone(OFFICE_ZONE)
    return f"{time_of_day(local)}, {weekday(local.date())}, ngày {short_date(local.date())}"


def month_and_year(year: int, month: int) -> str:
    """`02/2024`, `3/2024`."""
    return f"{month_number(month)}/{year}"


def last_day_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def parse_date(text: str) -> date:
    """Read `05/3/2024`, `5-3-2024` or `2024-03-05`; day before month, always (P19).

    Raises `ValueError` in Vietnamese when the text is no such date.
    """
    cleaned = text.strip()
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", cleaned):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", cleaned):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise ValueError(f"“{text}” không phải ngày; hãy ghi như 05/3/2024")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"“{text}” không có trên lịch; hãy ghi như 05/3/2024") from None


def parse_time(text: str) -> tuple[int, int]:
    """Read `7:30`, `7h30`, `14 giờ`, `14 giờ 00` as hour and minute; `24:00` is refused."""
    match = re.fullmatch(r"(\d{1,2})\s*(?:[:hH]|giờ)\s*(\d{2})?(?::00)?(?:\s*phút)?", text.strip())
    if not match:
        raise ValueError(f"“{text}” không phải giờ; hãy ghi như 7 giờ 30 hoặc 14:00")
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 23 or minute > 59:
        raise ValueError(f"“{text}” không phải giờ trong ngày (0:00–23:59)")
    return hour, minute


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """That time of that day in the office's zone."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OFFICE_ZONE)


def parse_moment(text: str) -> datetime:
    """Read `18/4/2024 14:00` or `2024-04-18 14:00` as a moment in the office's zone."""
    day_text, _, time_text = text.strip().partition(" ")
    if not time_text:
        raise ValueError(f"“{text}” thiếu giờ; hãy ghi như 18/4/2024 14:00")
    return at(parse_date(day_text), *parse_time(time_text))
