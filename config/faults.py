"""Collects everything wrong with one file of the office, line by line, so that it is told all at once."""

import difflib
from collections.abc import Iterable
from pathlib import Path

from domain.problem import Problem
from domain.text import loose_key


class Faults:
    """The faults of one file; its path appears in them as it was given."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: list[tuple[int, Problem]] = []

    def add(self, line: int, fault: str, remedy: str = "", *, warning: bool = False) -> None:
        """Note a fault in that line, counted from 1; line 0 means the file as a whole."""
        place = f"{self._path}:{line}" if line else str(self._path)
        self._found.append((line, Problem(place, fault, remedy, warning)))

    @property
    def stop(self) -> bool:
        """Whether one of them is more than a warning."""
        return any(not problem.warning for _, problem in self._found)

    def in_order(self) -> list[Problem]:
        """All of them, from the top of the file to its end."""
        return [problem for _, problem in sorted(self._found, key=lambda found: found[0])]


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy that names the nearest known word, marks and case aside (A11), or else says `otherwise`."""
    by_key = {loose_key(one).replace("_", " "): one for one in known}
    nearest = difflib.get_close_matches(loose_key(word).replace("_", " "), by_key, n=1)
    return f"có phải là “{by_key[nearest[0]]}”?" if nearest else otherwise
