"""What is looked for, and what a look finds: words without marks and case, groups of lines that lead to pages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute

from domain.text import clean, loose_key

#: So many lines of each group are shown; whether there are more is said, not how many.
SHOWN = 30
#: A single letter would find everything.
_SHORTEST = 2
_LONGEST = 100


@dataclass(frozen=True)
class Sought:
    """What somebody looks for."""

    typed: str  #: on one line, as it was typed
    words: tuple[str, ...]  #: without marks and case

    @property
    def is_enough(self) -> bool:
        """Whether one can look for it."""
        return len("".join(self.words)) >= _SHORTEST

    @property
    def year(self) -> int:
        """The year that was typed alone, 0 if none was."""
        alone = self.words[0] if len(self.words) == 1 else ""
        return int(alone) if re.fullmatch(r"[0-9]{4}", alone) else 0

    def is_in(self, key: str) -> bool:
        """Whether every word stands in a key (`domain.text.loose_key`)."""
        return all(word in key for word in self.words)

    def within(self, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        """The same asked of the database, of a column that holds such keys."""
        return and_(*(column.contains(word, autoescape=True) for word in self.words))


@dataclass(frozen=True)
class Hit:
    """One line that was found."""

    title: str
    url: str  #: empty where there is no page to open
    told: str = ""  #: what it is, or where it stands
    covered: bool = False  #: it bears a mark, and the reader sees no more of it than the plan says


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    name: str
    hits: tuple[Hit, ...]
    more: bool  #: whether there are others


def sought(typed: str) -> Sought:
    """What was typed, cleaned."""
    line = clean(typed)[:_LONGEST]
    return Sought(line, tuple(loose_key(line).split()))


def group(name: str, hits: Iterable[Hit]) -> Group:
    """The first hits of one kind. They come one by one, so that nothing is read that is not shown."""
    first = tuple(islice(_once(hits), SHOWN + 1))
    return Group(name, first[:SHOWN], len(first) > SHOWN)


def _once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Without repetition: a document has several revisions, a person several posts."""
    seen: set[Hit] = set()
    for hit in hits:
        if hit not in seen:
            seen.add(hit)
            yield hit
