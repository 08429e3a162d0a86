"""What people decide and no form of its own holds, each as the value that is stored (design §4)."""

from dataclasses import dataclass
from datetime import datetime

from domain.findings import Findings


@dataclass(frozen=True)
class Acceptance:
    """A leader's word that takes a list although it is late or has no thematic cell (A5, A6)."""

    reason: str
    late: tuple[int, ...] = ()  #: the meetings that were late, by their numbers
    incomplete: bool = False  #: there was no thematic cell among them


@dataclass(frozen=True)
class Choice:
    """The meetings that the office attends (R50, R51, A3)."""

    meetings: tuple[int, ...]  #: their numbers in the list
    consulted_with: str = ""  #: who agreed for the host
    override: str = ""  #: why there is no thematic cell among them; else empty


@dataclass(frozen=True)
class MeetingMove:
    """A meeting that got another time (A23). In stored data `from_` is `from`, a word that Python keeps for itself."""

    meeting: int
    from_: datetime
    to: datetime
    reason: str = ""


@dataclass(frozen=True)
class Cancellation:
    """A visit that is called off (A23)."""

    reason: str


@dataclass(frozen=True)
class Guest:
    """A person or body invited to one visit beside those of the plan (D6)."""

    number: int  #: stays, whoever comes and goes: the key of the letters is `guest:1`
    name: str
    email: str
    title: str = ""
    turns: int = 1  #: invited 1, taken back 2, invited again 3, …
    reason: str = ""  #: of the last turn

    @property
    def invited(self) -> bool:
        """Whether the invitation stands."""
        return self.turns % 2 == 1


@dataclass(frozen=True)
class GuestList:
    """Whoever was ever invited to one visit beside the plan, those taken back among them (D6)."""

    guests: tuple[Guest, ...] = ()


@dataclass(frozen=True)
class FindingsGiven:
    """The working group's findings as they were handed in, complete or not (R15)."""

    findings: Findings


@dataclass(frozen=True)
class ReportReview:
    """What the office says about a unit's own report: accepted, or sent back for a reason (D13)."""

    accepted: bool
    reason: str = ""


@dataclass(frozen=True)
class Proposals:
    """What the office proposes for the next year (D14)."""

    proposals: tuple[str, ...] = ()
