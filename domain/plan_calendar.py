"""Whether a planned visit fits its year: its usual meeting days, its deadline, its chain from request to meeting."""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from domain.deadline import nomination_deadline
from domain.plan import Plan, PlannedVisit
from domain.working_days import WorkingCalendar

#: So many days ahead of a visit a better day is looked for; beyond that the settings are at fault, not the day.
_LOOK_AHEAD = 120


@dataclass(frozen=True)
class Pace:
    """How long each link of a visit takes, and when cells meet. None of it stands in the plan (A15, C2)."""

    usual_meeting_days: tuple[int, ...] = (3, 4, 5)  #: of the month, for units that name none of their own
    answer_within: int = 10  #: working days a host has at least from the request
    choose_within: int = 5  #: working days after the list
    issue_within: int = 3  #: working days after the choice
    notice_days: int = 10  #: days between the notice and the meeting
    invitation_days: int = 5  #: working days between the invitations and the meeting


@dataclass(frozen=True)
class Chain:
    """The days by which each link is done when everybody takes the time he has (A15)."""

    opens: date  #: the request goes out
    listed: date  #: the host's list is there at the latest
    chosen: date
    noticed: date  #: notice and invitations go out
    earliest: date  #: no meeting before this day is announced in time


def usual_days(plan: Plan, visit: PlannedVisit, pace: Pace) -> list[date]:
    """The days of the visit's month on which the unit's cells usually meet (C2)."""
    numbers = plan.unit(visit.unit).usual_meeting_days or pace.usual_meeting_days
    last = months.monthrange(plan.year, visit.month)[1]
    return [date(plan.year, visit.month, number) for number in sorted(set(numbers)) if 1 <= number <= last]


def chain_of(plan: Plan, visit: PlannedVisit, meeting: date, pace: Pace, calendar: WorkingCalendar) -> Chain:
    """The chain of that visit if its meeting is on that day: request → deadline → choice → notice → invitations."""
    opens = calendar.on_or_after(plan.opens_on(visit.month))
    legal = nomination_deadline(meeting, plan.rules, calendar).last_day
    listed = max(legal, calendar.add(opens, pace.answer_within))
    chosen = calendar.add(listed, pace.choose_within)
    noticed = calendar.add(chosen, pace.issue_within)
    earliest = max(noticed + timedelta(days=pace.notice_days), calendar.add(noticed, pace.invitation_days))
    return Chain(opens, listed, chosen, noticed, calendar.on_or_after(earliest))


def first_day_that_fits(
    plan: Plan, visit: PlannedVisit, begin: date, pace: Pace, calendar: WorkingCalendar
) -> date | None:
    """The first working day from `begin` on whose chain ends in time; None where no day does."""
    for number in range(_LOOK_AHEAD):
        day = begin + timedelta(days=number)
        if calendar.is_working_day(day) and chain_of(plan, visit, day, pace, calendar).earliest <= day:
            return day
    return None


def first_day_on_time(plan: Plan, begin: date, calendar: WorkingCalendar) -> date:
    """The first day from `begin` on whose nomination deadline is not before the plan's own date (A5)."""
    day = begin
    while nomination_deadline(day, plan.rules, calendar).last_day < plan.issued:
        day += timedelta(days=1)
    return day
