"""Marks of secrecy (A20, F27): which there are, and which of several counts."""

from collections.abc import Iterable

#: The marks a document may bear, the highest last.
MARKS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")


def highest(marks: Iterable[str | None]) -> str:
    """The highest of those marks; empty where there is none. One that is not known counts as the highest."""
    found = [mark for mark in marks if mark]
    return max(found, key=lambda mark: MARKS.index(mark) if mark in MARKS else len(MARKS), default="")
