"""Reads hours as people write them: `14g30`, `2 giờ chiều`, `2:00 PM`, `8:00 SA`, `từ 7h30 đến 9h` (P18)."""

import re

from domain.text import clean

#: Hour and minute.
Hour = tuple[int, int]

BEYOND = "giờ từ 24:00 trở lên không phải giờ trong ngày; ghi từ 0:00 đến 23:59"

_CLOCK = r"(\d{1,2})\s*(?:giờ|[:hg])\s*(?:(\d{2})(?!\d)(?::00)?(?:\s*(?:phút|ph|p|')(?!\w))?|(rưỡi))?(?![\d:])"
TIME = re.compile(rf"(?<!\d){_CLOCK}", re.IGNORECASE)
_HOURS = {"sáng": range(12), "trưa": range(11, 14), "chiều": range(12, 19), "tối": range(17, 24)}
PART = re.compile(rf"\b(?:buổi\s+)?({'|'.join(_HOURS)})\b", re.IGNORECASE)
_TO = r"\s*(?:->|[-–—~]|(?:đến|tới)\b)\s*"
_SPAN = re.compile(rf"(?:\btừ\s+)?(?<!\d){_CLOCK}{_TO}{_CLOCK}", re.IGNORECASE)
#: `14-16h`, where the first of the two has no mark of an hour; elsewhere in a text it may as well be a day.
_UNMARKED = re.compile(
    rf"(^|\btừ\s+|\b(?:{'|'.join(_HOURS)})\s+)(\d{{1,2}})(?={_TO}\d{{1,2}}\s*(?:giờ|[hg]))", re.IGNORECASE
)
#: Halves of the day in English, and as a Vietnamese Windows shows them (sáng, chiều).
_HALF = re.compile(
    r"(?<![\d/.:-])(\d{1,2})(?:\s*[:hg.]\s*(\d{2}))?(?::00)?\s*(?:(a\.?m\.?|SA)|p\.?m\.?|CH)(?!\w)", re.IGNORECASE
)


def of_day(hour: str, minute: str | None, half: str | None, written: str) -> Hour:
    """Hour and minute of the groups of `TIME`; `ValueError`, `fault; remedy`, if a day has no such time."""
    found = int(hour), 30 if half else int(minute or 0)
    if found[0] > 23:
        raise ValueError(BEYOND)
    if found[1] > 59:
        raise ValueError(f"“{clean(written)}” không phải giờ trong ngày; ghi từ 0:00 đến 23:59")
    return found


def in_full_days(text: str) -> str:
    """The text with `2:00 PM` written as `14:00`; of a span whose end alone names its half, the start goes along."""
    full = _HALF.sub(_of_half, text)
    if full == text:
        return text
    found, before = _SPAN.search(full), _SPAN.search(_UNMARKED.sub(r"\1\2h", text))
    if found and before and _HALF.match(text, before.start()) is None:
        start, end = int(found[1]), int(found[4])
        if start < 12 <= start + 12 <= end:
            return full[: found.start(1)] + str(start + 12) + full[found.end(1) :]
    return full


def _of_half(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), found[2] or "00"
    morning = bool(found[3])
    if hour > 23 or (morning and hour > 12):
        raise ValueError(f"“{clean(found[0])}” không phải giờ trong ngày; ghi như 14:00")
    of_half = hour if hour > 12 else hour % 12 + (0 if morning else 12)
    return f"{of_half}:{minute} "


def take_span(text: str) -> tuple[str, tuple[Hour, Hour] | None]:
    """The text without `7h30 - 9h`, and from when till when that is."""
    marked = _UNMARKED.sub(r"\1\2h", text)
    found = _SPAN.search(marked)
    if not found:
        return text, None
    start = of_day(found[1], found[2], found[3], found[0])
    end = of_day(found[4], found[5], found[6], found[0])
    return f"{marked[: found.start()]} {marked[found.end() :]}", (start, end)


def in_part(hour: Hour, part: str) -> Hour:
    """The hour within that part of the day: `2 giờ chiều` is 14:00; `ValueError` if it cannot lie there."""
    named = part.casefold().replace("ı", "i")  # a letter that the pattern takes for an `i`
    for shifted in (hour[0], hour[0] + 12):
        if shifted in _HOURS[named]:
            return shifted, hour[1]
    raise ValueError(f"{hour[0]} giờ {hour[1]:02d} không phải buổi {named}; sửa giờ")


def check_span(span: tuple[Hour, Hour], start: Hour) -> None:
    """A meeting ends after it begins; the end of `2h - 4h chiều` is an hour of the afternoon like its start."""
    end = span[1]
    if end <= start and (end[0] >= 12 or (end[0] + 12, end[1]) <= start):
        raise ValueError(
            f"kết thúc lúc {end[0]} giờ {end[1]:02d}, không sau giờ bắt đầu; chỉ ghi giờ bắt đầu như 14:00"
        )


def shown(hour: Hour) -> str:
    """`14 giờ 00`."""
    return f"{hour[0]} giờ {hour[1]:02d}"
