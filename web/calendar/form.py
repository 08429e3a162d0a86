"""The days of one year as somebody types them from the official notice: one line a day, or a line for several (C4)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from domain.calendar_content import CalendarContent
from domain.dates import parse_date, short_date
from domain.text import clean
from web.desk.posted_form import Form

_DAY = r"\d{1,2}[/.]\d{1,2}[/.]\d{4}"
_LINE = re.compile(rf"({_DAY})(?:\s*(?:[-–]|đến)\s*({_DAY}))?[\s:,;–-]*(.*)")
#: No feast was ever longer; more is a slip of the pen.
_LONGEST = 16


def shown(content: CalendarContent, year: int) -> dict[str, str]:
    """The year as the form shows it: days in a row with the same reason share a line."""
    lines = [f"{_span(first, last)} {why}" for first, last, why in runs(content, year)]
    saturdays = [short_date(day) for day in content.working_saturdays_in(year)]
    return {
        "days_off": "\n".join(lines), "working_saturdays": "\n".join(saturdays),
        "official_through": f"{content.official_through or ''}",
    }  # fmt: skip


def runs(content: CalendarContent, year: int) -> Iterator[tuple[date, date, str]]:
    """First day, last day and reason of each feast of that year."""
    first = last = None
    why = ""
    for one in content.days_off_in(year):
        if first and last and one.why == why and one.day - last == timedelta(days=1):
            last = one.day
            continue
        if first and last:
            yield first, last, why
        first = last = one.day
        why = one.why
    if first and last:
        yield first, last, why


def read(form: Form, content: CalendarContent, year: int) -> CalendarContent | None:
    """The calendar with the year as it was typed; None when something is wrong, which then stands at its field."""
    off = _days_off(form, year)
    saturdays = _working_saturdays(form, content, year, off)
    through = form.number("official_through") or 0
    if through and not 2000 <= through <= 2100:
        form.note("official_through", f"“{through}” không phải năm", "ghi năm bốn chữ số, như 2027")
    return None if form.fails else content.with_year(year, off, saturdays, through)


def _days_off(form: Form, year: int) -> dict[date, str]:
    found: dict[date, str] = {}
    for number, line in _lines(form, "days_off"):
        match = _LINE.fullmatch(line)
        if match is None:
            form.note("days_off", f"dòng {number}: không đọc được “{line}”", "ghi như 30/04/2027 Ngày Chiến thắng")
            continue
        why = clean(match[3])
        if not why:
            form.note("days_off", f"dòng {number}: chưa ghi nghỉ vì sao", "ghi lý do sau ngày")
        for day in _span_of(form, number, match[1], match[2], year):
            found[day] = why
    return dict(sorted(found.items()))


def _span_of(form: Form, number: int, first: str, last: str | None, year: int) -> Iterator[date]:
    try:
        begin = parse_date(first)
        end = parse_date(last) if last else begin
    except ValueError as error:
        form.note("days_off", f"dòng {number}: {error}")
        return
    if begin.year != year or end.year != year:
        form.note("days_off", f"dòng {number}: không phải ngày của năm {year}", "mỗi năm sửa ở trang của năm đó")
    elif not 0 <= (end - begin).days < _LONGEST:
        form.note("days_off", f"dòng {number}: ngày cuối trước ngày đầu, hoặc nghỉ quá dài", "kiểm tra lại ngày")
    else:
        yield from (begin + timedelta(days=place) for place in range((end - begin).days + 1))


def _working_saturdays(form: Form, content: CalendarContent, year: int, off: Mapping[date, str]) -> list[date]:
    known = content.working_saturdays_in(year)  # the library has some that are no Saturdays
    found = []
    for number, line in _lines(form, "working_saturdays"):
        try:
            day = parse_date(line)
        except ValueError as error:
            form.note("working_saturdays", f"dòng {number}: {error}")
            continue
        if day.year != year or (day.weekday() != 5 and day not in known):
            form.note("working_saturdays", f"dòng {number}: {line} không phải thứ Bảy của năm {year}", "kiểm tra lại")
        elif day in off:
            form.note("working_saturdays", f"dòng {number}: {line} vừa nghỉ vừa làm bù", "giữ một")
        found.append(day)
    return found


def _lines(form: Form, name: str) -> Iterator[tuple[int, str]]:
    """Each line with its number as it stands in the field."""
    for number, line in enumerate(form.get(name).splitlines(), start=1):
        if text := clean(line).lstrip("-–+•* "):
            yield number, text


def _span(first: date, last: date) -> str:
    return short_date(first) if first == last else f"{short_date(first)} – {short_date(last)}"
