"""How one attended meeting went: who led it, who came, how long it took, what it resolved (R15, R52, D9, D10)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.dates import parse_time
from domain.nomination import Meeting
from domain.problem import Problem


class Resolution(StrEnum):
    """What became of the meeting's resolution."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    NONE = "none"

    @property
    def vietnamese(self) -> str:
        """As it is written in the report."""
        return {
            Resolution.PASSED: "Đã thông qua nghị quyết",
            Resolution.NOT_PASSED: "Chưa thông qua nghị quyết",
            Resolution.NONE: "Không ra nghị quyết",
        }[self]


@dataclass(frozen=True)
class MeetingFinding:
    """How one attended meeting went; what nobody wrote down is empty or None, which is not the same as nobody came."""

    meeting: int  #: its number in the host's list
    chaired_by: str = ""
    minutes_by: str = ""
    members: int | None = None  #: how many should have come
    present: int | None = None
    absences: str = ""  #: how many were absent for which reason: `02 ốm, 01 đi công tác`
    attendees: str = ""  #: who came from the province and the host beside the organisation itself
    began: str = ""  #: `07:30`
    ended: str = ""
    resolution: Resolution | None = None

    @property
    def minutes(self) -> int | None:
        """How long it took; None where one of the two times was not written down."""
        if not (self.began and self.ended):
            return None
        begin, end = parse_time(self.began), parse_time(self.ended)
        return (end[0] - begin[0]) * 60 + end[1] - begin[1]

    @property
    def lasted(self) -> str:
        """`từ 7 giờ 30 đến 9 giờ 10 (100 phút)`; empty where one of the two times was not written down."""
        if self.minutes is None:
            return ""
        begin, end = (f"{hour} giờ {minute:02d}" for hour, minute in map(parse_time, (self.began, self.ended)))
        return f"từ {begin} đến {end} ({self.minutes} phút)"


@dataclass(frozen=True)
class MeetingFact:
    """One field of a `MeetingFinding`, as forms, files and refusals call it."""

    name: str
    title: str  #: over a column and beside a field
    hint: str
    kind: str = "text"  #: `text`, `count`, `time` or `resolution`


#: Every field in the order of the forms; what a plan may ask for is among their names.
MEETING_FACTS = (
    MeetingFact("chaired_by", "Chủ trì", "Họ tên, chức vụ."),
    MeetingFact("minutes_by", "Ghi biên bản", "Họ tên, chức vụ."),
    MeetingFact("members", "Tổng số", "Số đảng viên, hoặc cấp ủy viên, phải dự.", "count"),
    MeetingFact("present", "Có mặt", "Trong tổng số.", "count"),
    MeetingFact("absences", "Vắng, lý do", "Như: 02 ốm, 01 đi công tác."),
    MeetingFact("attendees", "Đại biểu cùng dự", "Đại biểu của tỉnh, của cấp ủy cấp trên đã đến dự."),
    MeetingFact("began", "Bắt đầu", "Giờ thực tế.", "time"),
    MeetingFact("ended", "Kết thúc", "Giờ thực tế.", "time"),
    MeetingFact("resolution", "Nghị quyết", "", "resolution"),
)
RESOLUTIONS = {one.value: one for one in Resolution}


def made(number: int, facts: Mapping[str, Any]) -> MeetingFinding | None:
    """The finding of one meeting from its fields by name; None where nothing was written down."""
    written = {name: value for name, value in facts.items() if value not in ("", None)}
    return MeetingFinding(number, **written) if written else None


def place_of(meeting: Meeting, name: str) -> str:
    """Where a problem of that field stands: `Chi bộ A: chủ trì`."""
    title = next(fact.title for fact in MEETING_FACTS if fact.name == name)
    return f"{meeting.organisation}: {title.lower()}"


def check_meetings(
    found: Sequence[MeetingFinding], meetings: Sequence[Meeting], asked: Collection[str]
) -> Iterator[Problem]:
    """What is missing of what the plan asks for, and what cannot be; `asked` has names of fields."""
    by_number = {one.meeting: one for one in found}
    for number in sorted(set(by_number) - {meeting.number for meeting in meetings}):
        yield Problem(f"buổi sinh hoạt số {number}", "không phải buổi được dự", "ghi đúng số của buổi được chọn")
    for meeting in meetings:
        one = by_number.get(meeting.number, MeetingFinding(meeting.number))
        for fact in MEETING_FACTS:
            if fact.name in asked and getattr(one, fact.name) in ("", None):
                yield Problem(place_of(meeting, fact.name), "chưa ghi", "ghi theo buổi sinh hoạt đã dự")
        yield from _impossible(one, meeting)


def _impossible(one: MeetingFinding, meeting: Meeting) -> Iterator[Problem]:
    if one.members is not None and one.present is not None:
        if one.present > one.members:
            fault = f"{one.present} người có mặt trong tổng số {one.members}"
            yield Problem(place_of(meeting, "present"), fault, "kiểm tra hai số")
        elif one.present < one.members and not one.absences:
            fault = f"vắng {one.members - one.present:02d} người nhưng chưa ghi lý do"
            yield Problem(place_of(meeting, "absences"), fault, "ghi số người theo từng lý do")
    if one.minutes is not None and one.minutes <= 0:
        yield Problem(place_of(meeting, "ended"), "không sau giờ bắt đầu", "kiểm tra hai giờ")
