"""Uses one ladder of reminders: sends the rung that is due, and says when to look again (design trap 14)."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import func, select

from database import audit
from database.dossier import Dossier
from database.models import ReminderRow
from domain.ladder import Rung, ladder, next_rung, rung_due
from tasks.correspondence import staff, write


def climb(
    dossier: Dossier,
    about: str,
    due: date,
    offsets: Sequence[int],
    send: Callable[[Rung], None],
    *,
    not_before: date,
) -> date | None:
    """Send the reminder that is due on the ladder around `due`, once; return the day of the next one.

    `about` names the ladder (`nominations`); rungs missed while the service was off are folded into one.
    """
    rungs = ladder(due, offsets, dossier.calendar, not_before=not_before)
    done = _highest_rung(dossier, about)
    rung = rung_due(rungs, done, dossier.today)
    if rung is not None:
        send(rung)
        dossier.session.add(ReminderRow(visit_id=dossier.visit.id, about=about, rung=rung.number, sent_at=dossier.now))
        audit.note(dossier.session, audit.SYSTEM, "nhắc", dossier.visit.id, about=about, rung=rung.number)
        done = rung.number
    following = next_rung(rungs, done, dossier.today)
    return following.day if following else None


def ask_staff(
    dossier: Dossier,
    role: str,
    about: str,
    within: int,
    offsets: Sequence[int],
    task: str,
    detail: str,
    command: str,
) -> date | None:
    """Tell a person of the office at once that something waits, then remind; return the day of the next reminder.

    The ladder begins on the first day it is asked about, `within` working days before its due date.
    """
    since = _first_asked(dossier, about) or dossier.today
    due = dossier.calendar.add(since, within)
    facts = {"task": task, "detail": detail, "command": command}

    def remind(_rung: Rung) -> None:
        write(dossier, "staff_task", staff(dossier, role), facts, revision=_next_revision(dossier))

    if _highest_rung(dossier, about) < 0:
        write(dossier, "staff_task", staff(dossier, role), facts, revision=_next_revision(dossier))
        dossier.session.add(ReminderRow(visit_id=dossier.visit.id, about=about, rung=0, sent_at=dossier.now))
        dossier.session.flush()
    return climb(dossier, about, due, offsets, remind, not_before=date.fromordinal(since.toordinal() + 1))


def _highest_rung(dossier: Dossier, about: str) -> int:
    query = select(func.max(ReminderRow.rung)).where(
        ReminderRow.visit_id == dossier.visit.id, ReminderRow.about == about
    )
    highest = dossier.session.scalar(query)
    return -1 if highest is None else highest


def _first_asked(dossier: Dossier, about: str) -> date | None:
    query = select(func.min(ReminderRow.sent_at)).where(
        ReminderRow.visit_id == dossier.visit.id, ReminderRow.about == about
    )
    first = dossier.session.scalar(query)
    return first.date() if first else None


def _next_revision(dossier: Dossier) -> int:
    """A number of its own for each message, since all tasks share one purpose and recipient."""
    query = select(func.count()).select_from(ReminderRow).where(ReminderRow.visit_id == dossier.visit.id)
    return 1 + (dossier.session.scalar(query) or 0)
