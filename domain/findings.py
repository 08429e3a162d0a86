"""What the working group found in one visit (R9, R15, R16–R38, 4.5); whether it is complete: `findings_check.py`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.meeting_finding import MeetingFinding
from domain.nomination import Meeting

#: The rules of completeness that findings are given by. Before the second a fault needed no explanation (decision
#: 0028), before the third several meetings of one visit had one list of results (decision 0040).
RULES, EXPLAINED, BY_MEETING = 3, 2, 3
#: Instead of the number of one meeting: of all that were attended, or of the only one.
ALL = 0


class ItemResult(StrEnum):
    """How one checklist item was found."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NOT_EXAMINED = "not_examined"

    @property
    def vietnamese(self) -> str:
        """As it is written in the report."""
        return {
            ItemResult.MET: "Đạt",
            ItemResult.PARTLY_MET: "Đạt một phần",
            ItemResult.NOT_MET: "Chưa đạt",
            ItemResult.NOT_APPLICABLE: "Không áp dụng",
            ItemResult.NOT_EXAMINED: "Chưa xem xét",
        }[self]

    @property
    def is_fault(self) -> bool:
        """Whether something was lacking: such an item is explained."""
        return self in (ItemResult.PARTLY_MET, ItemResult.NOT_MET)

    @property
    def was_considered(self) -> bool:
        """Whether anybody looked at it and had something to look at."""
        return self not in (ItemResult.NOT_APPLICABLE, ItemResult.NOT_EXAMINED)


@dataclass(frozen=True)
class ItemFinding:
    """One checklist item with its result and remark; what was lacking is named among the limitations, or why not."""

    item: str  #: `R16`
    result: ItemResult
    remark: str = ""
    limitations: tuple[int, ...] = ()  #: the limitations that come of it, each by its place in the list, from 1
    no_limitation: str = ""  #: why what was lacking is no limitation
    meeting: int = 0  #: the number in the host's list of the meeting where it was found; 0 where only one was attended

    @property
    def explained(self) -> bool:
        """Whether a fault is named as a limitation, or it is said why it is none."""
        return not self.result.is_fault or bool(self.limitations or self.no_limitation.strip())


@dataclass(frozen=True)
class Recommendation:
    """What should be done about which limitation, by whom and by when (2.7 no. 4)."""

    limitation: int  #: its place in the list of limitations, from 1
    text: str
    owner: str
    due: date
    urgent: bool = False  #: to be done at once; such stand first
    followed_by: str = ""  #: the board or person that sees to it


class OfItems:
    """What a list of item findings says of itself: a visit's, or one meeting's."""

    items: tuple[ItemFinding, ...]

    @property
    def considered(self) -> bool:
        """Whether the group looked at anything at all."""
        return any(item.result.was_considered for item in self.items)

    @property
    def unexplained(self) -> tuple[ItemFinding, ...]:
        """The items in which something was lacking and nobody said what came of it; only older findings have some."""
        return tuple(item for item in self.items if not item.explained)

    @property
    def excused(self) -> tuple[ItemFinding, ...]:
        """The items in which something was lacking that is no limitation, with the reason."""
        return tuple(item for item in self.items if item.result.is_fault and item.explained and not item.limitations)

    @property
    def not_examined(self) -> tuple[ItemFinding, ...]:
        """The items that the group did not look at: nothing may be said of them."""
        return tuple(item for item in self.items if item.result is ItemResult.NOT_EXAMINED)


@dataclass(frozen=True)
class Findings(OfItems):
    """The group's findings of one visit (4.5)."""

    items: tuple[ItemFinding, ...]
    strengths: tuple[str, ...]
    limitations: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    difficulties: tuple[str, ...] = ()
    attended_on: date | None = None
    causes: tuple[str, ...] = ()  #: why the limitations came about
    meetings: tuple[MeetingFinding, ...] = ()  #: how each attended meeting went
    rules: int = RULES  #: the rules of completeness that were in force when they were given
    #: the number of the meeting that each strength and each limitation is of; 0, or nothing, for all that were attended
    strengths_at: tuple[int, ...] = ()
    limitations_at: tuple[int, ...] = ()

    def of_meeting(self, number: int) -> MeetingFinding | None:
        """How the meeting of that number in the host's list went; None where nobody wrote it down."""
        return next((one for one in self.meetings if one.meeting == number), None)

    def of_each(self, meetings: Sequence[Meeting]) -> list["MeetingPart"]:
        """What is common to all meetings, if anything, then each meeting; where all have one list, that list alone."""
        if len(meetings) < 2 or not any(item.meeting for item in self.items):
            strengths, limitations = (tuple(enumerate(texts, 1)) for texts in (self.strengths, self.limitations))
            return [MeetingPart(ALL, "", self.items, strengths, limitations)]
        known = {ALL: ""} | {meeting.number: meeting.organisation for meeting in meetings}
        parts = [self._part(number, name, known) for number, name in known.items()]
        return [one for one in parts if one.number or one.items or one.strengths or one.limitations]

    def _part(self, number: int, organisation: str, known: Collection[int]) -> "MeetingPart":
        def told(texts: Sequence[str], numbers: Sequence[int]) -> tuple[tuple[int, str], ...]:
            """A text of a meeting that was not attended is told as one of all: nothing that was written gets lost."""
            every = ((place, text, at(numbers, place)) for place, text in enumerate(texts, start=1))
            return tuple((place, text) for place, text, of in every if (of if of in known else ALL) == number)

        items = tuple(item for item in self.items if item.meeting == number)
        return MeetingPart(
            number, organisation, items,
            told(self.strengths, self.strengths_at), told(self.limitations, self.limitations_at),
        )  # fmt: skip


@dataclass(frozen=True)
class MeetingPart(OfItems):
    """The part of the findings that one meeting has; texts come with their place in the visit's list, from 1."""

    number: int  #: of the meeting in the host's list; 0 for all meetings
    organisation: str  #: empty for all meetings
    items: tuple[ItemFinding, ...]
    strengths: tuple[tuple[int, str], ...]
    limitations: tuple[tuple[int, str], ...]


def at(numbers: Sequence[int], place: int) -> int:
    """The meeting of the text at that place, from 1."""
    return numbers[place - 1] if 0 < place <= len(numbers) else ALL
