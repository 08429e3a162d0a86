"""What a host nominates, and what is wrong or late about it (R62–R65, A6–A8, A22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.dates import month_and_year, short_date
from domain.deadline import Timeliness, local_day, nomination_deadline
from domain.plan import Rules
from domain.problem import Problem
from domain.text import match_key
from domain.working_days import WorkingCalendar


class OrgType(StrEnum):
    """The kind of organisation that meets (A7); only the two cells can satisfy R51."""

    GRASSROOTS_COMMITTEE = "grassroots_committee"
    SECTIONAL_COMMITTEE = "sectional_committee"
    CELL_GRASSROOTS = "cell_grassroots"
    CELL_SUBORDINATE = "cell_subordinate"

    @property
    def is_cell(self) -> bool:
        """Whether it is a cell, and not a committee."""
        return self in (OrgType.CELL_GRASSROOTS, OrgType.CELL_SUBORDINATE)

    @property
    def vietnamese(self) -> str:
        """As it is written in lists."""
        return {
            OrgType.GRASSROOTS_COMMITTEE: "Đảng ủy cơ sở",
            OrgType.SECTIONAL_COMMITTEE: "Đảng ủy bộ phận",
            OrgType.CELL_GRASSROOTS: "Chi bộ cơ sở",
            OrgType.CELL_SUBORDINATE: "Chi bộ trực thuộc",
        }[self]


class MeetingKind(StrEnum):
    """Regular, thematic, or both in one sitting (A8)."""

    REGULAR = "regular"
    THEMATIC = "thematic"
    COMBINED = "combined"

    @property
    def is_thematic(self) -> bool:
        """Whether a theme is on the agenda."""
        return self is not MeetingKind.REGULAR

    @property
    def vietnamese(self) -> str:
        """As it is written in lists."""
        return {
            MeetingKind.REGULAR: "Thường kỳ",
            MeetingKind.THEMATIC: "Chuyên đề",
            MeetingKind.COMBINED: "Thường kỳ và chuyên đề",
        }[self]


#: How long a meeting is taken to last, in invitations and before its findings can be handed in.
LASTS = timedelta(hours=2)


@dataclass(frozen=True)
class Meeting:
    """One nominated meeting. The first five fields are what the plan asks for, the rest is the product's (A22)."""

    number: int  #: its place in the list, from 1; how people refer to it
    organisation: str  #: `Chi bộ Trường THPT Nhơn Trạch`
    org_type: OrgType
    parent: str  #: the organisation above it, may be empty for a grassroots organisation
    starts_at: datetime
    venue: str
    kind: MeetingKind = MeetingKind.REGULAR
    theme: str = ""
    members: int | None = None
    contact: str = ""
    first_set_for: date | None = None  #: the day it was nominated for, once the office has moved it (A23)

    @property
    def day(self) -> date:
        """The day of the meeting where it takes place."""
        return local_day(self.starts_at)

    @property
    def day_to_judge(self) -> date:
        """The day by which its deadline is counted: the one it was nominated for (A23)."""
        return self.first_set_for or self.day

    @property
    def ends_at(self) -> datetime:
        """When it is over, as the invitation reserves the time: no list says how long a meeting takes."""
        return self.starts_at + LASTS

    @property
    def is_thematic_cell(self) -> bool:
        """Whether it satisfies R51: a cell, and a theme (A7, A8)."""
        return self.org_type.is_cell and self.kind.is_thematic


@dataclass(frozen=True)
class Nominations:
    """A host's list as it was received."""

    meetings: tuple[Meeting, ...]
    received_on: date
    their_symbol: str = ""  #: `12-CV/HU` (P1)
    their_date: date | None = None
    changes: tuple[str, ...] = ()  #: what the office has moved in it since, in words (A23)

    @property
    def has_thematic_cell(self) -> bool:
        """Whether the list lets the office satisfy R51 at all (A6)."""
        return any(meeting.is_thematic_cell for meeting in self.meetings)

    def meeting(self, number: int) -> Meeting:
        """The meeting with that number; `KeyError` if the list has none."""
        for meeting in self.meetings:
            if meeting.number == number:
                return meeting
        raise KeyError(number)


def timeliness(
    nominations: Nominations,
    meeting: Meeting,
    rules: Rules,
    calendar: WorkingCalendar,
    accepted: bool | None = None,
) -> Timeliness:
    """How one nominated meeting stands against its own deadline (R85); `accepted` is a leader's word about it, if any.

    A meeting that the office moved is judged by the day it was nominated for: moving never makes it late (A23).
    """
    deadline = nomination_deadline(meeting.day_to_judge, rules, calendar)
    return deadline.judge(counted_on(nominations, rules), accepted)


def counted_on(nominations: Nominations, rules: Rules) -> date:
    """The day of the list that counts by the plan: when it was received, or when it was sent (A4)."""
    if rules.basis == "sent" and nominations.their_date:
        return nominations.their_date
    return nominations.received_on


def check_nominations(meetings: Sequence[Meeting], year: int, month: int, received: date) -> list[Problem]:
    """Everything wrong with a list before it is accepted; warnings among them do not stop it (R88, 6.7 no. 17)."""
    problems: list[Problem] = []
    if not meetings:
        problems.append(Problem("danh sách", "chưa có tổ chức đảng nào", "ghi ít nhất một dòng"))
    seen: dict[tuple[str, str, datetime], int] = {}
    for meeting in meetings:
        place = f"dòng {meeting.number}"
        # Two communes have a "Chi bộ ấp 1" each: only with the one above it is a name whole.
        key = (match_key(meeting.organisation), match_key(meeting.parent), meeting.starts_at)
        first = seen.setdefault(key, meeting.number)
        if first != meeting.number:
            problems.append(Problem(place, f"trùng tổ chức và thời gian với dòng {first}", "bỏ một dòng"))
        problems += _check_meeting(meeting, place, year, month, received)
    return problems


def _check_meeting(meeting: Meeting, place: str, year: int, month: int, received: date) -> list[Problem]:
    problems = []
    if not meeting.organisation:
        problems.append(Problem(place, "thiếu tên tổ chức đảng", "ghi tên đầy đủ"))
    if not meeting.venue:
        problems.append(Problem(place, "thiếu địa điểm", "ghi nơi sinh hoạt"))
    if meeting.kind.is_thematic and not meeting.theme:
        problems.append(
            Problem(place, "sinh hoạt chuyên đề chưa ghi tên chuyên đề", "bổ sung sau cũng được", warning=True)
        )
    if meeting.day < received:
        problems.append(
            Problem(
                place,
                f"ngày sinh hoạt {short_date(meeting.day)} đã qua khi nhận ({short_date(received)})",
                "sửa ngày",
            )
        )
    if (meeting.day.year, meeting.day.month) != (year, month):
        problems.append(
            Problem(
                place,
                f"ngày {short_date(meeting.day)} ngoài tháng {month_and_year(year, month)}",
                "kiểm tra lại ngày",
                warning=True,
            )
        )
    return problems
