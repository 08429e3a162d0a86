"""What the pages of a visit and of the year's other obligations have in common: one run, its steps, papers, letters."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from database.models import LetterRow
from domain import words
from domain.taking_up import TakenUp
from overview.beside_letters import Beside
from overview.happened import StepLine
from overview.story import Day
from web.standing.actions import Action
from web.standing.lines import Line
from web.standing.papers import Paper


@dataclass(frozen=True)
class RunView:
    """What the parts of a page (`web/standing`) show of a run to one reader."""

    line: Line
    month_year: str
    opening: str  #: what happens on the day it opens
    message: str  #: more about what it waits for
    trouble: str
    steps: tuple[StepLine, ...]
    papers: tuple[Paper, ...]
    letters: Sequence[LetterRow]
    beside: Mapping[int, tuple[Beside, ...]]  #: what came back about a letter and settles nothing, by its number
    story: tuple[Day, ...]
    answer: Action | None
    doors: tuple[Action, ...]
    wakeups: int
    taken: TakenUp | None  #: what a person said became of it before the service was used

    @property
    def counts(self) -> dict[str, int]:
        """How many letters are in each state, in the order of the states."""
        found = {state: sum(letter.state == state for letter in self.letters) for state in words.LETTERS}
        return {state: number for state, number in found.items() if number}

    @property
    def counted(self) -> tuple[tuple[str, str, int], ...]:
        """The same with the words for each state; letters that were given back are counted apart from refused ones."""
        found = Counter((letter.state, letter.called) for letter in self.letters)
        order = list(words.LETTERS)
        known = sorted(found.items(), key=lambda one: order.index(one[0][0]))
        return tuple((state, called, number) for (state, called), number in known)


def said_beside(message: str | None) -> str:
    """What is said beside a state; `bản 1` alone says nothing to a reader, the papers below say it better."""
    return "" if not message or message.startswith("bản ") else message
