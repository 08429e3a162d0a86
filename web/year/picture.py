"""Draws the year: a row for each visit, a bar for each step in the colour of whom it waited for, today, Tết.

Places across are percent of the width, so that the picture grows with the page while its letters stay as they are.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape
from typing import Protocol

from markupsafe import Markup

from domain.dates import short_date
from domain.role import WAITED_FOR
from domain.state import VisitState
from domain.step import Step
from domain.working_days import WorkingCalendar
from web.standing.lines import VisitLine
from web.standing.stretches import Stretch
from web.year.axis import Axis, axis_for, holidays

#: Heights in pixels; the style sheet gives the names beside the picture the same ones.
HEAD, ROW, _BAR = 44, 34, 16
_DAY = timedelta(days=1)
#: A bar that is narrower than this, in percent, has no room for its number.
_ROOM_FOR_NUMBER = 1.2
_WHOM = {**{role.value: role.called for role in WAITED_FOR}, "office": "dịch vụ", "date": "ngày sinh hoạt"}


def in_order(lines: Sequence[VisitLine]) -> list[VisitLine]:
    """The rows of the picture: by month, whatever is urgent."""
    return sorted(lines, key=lambda line: (line.month, line.opens_on, line.key))


class Drawn(Protocol):
    """What the picture is made of: a year that runs, or one that is being planned."""

    @property
    def year(self) -> int:
        """Of the plan."""

    @property
    def today(self) -> date:
        """The day that is marked."""

    @property
    def calendar(self) -> WorkingCalendar:
        """Days off."""

    @property
    def lines(self) -> Sequence[VisitLine]:
        """A row each."""


def draw_year(view: Drawn) -> Markup:
    """The picture as SVG; everything in it is also in the table below it."""
    lines = in_order(view.lines)
    axis = axis_for(view.year, [day for line in lines for day in _days(line)])
    height = HEAD + ROW * max(1, len(lines)) + 6
    return Markup("").join(  # every text is escaped where it is put in
        Markup(part)
        for part in (
            f'<svg class="year-picture" width="100%" height="{height}" role="img" '
            'aria-labelledby="picture-title picture-told">',
            f'<title id="picture-title">Bảng năm {view.year}</title>',
            f'<desc id="picture-told">{escape(_told(view, lines))}</desc>',
            *_background(axis, view, height),
            *(part for number, line in enumerate(lines) for part in _row(axis, line, HEAD + number * ROW, view.today)),
            *_today(axis, view.today, height),
            "</svg>",
        )
    )


def _days(line: VisitLine) -> Iterator[date]:
    yield line.opens_on
    yield from line.meetings
    yield from (stretch.ends for stretch in line.stretches)


def _told(view: Drawn, lines: Sequence[VisitLine]) -> str:
    late = sum(bool(line.standing.late or line.standing.trouble) for line in lines)
    return (
        f"{len(lines)} đợt, mỗi đợt một hàng, thời gian từ trái sang phải; hôm nay {short_date(view.today)}; "
        f"{late} đợt quá hạn. Bảng bên dưới có cùng nội dung bằng chữ."
    )


def _background(axis: Axis, view: Drawn, height: int) -> Iterator[str]:
    """Months and days off."""
    for index, month in enumerate(axis.months()):
        left = axis.place(month)
        width = axis.place((month + timedelta(days=31)).replace(day=1)) - left
        kind = "month odd" if index % 2 else "month"
        yield f'<rect class="{kind}" x="{left}%" y="0" width="{width:.3f}%" height="{height}"/>'
        name = f"Tháng {month.month}" if month.year == view.year else f"{month.month}/{month.year}"
        yield f'<text class="month-name" x="{left + width / 2:.3f}%" y="16">{name}</text>'
    for free in holidays(view.calendar, axis):
        left, right = axis.place(free.first), axis.place(free.last + _DAY)
        told = f"{escape(free.name)}: {_span(free.first, free.last)}"
        yield (
            f'<g><title>{told}</title><rect class="off" x="{left}%" y="24" width="{right - left:.3f}%" '
            f'height="{height - 24}"/></g>'
        )
        if free.is_tet:
            yield f'<text class="off-name" x="{(left + right) / 2:.3f}%" y="35">Tết</text>'


def _today(axis: Axis, today: date, height: int) -> Iterator[str]:
    if not axis.first <= today <= axis.last:
        return
    place = axis.place(today)
    anchor = "end" if place > 90 else "start"
    shift = -5 if place > 90 else 5
    yield f'<line class="today" x1="{place}%" x2="{place}%" y1="22" y2="{height}"/>'
    yield (
        f'<text class="today-name" x="{place}%" y="36" dx="{shift}" text-anchor="{anchor}">'
        f"Hôm nay {today.day}/{today.month}</text>"
    )


def _row(axis: Axis, line: VisitLine, top: int, today: date) -> Iterator[str]:
    middle = top + ROW // 2
    yield f'<line class="rule" x1="0" x2="100%" y1="{top + ROW}" y2="{top + ROW}"/>'
    if line.state in (VisitState.PLANNED, VisitState.UNDECIDED):
        yield from _planned(axis, line, middle)
    for stretch in line.stretches:
        yield _bar(axis, stretch, line, middle)
    if line.standing.late and line.standing.due:
        yield _lateness(axis, line.standing.due, today, middle)
    if line.state != VisitState.CANCELLED:
        yield _mark(axis, line.deadline, middle, "deadline", _FLAG, f"Hạn danh sách: {short_date(line.deadline)}")
    for day in line.meetings:
        yield _mark(axis, day, middle, "meeting", _DIAMOND, f"Sinh hoạt: {short_date(day)}")


def _planned(axis: Axis, line: VisitLine, middle: int) -> Iterator[str]:
    """What lies ahead: from the day it opens to the end of its month."""
    left, right = axis.place(line.opens_on), axis.place(_end_of_month(line))
    yield (
        f"<g><title>Mở ngày {short_date(line.opens_on)}</title>"
        f'<rect class="planned" x="{left}%" y="{middle - _BAR // 2}" '
        f'width="{max(right - left, 0.4):.3f}%" height="{_BAR}" rx="3"/></g>'
    )


def _end_of_month(line: VisitLine) -> date:
    """The first day after the month in which the meetings are, by the key."""
    year, month = int(line.key[:4]), line.month
    return date(year + month // 12, month % 12 + 1, 1)


def _bar(axis: Axis, stretch: Stretch, line: VisitLine, middle: int) -> str:
    left = axis.place(stretch.begins)
    width = max(axis.place(stretch.ends) - left, 0.3)
    trouble = " trouble" if stretch.now and line.standing.trouble else ""
    now = " now" if stretch.now and line.state == VisitState.OPEN else ""
    number = (
        f'<text class="number-in-bar" x="{left}%" dx="4" y="{middle + 4}">{int(stretch.step)}</text>'
        if width >= _ROOM_FOR_NUMBER
        else ""
    )
    return (
        f'<g class="for-{stretch.whom}{now}{trouble}"><title>{escape(_of(stretch, line))}</title>'
        f'<rect x="{left}%" y="{middle - _BAR // 2}" width="{width:.3f}%" height="{_BAR}" rx="2"/>{number}</g>'
    )


def _of(stretch: Stretch, line: VisitLine) -> str:
    whom = _WHOM.get(stretch.whom, stretch.whom)
    going_on = f" (đang chờ: {line.what})" if stretch.now and line.what else ""
    return f"Bước {Step(stretch.step).title} · chờ {whom} · {_span(stretch.begins, stretch.ends)}{going_on}"


def _lateness(axis: Axis, due: date, today: date, middle: int) -> str:
    left, right = axis.place(due + _DAY), axis.place(today)
    return (
        f'<g><title>Quá hạn từ {short_date(due)}</title><rect class="late" x="{left}%" '
        f'y="{middle + _BAR // 2 + 1}" width="{max(right - left, 0.3):.3f}%" height="4" rx="2"/></g>'
    )


_FLAG = '<path d="M0,-11 V9 M0,-11 L7,-8 L0,-5"/>'
_DIAMOND = '<path d="M0,-7 L7,0 L0,7 L-7,0 Z"/>'


def _mark(axis: Axis, day: date, middle: int, kind: str, shape: str, told: str) -> str:
    """A sign at a day; a small picture of its own, because only its place is in percent."""
    return (
        f'<svg class="mark-{kind}" x="{axis.place(day)}%" y="{middle}" overflow="visible">'
        f"<title>{escape(told)}</title>{shape}</svg>"
    )


def _span(first: date, last: date) -> str:
    return short_date(first) if first == last else f"{short_date(first)} – {short_date(last)}"
