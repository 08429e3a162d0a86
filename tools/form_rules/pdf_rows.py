"""The letters of a PDF page as rows: what stands on one line, in one column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from tools.form_rules.pdf_marks import Letters
from tools.form_rules.read_paper import Line

_NEAR = 2.0  #: points within which something counts as centred


@dataclass(frozen=True)
class Row:
    """What stands on one line of a page, from left to right; in points."""

    page: int
    runs: tuple[Letters, ...]

    @property
    def text(self) -> str:
        """The words, with one blank where a gap parts two runs."""
        said = self.runs[0].text
        for before, after in pairwise(self.runs):
            parted = after.left - before.right > 0.1 * after.size
            blank = parted and not said[-1:].isspace() and not after.text[:1].isspace()
            said += (" " if blank else "") + after.text
        return said.replace("\u00a0", " ").strip()

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Where its last letter ends."""
        return max(one.right for one in self.runs)

    @property
    def middle(self) -> float:
        """Halfway between both."""
        return (self.left + self.right) / 2

    @property
    def base(self) -> float:
        """The line that it stands on, from the top."""
        return self.runs[0].base

    @property
    def size(self) -> float:
        """Of its largest letters."""
        return max(one.size for one in self.runs)

    @property
    def bold(self) -> bool:
        """Whether all of it is."""
        return all("Bold" in one.face for one in self.runs)

    def line(self, middle: float) -> Line:
        """The same for a reader who does not measure; centred if it stands around that middle."""
        italic = "Italic" in self.runs[0].face
        return Line(self.text, self.size, self.bold, italic, centred=abs(self.middle - middle) < _NEAR)


def rows_of(page: int, letters: Iterable[Letters]) -> list[Row]:
    """All rows of a page from top to bottom; blanks alone are none."""
    seen = sorted((one for one in letters if one.text.strip()), key=lambda one: (round(one.base, 1), one.left))
    return [Row(page, tuple(runs)) for _base, runs in groupby(seen, key=lambda one: round(one.base, 1))]


def columns(rows: Sequence[Row], border: float) -> tuple[list[Row], list[Row]]:
    """The same rows in two columns: what has its middle left of the border, and the others."""
    found: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        for column, runs in zip(found, _parted(row, border), strict=True):
            if runs:
                column.append(Row(row.page, runs))
    return found


def _parted(row: Row, border: float) -> tuple[tuple[Letters, ...], tuple[Letters, ...]]:
    left = tuple(one for one in row.runs if (one.left + one.right) / 2 < border)
    return left, row.runs[len(left) :]
