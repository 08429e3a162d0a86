"""How meetings went, complete and ordinary, for tests that need findings of them."""

from collections.abc import Iterable

from domain.meeting_finding import MeetingFinding, Resolution
from domain.nomination import Meeting


def held(meetings: Iterable[Meeting]) -> tuple[MeetingFinding, ...]:
    """Everything that the form asks about each of these meetings."""
    return tuple(
        MeetingFinding(
            meeting.number, "Bí thư chi bộ", "Phó bí thư", 20, 18, "02 đi công tác",
            began="14:00", ended="15:40", resolution=Resolution.PASSED,
        )
        for meeting in meetings
    )  # fmt: skip
