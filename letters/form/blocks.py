"""The block tree: what an official document says, before any output gives it a shape (design §7).

The wording is read into these values once (`letters/form/markup.py`); the Word file, the PDF and the mail text are
drawn from them and have no words of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from domain.share import Share


@dataclass(frozen=True)
class Span:
    """A run of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


Words = tuple[Span, ...]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Heading:
    """`I- TÊN MỤC` (level 1), `1. …` (2) or `a) …` (3); F15."""

    level: int
    words: Words


@dataclass(frozen=True)
class Paragraph:
    """An ordinary paragraph (F5)."""

    words: Words


@dataclass(frozen=True)
class Item:
    """One line of a list. Its mark stands in front of it as it was written: `-`, `+`, `1.`, `a)`."""

    mark: str
    words: Words


@dataclass(frozen=True)
class Table:
    """A table whose head is repeated on every page."""

    heads: tuple[Words, ...]
    shares: tuple[int, ...]  #: relative widths of the columns
    aligns: tuple[Align, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True)
class Bar:
    """One bar of a chart; its parts are in the order of the chart's series."""

    label: str
    values: tuple[int, ...]

    @property
    def whole(self) -> int:
        """What its parts come to: the n of its shares."""
        return sum(self.values)

    @property
    def shares(self) -> Sequence[str]:
        """The per cent of each part, by the rules of `domain.share`: empty where the whole is too small for any."""
        return [Share(value, self.whole).per_cent for value in self.values]


@dataclass(frozen=True)
class Chart:
    """Bars of parts, with a legend: each bar as long as the others, its parts as shares of its own whole.

    What it shows is numbers, so that each output draws or tells it in its own way.
    """

    title: Words
    series: tuple[str, ...]
    bars: tuple[Bar, ...]


Block = Heading | Paragraph | Item | Table | Chart


def plain(words: Words) -> str:
    """The words without their style."""
    return "".join(span.text for span in words)
