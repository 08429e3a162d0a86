"""Dates that visits wait for: which rule made them, by which version of the calendar, and why in one line."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from database import clock, stored
from database.calendars import InForce
from database.models import Base, ReminderRow
from domain.due import DueRule
from domain.ladder import next_rung, rung_due
from domain.record import to_data

#: What the letters about runs that stand still are counted by.
STOPS = "stopped"


class DueDateRow(Base):
    """One date that a visit waits or waited for. Counted again when the visit looks or the calendar changes."""

    __tablename__ = "due_date"
    __table_args__ = (UniqueConstraint("visit_id", "about"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    about: Mapped[str]  #: the ladder it belongs to: `choice:1`
    rule: Mapped[dict[str, Any]]  #: `DueRule` as data
    shape: Mapped[int] = mapped_column(server_default="1")  #: of `rule` (`database.stored`)
    due: Mapped[date]
    next_on: Mapped[date | None]  #: the next reminder
    why: Mapped[str]
    calendar_version: Mapped[int]
    provisional: Mapped[bool]  #: the official notice of its year was not out when it was counted
    is_open: Mapped[bool]  #: whether it is still waited for
    noted_at: Mapped[datetime]

    @property
    def as_rule(self) -> DueRule:
        """How it is counted."""
        return stored.DUE_RULE.read(self.rule, self.shape)


def note(session: Session, visit_id: int, about: str, rule: DueRule, calendar: InForce, today: date) -> DueDateRow:
    """Keep the date that a visit waits for now; a visit waits for one thing, so its other dates are over."""
    others = update(DueDateRow).where(DueDateRow.visit_id == visit_id, DueDateRow.about != about, DueDateRow.is_open)
    session.execute(others.values(is_open=False))
    row = session.scalars(select(DueDateRow).where(DueDateRow.visit_id == visit_id, DueDateRow.about == about)).first()
    row = row or DueDateRow(visit_id=visit_id, about=about)
    row.rule, row.shape = to_data(rule), stored.DUE_RULE.shape
    row.is_open, row.noted_at = True, clock.now(session)
    count(session, row, calendar, today)
    session.add(row)
    return row


def count(session: Session, row: DueDateRow, calendar: InForce, today: date) -> None:
    """Count a date by that calendar."""
    rule, done = row.as_rule, highest_rung(session, row.visit_id, row.about)
    working = calendar.working(_years(rule.since))
    row.due, row.why = rule.day(working), rule.why(working)
    row.next_on = next_look(rule, calendar, done, today)
    row.calendar_version, row.provisional = calendar.version, calendar.content.is_provisional(row.due)


def next_look(rule: DueRule, calendar: InForce, done: int, today: date) -> date | None:
    """The day of the next reminder: today if one is due that was not sent, None at the top of the ladder."""
    rungs = rule.rungs(calendar.working(_years(rule.since)))
    if rung_due(rungs, done, today):
        return today
    following = next_rung(rungs, done, today)
    return following.day if following else None


def _years(since: date) -> tuple[int, ...]:
    return since.year - 1, since.year, since.year + 1


def open_of(session: Session, visit_id: int) -> Sequence[DueDateRow]:
    """What a visit waits for now: one date, or none."""
    query = select(DueDateRow).where(DueDateRow.visit_id == visit_id, DueDateRow.is_open)
    return session.scalars(query.order_by(DueDateRow.id)).all()


def close(session: Session, visit_id: int) -> None:
    """The visit no longer waits for any of its dates."""
    query = update(DueDateRow).where(DueDateRow.visit_id == visit_id, DueDateRow.is_open)
    session.execute(query.values(is_open=False))


def last_told(session: Session, visit_id: int, about: str) -> datetime | None:
    """When somebody was last written to about that; None before the first time."""
    query = select(func.max(ReminderRow.sent_at)).where(ReminderRow.visit_id == visit_id, ReminderRow.about == about)
    return session.scalar(query)


def highest_rung(session: Session, visit_id: int, about: str) -> int:
    """The highest reminder of a ladder that was used; -1 before the first."""
    query = select(func.max(ReminderRow.rung)).where(ReminderRow.visit_id == visit_id, ReminderRow.about == about)
    highest = session.scalar(query)
    return -1 if highest is None else highest
