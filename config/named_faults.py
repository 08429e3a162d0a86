"""Faults of values that stand in no file: each names the field, as a form calls it, in the place of a line."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.faults import Faults
from domain.problem import Problem


class NamedFaults(Faults):
    """Faults whose line is the number of a field; `names` are what those fields are called."""

    def __init__(self, names: Sequence[str], words: Mapping[str, str] | None = None) -> None:
        super().__init__(Path())
        self._names = names
        self._words = words or {}  #: what the names of a file's fields, and codes, are called

    def add(self, line: int, fault: str, remedy: str = "", *, warning: bool = False) -> None:
        """Note a fault at the field with that number; a field that it speaks of is named as well."""
        told = self._in_words(re.sub(r"dòng (\d+)", self._named, fault))
        self._found.append((line, Problem(self._names[line], told, self._in_words(remedy), warning)))

    def _in_words(self, said: str) -> str:
        """`“nhon_trach” không có trong visits`: what a file calls so, as people call it."""
        quoted = re.sub(r"“([a-z0-9_]+)”", lambda found: f"“{self._words.get(found[1], found[1])}”", said)
        bare = r"\b(visits|self_supervising|units)\b"
        return re.sub(bare, lambda found: f"“{self._words.get(found[1], found[1])}”", quoted)

    def _named(self, found: re.Match[str]) -> str:
        number = int(found[1])
        return f"“{self._names[number]}”" if number < len(self._names) else found[0]
