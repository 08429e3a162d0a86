"""The day until which somebody is away, as a message names it: `đến hết ngày 15/5/2024`, `until 15 May`."""

import re
from datetime import date, timedelta

from domain.text import loose_key

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
#: A day in any of the usual forms, in words without marks.
_DAY = (
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<day>\d{1,2})\s*(?:[/.\-]|thang|thg)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?:[/.\-]|,?\s*nam)\s*(?P<year>\d{4}|\d{2}(?!\d|\s*gio|h\d)))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+|-)?(?P<name2>{_MONTH})\b\.?,?(?:[\s-]+(?P<year2>\d{{4}}))?"
    rf"|(?P<name3>{_MONTH})\.?\s+(?P<day3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year3>\d{{4}}))?"
)
_WEEKDAY = (
    r"(?:(?:thu\s*(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"
    r"(?:day)?[,.]?\s*)?"
)
_LEAD = (
    r"[\s,:(]*(?:\d{1,2}\s*(?:gio|h)\s*(?:\d{2})?\s*,?\s*)?(?:hom\s+)?(?:ngay\s*)?(?:the\s+)?"
    + _WEEKDAY
    + r"[,(\s]*(?:ngay\s*)?"
)
#: Words that lead to it, the surer first.
_LEADING = (
    r"(?:tro lai|quay lai|quay tro lai|ve nuoc|ve co quan|di lam lai|di lam tro lai|lam viec tro lai|lam viec lai"
    r"|co mat|tro ve)(?: \w+){0,5}?(?: vao| tu| ke tu)?",
    r"(?:back|return|returning|in the office again|available again|reachable again)(?: \w+){0,5}?(?: on| from| as of)?",
    r"(?:den het|toi het|cho den het|cho den|den|toi)",
    r"(?:until|untill|till|til|through|thru|to|up to)(?: and including| the end of)?",
    r"\d{1,2}(?:/\d{1,2})?\s*(?:-|–)",
)
_PATTERNS = (
    *(re.compile(rf"(?<!\w){leading}{_LEAD}(?:{_DAY})") for leading in _LEADING[:2]),
    re.compile(rf"(?<![\d/.\-])(?:{_DAY})\s*(?:toi\s+)?(?:moi|se)\s+(?:ve|tro|quay|di lam|co mat)"),
    *(re.compile(rf"(?<!\w){leading}{_LEAD}(?:{_DAY})") for leading in _LEADING[2:]),
)


def back_on(text: str, sent_on: date | None) -> date | None:
    """The day that the message itself names as its end or as that of coming back; `None` where it names none.

    Without a year it is the year in which the day is nearest after the message, which is why `sent_on` is needed then.
    """
    key = loose_key(text).replace("–", "-")
    for pattern in _PATTERNS:
        days = (_day(found, sent_on) for found in pattern.finditer(key[:20_000]))
        if day := next((day for day in days if day), None):
            return day
    return None


def _day(found: re.Match[str], sent_on: date | None) -> date | None:
    parts = found.groupdict()
    if parts["iso"]:
        year, month, day = map(int, parts["iso"].split("-"))
        return _date(year, month, day)
    number = parts["day"] or parts["day2"] or parts["day3"]
    name = parts["name2"] or parts["name3"]
    month = _MONTHS[name] if name else int(parts["month"])
    said = parts["year"] or parts["year2"] or parts["year3"]
    if said:
        return _date(int(said) + (2000 if len(said) == 2 else 0), month, int(number))
    return _nearest(month, int(number), sent_on)


def _nearest(month: int, day: int, sent_on: date | None) -> date | None:
    if sent_on is None:
        return None
    this_year = _date(sent_on.year, month, day)
    if this_year and this_year < sent_on - timedelta(days=60):
        return _date(sent_on.year + 1, month, day)
    return this_year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
