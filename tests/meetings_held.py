"""How meetings went and what was found in them, complete and ordinary, for tests that need findings of them."""

from collections.abc import Collection, Iterable, Sequence

from domain.findings import ItemFinding, ItemResult
from domain.meeting_finding import MeetingFinding, Resolution
from domain.nomination import Meeting
from domain.plan import ChecklistItem


def held(meetings: Iterable[Meeting]) -> tuple[MeetingFinding, ...]:
    """Everything that the form asks about each of these meetings."""
    return tuple(
        MeetingFinding(
            meeting.number, "Bí thư chi bộ", "Phó bí thư", 20, 18, "02 đi công tác",
            began="14:00", ended="15:40", resolution=Resolution.PASSED,
        )
        for meeting in meetings
    )  # fmt: skip


def all_met(
    meetings: Sequence[Meeting], checklist: Sequence[ChecklistItem], without: Collection[str] = ()
) -> tuple[ItemFinding, ...]:
    """Every item met but for those named; of several meetings each has its own."""
    numbers = [meeting.number for meeting in meetings] if len(meetings) > 1 else [0]
    items = [item.id for item in checklist if item.id not in without]
    return tuple(ItemFinding(item, ItemResult.MET, meeting=number) for number in numbers for item in items)
