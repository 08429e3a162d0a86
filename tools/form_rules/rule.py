"""One rule of form as it is checked: what a machine compares, what it cannot see, and who looks at that."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from tools.form_rules.read_paper import ReadPaper


class Verdict(Enum):
    """How a document stands to a rule; the value is its mark in the table."""

    KEPT = "✓"
    BROKEN = "✗"
    NOTHING = "–"  #: there is nothing on the document that the rule speaks of


@dataclass(frozen=True)
class FormRule:
    """A rule of 2.2–2.4, with `faults` that name every place where a document breaks it."""

    id: str
    compared: str
    unseen: str  #: what no machine sees; empty where it sees all
    who: str  #: who looks at that
    faults: Callable[[ReadPaper], Iterator[str]]
    speaks_of: Callable[[ReadPaper], bool] = lambda paper: True  # noqa: ARG005 - most rules speak of every document

    def verdict(self, paper: ReadPaper) -> Verdict:
        """Whether the document keeps it."""
        if not self.speaks_of(paper):
            return Verdict.NOTHING
        return Verdict.BROKEN if next(self.faults(paper), None) else Verdict.KEPT


def near(value: float, wanted: float, by: float = 0.3) -> bool:
    """Whether a measure is that of the rule; files round to a hundredth of a millimetre or a twentieth of a point."""
    return abs(value - wanted) <= by
