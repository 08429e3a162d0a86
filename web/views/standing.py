"""How a visit stands today: to which groups it belongs, when its answer is due, how late that is, how urgent."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from config.settings import Ladders
from domain.working_days import WorkingCalendar
from web.views.waits import due_day, wait_of


@dataclass(frozen=True)
class Standing:
    """How one visit stands on one day."""

    groups: tuple[str, ...]  #: of `late`, `waiting`, `planned`, `closed`, `cancelled`
    due: date | None = None
    late: int = 0  #: days after `due`
    trouble: bool = False  #: its run has failed
    urgency: tuple[int, int] = (9, 0)  #: the smaller, the sooner somebody must act


def standing_of(row: Any, today: date, calendar: WorkingCalendar, ladders: Ladders, legal: date) -> Standing:
    """How a visit stands; `row` is a `VisitRow` or has its columns, `legal` the plan's deadline for its list (R62)."""
    if row.state == "planned":
        return Standing(("planned",), urgency=(5, row.opens_on.toordinal()))
    if row.state != "open":
        rank = {"closed": 7, "cancelled": 8}.get(row.state, 9)
        return Standing((row.state,), urgency=(rank, 0))
    if row.trouble:
        return Standing(("late", "waiting"), trouble=True, urgency=(0, 0))
    wait, until = wait_of(row.waiting_state), row.waiting_until
    if wait is None or row.waiting_since is None or wait.whom in ("date", "mail_server"):
        return Standing(("waiting",), urgency=(4, until.toordinal() if until else 0))
    due = due_day(wait, row.waiting_since.date(), calendar, ladders, legal)
    late = max(0, (today - due).days)
    if late:
        return Standing(("late", "waiting"), due, late, urgency=(1, -late))
    return Standing(("waiting",), due, urgency=(2, due.toordinal()))
