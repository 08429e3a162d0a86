"""What became of a recommendation: who should do what by when, what the host has replied, whether it is open (D11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.findings import Recommendation


@dataclass(frozen=True)
class Remedy:
    """One reply of the host about one recommendation."""

    recommendation: int  #: its place in the result notice, from 1
    text: str  #: what was done
    received_on: date
    symbol: str = ""  #: `102-CV/HU`, theirs
    done: bool = True  #: False where the host has begun and not finished: it stays open


@dataclass(frozen=True)
class Followed:
    """One recommendation with every reply about it, oldest first."""

    number: int
    asked: Recommendation
    remedies: tuple[Remedy, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it still waits for a reply that says it is done; a later word counts more than an earlier one."""
        return not self.remedies or not self.remedies[-1].done

    def overdue(self, today: date) -> bool:
        """Whether its date has passed without such a reply; the date itself is in time."""
        return self.open and today > self.asked.due


def follow(recommendations: Sequence[Recommendation], remedies: Sequence[Remedy]) -> tuple[Followed, ...]:
    """Each recommendation with its replies, in the order of the notice."""
    return tuple(
        Followed(number, asked, tuple(remedy for remedy in remedies if remedy.recommendation == number))
        for number, asked in enumerate(recommendations, start=1)
    )
