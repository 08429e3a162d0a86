"""The days of a year's plan, before anything has happened: when each visit is asked for, when each report is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.deadline import earliest_deadline
from domain.plan import Plan
from domain.working_days import WorkingCalendar


@dataclass(frozen=True)
class PlannedRound:
    """One visit of the plan (R40–R48)."""

    month: int
    unit: str  #: the full name
    asked_on: date  #: the request for the list goes out (R86)
    list_due: date  #: the last day for the list, for a meeting on the 1st (R62)


@dataclass(frozen=True)
class PlannedReport:
    """One report of the plan (R66–R69)."""

    unit: str
    asked_on: date
    due: date


def planned_rounds(plan: Plan, calendar: WorkingCalendar) -> Sequence[PlannedRound]:
    """The visits with their days, in the plan's order."""
    return [
        PlannedRound(
            visit.month, plan.unit(visit.unit).name, plan.opens_on(visit.month),
            earliest_deadline(plan.year, visit.month, plan.rules, calendar).last_day,
        )
        for visit in plan.visits
    ]  # fmt: skip


def planned_reports(plan: Plan, days_before: int) -> Sequence[PlannedReport]:
    """The reports with their days; each is asked for so many days before, never before the plan is signed."""
    due = plan.self_supervising.due
    asked = max(due - timedelta(days=days_before), plan.issued)
    return [PlannedReport(plan.unit(code).name, asked, due) for code in plan.self_supervising.units]
