"""Says which entries of a list may be one organisation written twice (A11, 6.7 no. 17)."""

from collections.abc import Sequence

from domain.dates import date_and_time
from domain.nomination import Meeting
from domain.problem import Problem
from domain.text import loose_key, match_key


def named_twice(entries: Sequence[tuple[str, Meeting]]) -> list[Problem]:
    """Two entries for one organisation at one time are refused; `entries` are meetings with their places.

    `Hòa` and `Hoà` are one spelling. One organisation at two times is doubted only, and so are names that
    differ in their marks (`Khối`, `Khôi`), at whatever time: a person decides.
    """
    problems = []
    for index, (place, meeting) in enumerate(entries):
        for first, other in entries[:index]:
            if _elsewhere(meeting, other):
                continue
            problem = _compare(place, meeting, first, other)
            if problem:
                problems.append(problem)
                break
    return problems


def _elsewhere(one: Meeting, other: Meeting) -> bool:
    """Whether they belong to two organisations above them: every commune has its `Chi bộ ấp 1`."""
    return bool(one.parent and other.parent) and loose_key(one.parent) != loose_key(other.parent)


def _compare(place: str, meeting: Meeting, first: str, other: Meeting) -> Problem | None:
    name, same_time = meeting.organisation, meeting.starts_at == other.starts_at
    if match_key(name) == match_key(other.organisation):
        spelled = "" if name == other.organisation else f", viết là “{other.organisation}”"
        if same_time:
            fault = f"“{name}” trùng với {first}{spelled}, cùng {date_and_time(meeting.starts_at)}"
            return Problem(place, fault, "bỏ một dòng")
        fault = f"“{name}” đã có ở {first}{spelled}, vào lúc khác"
        return Problem(place, fault, "bỏ một dòng nếu trùng", warning=True)
    if loose_key(name) == loose_key(other.organisation):
        when = "cùng lúc" if same_time else "vào lúc khác"
        fault = f"“{name}” có thể là một với “{other.organisation}” ở {first}, viết khác dấu, {when}"
        return Problem(place, fault, "bỏ một dòng nếu trùng", warning=True)
    return None
