"""Dates that are still waited for, and which of them a change of the calendar moves (C4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.dates import short_date


@dataclass(frozen=True)
class OpenDate:
    """One date of one visit that somebody is waited for by, or that the visit will count."""

    visit: str  #: `2026-02/nhon_trach`
    what: str  #: `hạn lựa chọn`
    day: date
    why: str = ""
    provisional: bool = False  #: the official notice of its year is not out


@dataclass(frozen=True)
class Move:
    """One date under two calendars; None where it falls away, or where there was none before."""

    visit: str
    what: str
    old: date | None
    new: date | None
    why: str = ""  #: how the new one is counted

    def __str__(self) -> str:
        old, new = (short_date(day) if day else "không có" for day in (self.old, self.new))
        return f"{self.visit} · {self.what}: {old} → {new}"


def moves(before: Iterable[OpenDate], after: Iterable[OpenDate]) -> tuple[Move, ...]:
    """Every date that differs, in the order in which they stood before."""
    old = {(one.visit, one.what): one for one in before}
    new = {(one.visit, one.what): one for one in after}
    found = []
    for key in dict.fromkeys([*old, *new]):
        was, will = old.get(key), new.get(key)
        days = was.day if was else None, will.day if will else None
        if days[0] != days[1]:
            found.append(Move(*key, *days, will.why if will else ""))
    return tuple(found)


def settled(before: Iterable[OpenDate], after: Iterable[OpenDate]) -> tuple[OpenDate, ...]:
    """The dates that stay, were provisional and no longer are: the official notice has confirmed them."""
    new = {(one.visit, one.what, one.day): one for one in after}
    same = [(one, new.get((one.visit, one.what, one.day))) for one in before]
    return tuple(later for one, later in same if later and one.provisional and not later.provisional)
