"""What waits for the people of some roles, whatever they look at it with; the desk has more of it (`web.mine`)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.addresses import form_of
from config.settings import settings
from database import plans
from database.due_dates import open_of
from database.models import VisitRow
from database.secrecy import marks_of
from domain.dates import month_and_year
from domain.obligation import Kind
from domain.state import VisitState
from domain.wait import Wait

#: The page on which everybody finds all that waits for him.
MINE = "/viec-cua-toi"


@dataclass(frozen=True)
class Waits:
    """One obligation that waits for somebody."""

    about: str  #: as the beginning of a sentence; of what bears a mark the unit and the month alone (A20)
    task: str
    link: str  #: the whole address of the form that answers
    since: date | None = None
    due: date | None = None


def waiting_for(session: Session, roles: Collection[str]) -> tuple[Waits, ...]:
    """Everything that one of these roles must act upon, by its date, then by how long it has waited."""
    asked = [one for one in Wait if one.whom in roles]
    query = select(VisitRow).where(
        VisitRow.state.in_((VisitState.OPEN, VisitState.UNDECIDED)), VisitRow.wait.in_(asked)
    )
    rows = [row for row in session.scalars(query.order_by(VisitRow.id)) if not row.in_motion]
    marks = marks_of(session, rows)
    found = [_covered(session, row) if marks[row.id] else _waits(session, row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.since or date.max, one.about)))


def _waits(session: Session, row: VisitRow) -> Waits:
    assert row.wait is not None, "it was asked for by what it waits for"
    due = open_of(session, row.id)
    link = settings().desk_url + form_of(row.obligation, row.wait)
    return Waits(
        row.obligation.about(_unit(session, row)), row.wait.shown, link,
        row.waiting_since.date() if row.waiting_since else None, due[0].due if due else None,
    )  # fmt: skip


def _covered(session: Session, row: VisitRow) -> Waits:
    when = f"Tháng {month_and_year(row.year, row.month)}" if row.month else f"Năm {row.year}"
    about = ", ".join(filter(None, (when, plans.unit_name(session, row))))
    return Waits(about, "có độ mật, xem ở bàn làm việc", settings().desk_url + MINE)


def _unit(session: Session, row: VisitRow) -> str:
    if row.obligation.kind in (Kind.PLAN, Kind.SUMMARY):
        return ""
    return plans.read(session, row.year)[0].unit(row.unit).name
