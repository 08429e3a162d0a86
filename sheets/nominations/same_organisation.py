"""Says which entries of a list may be one organisation written twice (A11, 6.7 no. 17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.dates import date_and_time
from domain.nomination import Meeting
from domain.problem import Problem
from domain.text import loose_key, match_key


@dataclass(frozen=True)
class _Entry:
    """A meeting with its place in the file, and the keys by which it is compared, made once (P15)."""

    place: str
    meeting: Meeting

    @property
    def name(self) -> str:
        return self.meeting.organisation

    @cached_property
    def strict(self) -> str:
        return match_key(self.name)

    @cached_property
    def loose(self) -> str:
        return loose_key(self.name)

    @cached_property
    def above(self) -> str:
        return loose_key(self.meeting.parent)


def named_twice(entries: Sequence[tuple[str, Meeting]]) -> list[Problem]:
    """Two entries for one organisation at one time are refused; `entries` are meetings with their places.

    `Hòa` and `Hoà` are one spelling. One organisation at two times is doubted only, and so are names that
    differ in their marks (`Khối`, `Khôi`), at whatever time: a person decides. Of each entry one thing is said,
    a refusal before a doubt.
    """
    problems = []
    seen: dict[str, list[_Entry]] = {}
    for place, meeting in entries:
        one = _Entry(place, meeting)
        before = seen.setdefault(one.loose, [])
        found = [_compare(one, other) for other in before if not _elsewhere(one, other)]
        if found:
            problems.append(min(found, key=lambda problem: problem.warning))  # the first of equals
        before.append(one)
    return problems


def _elsewhere(one: _Entry, other: _Entry) -> bool:
    """Whether they belong to two organisations above them: every commune has its `Chi bộ ấp 1`."""
    return bool(one.above and other.above) and one.above != other.above


def _compare(one: _Entry, other: _Entry) -> Problem:
    """What to say of two entries whose names are alike but for their marks, if at all."""
    same_time = one.meeting.starts_at == other.meeting.starts_at
    if one.strict != other.strict:
        when = "cùng lúc" if same_time else "vào lúc khác"
        fault = f"“{one.name}” có thể là một với “{other.name}” ở {other.place}, viết khác dấu, {when}"
        return Problem(one.place, fault, "bỏ một dòng nếu trùng", warning=True)
    spelled = "" if one.name == other.name else f", viết là “{other.name}”"
    if same_time:
        fault = f"“{one.name}” trùng với {other.place}{spelled}, cùng {date_and_time(one.meeting.starts_at)}"
        return Problem(one.place, fault, "bỏ một dòng")
    fault = f"“{one.name}” đã có ở {other.place}{spelled}, vào lúc khác"
    return Problem(one.place, fault, "bỏ một dòng nếu trùng", warning=True)
