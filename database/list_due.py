"""The day by which the list of one visit is asked for: as the host was told, or as it will be told (R62, A5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import settings
from database import calendars, due_dates
from database.dossier import Dossier
from database.due_dates import DueDateRow
from domain.due import DueRule, nominations_due
from domain.list_due import ListDue, list_due
from domain.plan import Plan
from domain.state import VisitState
from domain.wait import Wait

#: The name of the ladder whose date it is.
LIST = "nominations"


def list_rule(dossier: Dossier) -> DueRule:
    """How the day is counted, with the reminders of today's settings around it; it stays once the host was told."""
    return told_rule(dossier) or rule_of(dossier.visit, dossier.plan, dossier.today)


def told_rule(dossier: Dossier) -> DueRule | None:
    """The same, of a host that was told already."""
    query = select(DueDateRow).where(DueDateRow.visit_id == dossier.visit.id, DueDateRow.about == LIST)
    told = dossier.session.scalars(query).first()
    return replace(told.as_rule, offsets=settings().ladders.nominations) if told else None


def rule_to_tell(dossier: Dossier) -> DueRule:
    """How the day is counted that the request says: as it was told, else as it would be if it went out today."""
    return told_rule(dossier) or asked_for(dossier.visit, dossier.plan, dossier.today).fixed(dossier.calendar)


def tell_day(dossier: Dossier) -> None:
    """Keep the day that the request tells; every later letter and page says the same, whatever the calendar becomes."""
    due_dates.note(
        dossier.session, dossier.visit.id, LIST, rule_to_tell(dossier), calendars.in_force(dossier.session),
        dossier.today,
    )  # fmt: skip


def rule_of(row: Any, plan: Plan, today: date) -> DueRule:
    """How it is counted before the host is told; `row` is a `VisitRow` or has its columns."""
    if row.state == VisitState.PLANNED or row.wait is Wait.REQUEST_ISSUE:  # the days run from the issue
        return asked_for(row, plan, max(row.opens_on, today))
    return asked_for(row, plan, row.opened_at.date() if row.opened_at else row.opens_on)


def asked_for(row: Any, plan: Plan, asked_on: date) -> DueRule:
    """How it is counted where the request goes out on that day."""
    ladders = settings().ladders
    return nominations_due(
        row.year, row.month, asked_on, plan.rules, ladders.answer_within, ladders.nominations
    )  # fmt: skip


def due_of_list(dossier: Dossier, rule: DueRule | None = None) -> ListDue:
    """The day, its reason, and which meetings of the month a list of that day announces in time."""
    visit = dossier.visit
    return list_due(rule or list_rule(dossier), visit.year, visit.month, dossier.plan.rules, dossier.calendar)


def told_days(session: Session, ids: Sequence[int]) -> dict[int, date]:
    """The day that the hosts of those visits were told, where they were asked already."""
    query = select(DueDateRow.visit_id, DueDateRow.due).where(DueDateRow.visit_id.in_(ids), DueDateRow.about == LIST)
    return {row.visit_id: row.due for row in session.execute(query)}
