"""A plan that is being drawn up at the desk: the plan, its addresses, what people still decide. It is no plan yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database import clock, stored
from database.converter import structure
from database.models import Base
from domain.plan import Contacts, Plan
from domain.record import to_data


class PlanDraftRow(Base):
    """The one draft of a year; it goes when the plan is loaded or nobody wants it any more."""

    __tablename__ = "plan_draft"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]  #: goes up with each change: whoever has an older one open is told
    plan: Mapped[dict[str, Any]]
    contacts: Mapped[dict[str, Any]]
    shape: Mapped[int] = mapped_column(server_default="1")  #: of both (`database.stored`)
    decisions: Mapped[list[Any]]
    told: Mapped[list[Any]]
    made_from: Mapped[str]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]


@dataclass(frozen=True)
class OpenDecision:
    """One `CẦN QUYẾT ĐỊNH`: where it stands, what it asks, and what somebody has decided."""

    field: str
    said: str
    decided: str = ""  #: in words; empty while it is open
    by: str = ""
    at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still keeps the plan from being loaded."""
        return not self.by


@dataclass(frozen=True)
class PlanDraft:
    """A draft as a value."""

    plan: Plan
    contacts: Contacts
    decisions: tuple[OpenDecision, ...]
    told: tuple[str, ...]  #: what sources say of the units since the pattern
    made_from: str
    version: int = 0
    saved_at: datetime | None = None
    saved_by: str = ""

    @property
    def undecided(self) -> tuple[OpenDecision, ...]:
        """Those that nobody has settled yet."""
        return tuple(one for one in self.decisions if one.is_open)


def find(session: Session, year: int) -> PlanDraft | None:
    """The draft of that year, None if nobody has begun one."""
    row = session.get(PlanDraftRow, year)
    return _value(row) if row else None


def every(session: Session) -> tuple[PlanDraft, ...]:
    """All drafts, the newest year first."""
    return tuple(map(_value, session.scalars(select(PlanDraftRow).order_by(PlanDraftRow.year.desc()))))


def keep(session: Session, draft: PlanDraft, by: str) -> PlanDraft:
    """Store it in the place of the one before; gives it with its new version."""
    now, known = clock.now(session), session.get(PlanDraftRow, draft.plan.year)
    row = known or PlanDraftRow(year=draft.plan.year, version=0)
    row.version += 1
    row.plan, row.contacts = stored.plan_written(draft.plan, draft.contacts)
    row.shape = stored.PLAN.shape
    row.decisions, row.told = to_data(draft.decisions), list(draft.told)
    row.made_from, row.saved_at, row.saved_by = draft.made_from, now, by
    session.add(row)
    session.flush()
    return _value(row)


def drop(session: Session, year: int) -> None:
    """It has become a plan, or nobody wants it."""
    row = session.get(PlanDraftRow, year)
    if row is not None:
        session.delete(row)


def _value(row: PlanDraftRow) -> PlanDraft:
    both = stored.PLAN.read({"plan": row.plan, "contacts": row.contacts}, row.shape)
    decisions = tuple(structure(one, OpenDecision) for one in row.decisions)
    return PlanDraft(
        both.plan, both.contacts, decisions, tuple(row.told), row.made_from, row.version, row.saved_at, row.saved_by
    )
