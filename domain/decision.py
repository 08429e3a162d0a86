"""What people decide and no form of its own holds, each as the value that is stored (design §4)."""

from dataclasses import dataclass
from datetime import datetime

from domain.findings import Findings


@dataclass(frozen=True)
class MeetingRefusal:
    """A late meeting that a leader does not take, and why; the host is told (A5)."""

    number: int
    reason: str


@dataclass(frozen=True)
class Acceptance:
    """A leader's word about a list that is late or has no thematic cell: what of it is taken, what is not (A5, A6)."""

    reason: str  #: why it is taken; empty where nothing is
    late: tuple[int, ...] = ()  #: the late meetings that are taken, by their numbers
    incomplete: bool = False  #: it is taken without a thematic cell
    refused: tuple[MeetingRefusal, ...] = ()  #: the late meetings that are not

    @property
    def takes_any(self) -> bool:
        """Whether anything was let pass that the plan's rules alone would not."""
        return bool(self.late) or self.incomplete

    @property
    def not_taken(self) -> dict[int, str]:
        """Why each refused meeting is not taken, by its number."""
        return {one.number: one.reason for one in self.refused}


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
