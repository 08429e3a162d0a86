"""How a date that somebody is waited for is counted, so that it can be counted again by another calendar (A4, C4)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.dates import last_day_of, short_date
from domain.deadline import Deadline, nomination_deadline
from domain.ladder import Rung, ladder
from domain.plan import Rules
from domain.working_days import WorkingCalendar


@dataclass(frozen=True)
class DueRule:
    """So many working days after a day, and the reminders around the date that comes of it; none: the day itself."""

    since: date  #: counted from this day, which itself does not count
    working_days: int
    offsets: tuple[int, ...] = ()  #: days of the reminders relative to the due date
    remind_from: date | None = None  #: no reminder before this day
    meeting_day: date | None = None  #: never before the nomination deadline of a meeting on that day …
    rules: Rules | None = None  #: … by these rules of the plan (R85, A5)
    not_after: date | None = None  #: the working days count up to this day at most

    def day(self, calendar: WorkingCalendar) -> date:
        """The due date."""
        counted, deadline = self._counted(calendar), self._deadline(calendar)
        return max(counted, deadline.last_day) if deadline else counted

    def why(self, calendar: WorkingCalendar) -> str:
        """The line that explains it."""
        counted, deadline = self._counted(calendar), self._deadline(calendar)
        if deadline and deadline.last_day >= counted:
            return deadline.why
        if counted < calendar.add(self.since, self.working_days):
            return f"{short_date(counted)}, để kịp các buổi sinh hoạt cuối tháng"
        if not self.working_days:
            return f"ngày ấn định {short_date(self.since)}"
        off = [
            one.why for one in calendar.walk(self.since, self.working_days) if not one.counted and one.day.weekday() < 5
        ]
        skipped = f", không tính {len(off)} ngày nghỉ ({'; '.join(dict.fromkeys(off))})" if off else ""
        return f"{short_date(self.since)} cộng {self.working_days} ngày làm việc = {short_date(counted)}{skipped}"

    def rungs(self, calendar: WorkingCalendar) -> tuple[Rung, ...]:
        """The reminders around the due date."""
        first = self.remind_from or self.since + timedelta(days=1)
        return ladder(self.day(calendar), self.offsets, calendar, not_before=first)

    def fixed(self, calendar: WorkingCalendar) -> "DueRule":
        """The same day, told to somebody and moved no more: by another calendar only the reminders fall anew."""
        day, deadline = self.day(calendar), self._deadline(calendar)
        by_the_plan = deadline is not None and deadline.last_day == day
        return replace(
            self, since=day, working_days=0, not_after=None,
            remind_from=self.remind_from or self.since + timedelta(days=1),
            meeting_day=self.meeting_day if by_the_plan else None, rules=self.rules if by_the_plan else None,
        )  # fmt: skip

    def _counted(self, calendar: WorkingCalendar) -> date:
        counted = calendar.add(self.since, self.working_days)
        if self.not_after is None or counted <= self.not_after:
            return counted
        worked = calendar.on_or_before(self.not_after)
        return worked if worked > self.since else self.not_after

    def _deadline(self, calendar: WorkingCalendar) -> Deadline | None:
        if self.meeting_day is None or self.rules is None:
            return None
        return nomination_deadline(self.meeting_day, self.rules, calendar)


def nominations_due(
    year: int, month: int, opened: date, rules: Rules, within: int, offsets: tuple[int, ...]
) -> DueRule:
    """When a host must have answered the request: by the deadline of the earliest meeting, never in less than `within`.

    Where the plan leaves no time, the host is not told that it is late before it could answer (A5). A list is of no
    use after the meetings it names: one that is asked for late is due on the day before the month's last at the latest.
    """
    first, cap = date(year, month, 1), latest_for_list(year, month, opened)
    return DueRule(opened, within, offsets, opened + timedelta(days=3), first, rules, cap)


def latest_for_list(year: int, month: int, asked_on: date) -> date | None:
    """The day up to which working days count for a list of that month, or a better one; None from its last day on."""
    last = last_day_of(year, month)
    before_last = last - timedelta(days=1)
    return before_last if asked_on < before_last else last if asked_on < last else None
