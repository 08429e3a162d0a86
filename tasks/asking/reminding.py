"""Uses one ladder of reminders: sends the rung that is due, says when to look again, keeps its date (trap 14)."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import func, select

from config.addresses import form_of
from config.settings import settings
from database import audit, calendars, due_dates, visits
from database.addressees import Addressee, inspectors, staff
from database.dossier import Dossier
from database.models import ReminderRow
from domain.due import DueRule
from domain.ladder import Rung, rung_due
from domain.letters_and_documents import Purpose
from domain.obligation import STEPS
from domain.role import Role
from domain.wait import Wait
from domain.words import without_commands
from tasks.letters.correspondence import write


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
    wait: Wait,
    about: str,
    within: int,
    *,
    task: str,
    detail: str,
    command: str,
    asks_first: Callable[[Mapping[str, object]], None] | None = None,
) -> date | None:
    """Tell the person of the office who answers `wait` at once, then remind; return the day of the next reminder.

    The letter brings the form that answers, what is needed to decide (`detail`, line by line) and the due date,
    `within` working days after the first day it is asked about. `asks_first` writes the first letter where the matter
    has one in words of its own; it gets the facts of this one.
    """
    since = _first_asked(dossier, about) or dossier.today
    rule = DueRule(since, within, settings().ladders.staff, date.fromordinal(since.toordinal() + 1))
    facts = {
        "task": task, "detail": detail, "command": _command(command), "about": dossier.about,
        "link": desk_link(dossier, wait), "due": rule.day(dossier.calendar),
    }  # fmt: skip
    to = whoever_answers(dossier, wait)

    def tell(facts: Mapping[str, object]) -> None:
        write(dossier, Purpose.STAFF_TASK, to, facts, revision=_next_revision(dossier))

    if due_dates.highest_rung(dossier.session, dossier.visit.id, about) < 0:
        (asks_first or tell)(facts)
        dossier.session.add(ReminderRow(visit_id=dossier.visit.id, about=about, rung=0, sent_at=dossier.now))
        dossier.session.flush()
    return climb(dossier, about, rule, lambda _rung: tell(facts))


def whoever_answers(dossier: Dossier, wait: Wait) -> Addressee:
    """Whose matter it is: a role of the office, or the head of the working group, with a copy to the officer."""
    group = inspectors(dossier) if wait.whom is Role.INSPECTOR else []
    if not group:
        return staff(dossier, Role.OFFICER if wait.whom is Role.INSPECTOR else wait.whom)
    return Addressee(group[0].key, group[0].contact, (staff(dossier, Role.OFFICER).contact,))


def desk_link(dossier: Dossier, wait: Wait) -> str:
    """The whole address of the form that answers it; a rehearsal's leads to the rehearsal's own desk."""
    return settings().desk_url + form_of(dossier.visit.obligation, wait)


def _command(command: str) -> str:
    return command if settings().commands_in_letters else ""


def tell_of_stop(dossier: Dossier, wait: Wait, detail: str) -> None:
    """Tell the officer, each time it happens, that a run stands still and wants to be started again."""
    session, visit = dossier.session, dossier.visit
    rung = due_dates.highest_rung(session, visit.id, due_dates.STOPS) + 1
    facts = {
        "task": wait.shown, "detail": without_commands(detail), "about": dossier.about, "step": _step(dossier),
        "link": desk_link(dossier, wait), "command": _command(f'visits retry {visit.key} --by "…"'),
    }  # fmt: skip
    write(dossier, Purpose.RUN_STOPPED, staff(dossier, Role.OFFICER), facts, revision=rung)
    session.add(ReminderRow(visit_id=visit.id, about=due_dates.STOPS, rung=rung, sent_at=dossier.now))
    audit.note(session, audit.SYSTEM, "báo cán bộ", visit.id, about=wait.shown)


def _step(dossier: Dossier) -> str:
    """The step at which it stands; empty where every step is done and only letters are left."""
    done = visits.finished_steps(dossier.session, dossier.visit.id)
    steps = STEPS[dossier.visit.obligation.kind]
    return next((step.title for step in steps if step not in done), "")


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
