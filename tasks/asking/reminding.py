"""Uses one ladder of reminders: sends the rung that is due, says when to look again, keeps its date (trap 14)."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import func, select

from database import audit, calendars, due_dates
from database.dossier import Dossier
from database.models import ReminderRow
from domain.due import DueRule
from domain.ladder import Rung, rung_due
from domain.letters_and_documents import Purpose
from domain.role import Role
from tasks.letters.correspondence import staff, write


def climb(dossier: Dossier, about: str, rule: DueRule, send: Callable[[Rung], None]) -> date | None:
    """Send the reminder that is due on the ladder of `rule`, once; return the day of the next one.

    `about` names the ladder (`nominations`); rungs missed while the service was off are folded into one. The date
    is kept with its rule, so that a change of the calendar can say beforehand what it moves (C4).
    """
    session, visit_id = dossier.session, dossier.visit.id
    done = due_dates.highest_rung(session, visit_id, about)
    rung = rung_due(rule.rungs(dossier.calendar), done, dossier.today)
    if rung is not None:
        send(rung)
        session.add(ReminderRow(visit_id=visit_id, about=about, rung=rung.number, sent_at=dossier.now))
        audit.note(session, audit.SYSTEM, "nhắc", visit_id, about=about, rung=rung.number)
    return due_dates.note(session, visit_id, about, rule, calendars.in_force(session), dossier.today).next_on


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
    rule = DueRule(since, within, tuple(offsets), date.fromordinal(since.toordinal() + 1))
    facts = {"task": task, "detail": detail, "command": command, "about": dossier.about}

    def remind(_rung: Rung) -> None:
        write(dossier, Purpose.STAFF_TASK, staff(dossier, role), facts, revision=_next_revision(dossier))

    if due_dates.highest_rung(dossier.session, dossier.visit.id, about) < 0:
        write(dossier, Purpose.STAFF_TASK, staff(dossier, role), facts, revision=_next_revision(dossier))
        dossier.session.add(ReminderRow(visit_id=dossier.visit.id, about=about, rung=0, sent_at=dossier.now))
        dossier.session.flush()
    return climb(dossier, about, rule, remind)


def tell_of_stop(dossier: Dossier, task: str, detail: str, command: str) -> None:
    """Tell the officer, each time it happens, that a run stands still and wants to be started again."""
    session, visit_id = dossier.session, dossier.visit.id
    rung = due_dates.highest_rung(session, visit_id, _STOPS) + 1
    facts = {"task": task, "detail": detail, "command": command, "about": dossier.about}
    write(dossier, Purpose.RUN_STOPPED, staff(dossier, Role.OFFICER), facts, revision=rung)
    session.add(ReminderRow(visit_id=visit_id, about=_STOPS, rung=rung, sent_at=dossier.now))
    audit.note(session, audit.SYSTEM, "báo cán bộ", visit_id, about=task)


#: What the letters about stops are counted by.
_STOPS = "stopped"


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
