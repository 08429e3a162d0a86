"""The days of a year's plan, before anything has happened: when each visit is asked for, when each report is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.due import nominations_due
from domain.plan import Plan
from domain.working_days import WorkingCalendar


@dataclass(frozen=True)
class PlannedRound:
    """One visit of the plan (R40–R48)."""

    month: int
    unit: str  #: the full name
    asked_on: date  #: the request for the list goes out (R86)
    list_due: date  #: the day by which the list is asked for (R62, A5)


@dataclass(frozen=True)
class PlannedReport:
    """One report of the plan (R66–R69)."""

    unit: str
    asked_on: date
    due: date


def planned_rounds(plan: Plan, calendar: WorkingCalendar, answer_within: int) -> Sequence[PlannedRound]:
    """The visits with their days, in the plan's order; a host has `answer_within` working days at least."""
    return [
        PlannedRound(
            visit.month, plan.unit(visit.unit).name, plan.opens_on(visit.month),
            planned_list_due(plan, visit.month, calendar, answer_within),
        )
        for visit in plan.visits
    ]  # fmt: skip


def planned_list_due(plan: Plan, month: int, calendar: WorkingCalendar, answer_within: int) -> date:
    """The day by which the list of that month is asked for when the request goes out on its day."""
    rule = nominations_due(plan.year, month, plan.opens_on(month), plan.rules, answer_within, ())
    return rule.day(calendar)


def planned_reports(plan: Plan, days_before: int) -> Sequence[PlannedReport]:
    """The reports with their days; each is asked for so many days before, never before the plan is signed."""
    due = plan.self_supervising.due
    asked = max(due - timedelta(days=days_before), plan.issued)
    return [PlannedReport(plan.unit(code).name, asked, due) for code in plan.self_supervising.units]
