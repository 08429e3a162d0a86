"""What of a visit's findings belongs to which of the meetings attended (R15, D9, D10, decision 0040)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.findings import BY_MEETING, Findings, ItemFinding, Recommendation
from domain.nomination import Meeting

#: Of all meetings that were attended, or of the only one.
ALL = 0


@dataclass(frozen=True)
class MeetingPart:
    """The part of the findings that one meeting has; texts come with their place in the visit's list, from 1."""

    number: int  #: of the meeting in the host's list; 0 for all meetings
    organisation: str  #: empty for all meetings
    items: tuple[ItemFinding, ...]
    strengths: tuple[tuple[int, str], ...]
    limitations: tuple[tuple[int, str], ...]


def apart(findings: Findings, meetings: Sequence[Meeting]) -> bool:
    """Whether each meeting has results of its own: several were attended, and they were written down so."""
    return len(meetings) > 1 and any(item.meeting for item in findings.items)


def asked_apart(rules: int, meetings: Sequence[Meeting]) -> bool:
    """Whether findings given by those rules need results of each meeting."""
    return rules >= BY_MEETING and len(meetings) > 1


def parts(findings: Findings, meetings: Sequence[Meeting]) -> list[MeetingPart]:
    """What is common to all meetings, if anything is, then each meeting; of findings of one list that list alone."""
    if not apart(findings, meetings):
        strengths, limitations = (tuple(enumerate(texts, 1)) for texts in (findings.strengths, findings.limitations))
        return [MeetingPart(ALL, "", findings.items, strengths, limitations)]
    known = {meeting.number: meeting.organisation for meeting in meetings}
    made = [_part(findings, number, name, known) for number, name in ({ALL: ""} | known).items()]
    return [one for one in made if one.number or one.items or one.strengths or one.limitations]


def at(numbers: Sequence[int], place: int) -> int:
    """The meeting of the text at that place, from 1."""
    return numbers[place - 1] if 0 < place <= len(numbers) else ALL


def as_attended(findings: Findings, meetings: Sequence[Meeting]) -> Findings:
    """The same; what was written of the only meeting by its number is what was found in the visit."""
    if len(meetings) != 1:
        return findings
    only = meetings[0].number
    items = tuple(replace(item, meeting=ALL) if item.meeting == only else item for item in findings.items)
    return replace(findings, items=items, strengths_at=(), limitations_at=())


def in_order(findings: Findings) -> Findings:
    """The same as it is numbered and followed (D11): texts by meeting, common ones first; urgent ones first."""
    strengths = _order(findings.strengths, findings.strengths_at)
    limitations = _order(findings.limitations, findings.limitations_at)
    now = {before: place for place, before in enumerate(limitations, start=1) if before != place}
    return replace(
        findings,
        strengths=tuple(findings.strengths[one - 1] for one in strengths),
        strengths_at=_numbers(findings.strengths_at, strengths),
        limitations=tuple(findings.limitations[one - 1] for one in limitations),
        limitations_at=_numbers(findings.limitations_at, limitations),
        items=tuple(
            replace(item, limitations=tuple(sorted(now.get(one, one) for one in item.limitations)))
            for item in findings.items
        ),
        recommendations=_asked_in_order(findings, now),
    )


def _part(findings: Findings, number: int, organisation: str, known: Collection[int]) -> MeetingPart:
    def told(texts: Sequence[str], numbers: Sequence[int]) -> tuple[tuple[int, str], ...]:
        """A text of a meeting that was not attended is told as one of all: nothing that was written gets lost."""
        every = ((place, text, at(numbers, place)) for place, text in enumerate(texts, start=1))
        return tuple((place, text) for place, text, of in every if (of if of in known else ALL) == number)

    return MeetingPart(
        number, organisation,
        tuple(item for item in findings.items if item.meeting == number),
        told(findings.strengths, findings.strengths_at),
        told(findings.limitations, findings.limitations_at),
    )  # fmt: skip


def _order(texts: Sequence[str], numbers: Sequence[int]) -> list[int]:
    return sorted(range(1, len(texts) + 1), key=lambda place: at(numbers, place))


def _numbers(numbers: Sequence[int], order: Sequence[int]) -> tuple[int, ...]:
    return tuple(at(numbers, place) for place in order) if any(numbers) else ()


def _asked_in_order(findings: Findings, now: Mapping[int, int]) -> tuple[Recommendation, ...]:
    moved = (replace(one, limitation=now.get(one.limitation, one.limitation)) for one in findings.recommendations)
    return tuple(sorted(moved, key=lambda one: (not one.urgent, one.limitation if now else 0)))
