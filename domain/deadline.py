"""The nomination deadline of one meeting, and whether a list came in time (R62, R85, A4, A5)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.dates import OFFICE_ZONE, short_date
from domain.plan import Rules
from domain.working_days import CountedDay, WorkingCalendar


class Timeliness(StrEnum):
    """How a nominated meeting stands against its deadline."""

    ON_TIME = "on_time"
    LATE = "late"
    LATE_ACCEPTED = "late_accepted"
    LATE_REFUSED = "late_refused"

    @property
    def is_choosable(self) -> bool:
        """Whether such a meeting may be chosen: it is on time, or was taken although late (A5)."""
        return self in (Timeliness.ON_TIME, Timeliness.LATE_ACCEPTED)


@dataclass(frozen=True)
class Deadline:
    """The last day on which a meeting may be notified, and the line that explains it."""

    meeting_day: date
    last_day: date
    why: str

    def judge(self, received: date, accepted: bool | None = None) -> Timeliness:
        """On time up to and including `last_day`; afterwards late, until a person has said whether it is taken (A5)."""
        if received <= self.last_day:
            return Timeliness.ON_TIME
        if accepted is None:
            return Timeliness.LATE
        return Timeliness.LATE_ACCEPTED if accepted else Timeliness.LATE_REFUSED


def local_day(moment: datetime) -> date:
    """The calendar day of a moment where the office is (C7, R87)."""
    return moment.astimezone(OFFICE_ZONE).date()


def nomination_deadline(meeting_day: date, rules: Rules, calendar: WorkingCalendar) -> Deadline:
    """The last day for one meeting, by the plan's five settings (A4).

    With the defaults (30 calendar days, inclusive, no roll) a meeting on 05/3/2024 has 04/02/2024,
    although that is a Sunday.
    """
    days = rules.nomination_days if rules.inclusive else rules.nomination_days + 1
    if rules.day_kind == "working":
        last_day, unit = calendar.add(meeting_day, -days), "ngày làm việc"
    else:
        last_day, unit = meeting_day - timedelta(days=days), "ngày"
    why = f"{short_date(meeting_day)} trừ {days} {unit} = {short_date(last_day)}"
    if rules.roll == "previous" and not calendar.is_working_day(last_day):
        last_day = calendar.on_or_before(last_day)
        why += f", lùi về ngày làm việc {short_date(last_day)}"
    return Deadline(meeting_day, last_day, why)


def notice_given(counted: date, meeting_day: date, rules: Rules, calendar: WorkingCalendar) -> int:
    """How many days before the meeting a list of that day is there, in the days that the plan counts; never below 0."""
    days = range((meeting_day - counted).days)
    if rules.day_kind == "working":
        return sum(calendar.is_working_day(counted + timedelta(days=number)) for number in days)
    return len(days)


def explain_deadline(meeting_day: date, rules: Rules, calendar: WorkingCalendar) -> tuple[CountedDay, ...]:
    """How `nomination_deadline` counts, day by day back from the day before the meeting to the last day itself.

    Counted days add up to the plan's number; skipped ones say why: a weekend, a holiday, or, after the number
    is reached, the way back to a working day (`roll`).
    """
    days = rules.nomination_days if rules.inclusive else rules.nomination_days + 1
    if rules.day_kind == "working":
        walked = list(calendar.walk(meeting_day, -days))
    else:
        walked = [CountedDay(meeting_day - timedelta(days=number), True) for number in range(1, days + 1)]
    if rules.roll == "previous":
        rolled, last_day = nomination_deadline(meeting_day, rules, calendar).last_day, walked[-1].day
        for number in range((last_day - rolled).days):
            off = last_day - timedelta(days=number)
            walked.append(CountedDay(off - timedelta(days=1), False, f"{short_date(off)} nghỉ, lùi một ngày"))
    return tuple(walked)


def explanation_lines(walked: tuple[CountedDay, ...]) -> list[str]:
    """The count in words, a run of days of one kind on one line: `04/3/2024 … 29/02/2024: tính 5 ngày (thứ 1–5)`."""
    lines: list[str] = []
    count = first = 0
    while first < len(walked):
        last = first
        while last + 1 < len(walked) and _of_one_run(walked[first], walked[last + 1]):
            last += 1
        size = last - first + 1
        span = short_date(walked[first].day) + (f" … {short_date(walked[last].day)}" if size > 1 else "")
        if walked[first].counted:
            numbers = f"{count + 1}" + (f"–{count + size}" if size > 1 else "")
            beside = f", {walked[first].why}" if walked[first].why else ""
            lines.append(f"{span}: tính {size} ngày (thứ {numbers}{beside})")
            count += size
        else:
            lines.append(f"{span}: không tính ({walked[first].why})")
        first = last + 1
    return lines


def _of_one_run(one: CountedDay, other: CountedDay) -> bool:
    return (one.counted, one.why) == (other.counted, other.why)
