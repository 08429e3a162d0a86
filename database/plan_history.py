"""What each version of a year's plan has changed, by whom and when: the addresses entry by entry."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.contacts_form import change_told
from database import stored
from database.models import PlanRow
from domain.contact_changes import contact_changes
from domain.plan import Contacts, Plan
from domain.plan_changes import plan_changes


def what_changed(before: tuple[Plan, Contacts], after: tuple[Plan, Contacts]) -> dict[str, list[str]]:
    """What the new version says otherwise, in words: the record keeps it, and tells where an address came from."""
    names = {unit.code: unit.short_name for unit in (*before[0].units, *after[0].units)}
    addresses = [change_told(change, names) for change in contact_changes(before[1], after[1])]
    told = {"changed": list(plan_changes(before[0], after[0])), "addresses": addresses}
    return {name: lines for name, lines in told.items() if lines}


@dataclass(frozen=True)
class Version:
    """One version of a year's plan, with what it changed of the one before."""

    number: int
    loaded_at: datetime
    loaded_by: str
    changes: tuple[str, ...]
    addresses: tuple[str, ...]


def versions(session: Session, year: int) -> tuple[Version, ...]:
    """Every version of that year's plan, newest first; the first one has changed nothing."""
    rows = session.scalars(select(PlanRow).where(PlanRow.year == year).order_by(PlanRow.version)).all()
    told: list[Version] = []
    before: tuple[Plan, Contacts] | None = None
    for row in rows:
        both = stored.plan_of(row)
        changed = what_changed(before, both) if before else {}
        lists = (tuple(changed.get(name, ())) for name in ("changed", "addresses"))
        told.append(Version(row.version, row.loaded_at, row.loaded_by, *lists))
        before = both
    return tuple(reversed(told))
