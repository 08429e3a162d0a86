"""How a visit stands today: to which groups it belongs, when its answer is due, how late that is, how urgent."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.due_dates import DueDateRow
from database.models import VisitRow
from domain.state import VisitState


@dataclass(frozen=True)
class Standing:
    """How one visit stands on one day."""

    groups: tuple[str, ...]  #: of `late`, `waiting`, `undecided`, `planned`, `closed`, `cancelled`
    due: date | None = None
    late: int = 0  #: days after `due`
    why: str = ""  #: how the due date was counted
    provisional: bool = False  #: the official notice of that year's holidays is not out yet (C4)
    trouble: bool = False  #: its run has failed or was stopped
    moving: bool = False  #: the service is at work on what was just decided
    urgency: tuple[int, int] = (9, 0)  #: the smaller, the sooner somebody must act


def standing_of(row: Any, due: Any, today: date) -> Standing:
    """How a visit stands; `row` is a `VisitRow`, `due` a `DueDateRow` or its columns, or None."""
    if row.state == VisitState.PLANNED:
        return Standing(("planned",), urgency=(5, row.opens_on.toordinal()))
    if row.state == VisitState.UNDECIDED:
        return Standing(("undecided",), urgency=(2, 0))  # a person is asked, and nothing says that it can wait
    if row.state != VisitState.OPEN:
        return Standing((row.state,), urgency=(6, 0))
    if row.in_motion:
        return Standing(("waiting",), moving=True, urgency=(4, 0))
    if row.trouble:
        return Standing(("late", "waiting"), trouble=True, urgency=(0, 0))
    if due is not None:
        late = max(0, (today - due.due).days)
        return Standing(
            ("late", "waiting") if late else ("waiting",), due.due, late, due.why, due.provisional,
            urgency=(1, -late) if late else (3, due.due.toordinal()),
        )  # fmt: skip
    wait, until = row.wait, row.waiting_until
    if wait is not None and wait.whom not in ("date", "mail_server"):
        return Standing(("waiting",), urgency=(2, 0))  # nothing says when, so nothing says that it can wait
    return Standing(("waiting",), urgency=(4, until.toordinal() if until else 0))


def open_dates(session: Session, year: int | None = None) -> dict[int, Any]:
    """The date that each open visit waits for, by visit; of one year or of all."""
    columns = (DueDateRow.visit_id, DueDateRow.due, DueDateRow.why, DueDateRow.provisional)
    query = select(*columns).join(VisitRow, VisitRow.id == DueDateRow.visit_id).where(VisitRow.state == VisitState.OPEN)
    if year is not None:
        query = query.where(VisitRow.year == year)
    return {row.visit_id: row for row in session.execute(query.where(DueDateRow.is_open))}
