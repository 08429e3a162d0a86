"""Follow-up: reminds the host of each recommendation around its date, and ends when all are reported as done (D11)."""

from datetime import timedelta

from config.settings import settings
from database import documents
from database.addressees import host_or_above
from database.dossier import Dossier
from database.follow_ups import followed, visit_of
from domain.dates import short_date
from domain.due import DueRule
from domain.follow_up import Followed
from domain.ladder import Rung
from domain.letters_and_documents import Purpose
from domain.obligation import FollowUpStep
from domain.outcome import Done, Outcome, Waiting
from domain.wait import Wait
from tasks.asking.reminding import climb
from tasks.letters.correspondence import write
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """One ladder for each date that recommendations share; the next date begins when the one before is answered.

    What is never answered waits on: it is shown in the annual report and in next year's file of the unit.
    """
    visit = visit_of(dossier.session, dossier.visit)
    every = followed(dossier.session, visit)
    still = [one for one in every if one.open]
    if not still:
        return Done(f"đã báo cáo thực hiện {len(every)} kiến nghị")
    due = min(one.asked.due for one in still)
    asked_for = [one for one in still if one.asked.due == due or one.overdue(dossier.today)]

    def remind(rung: Rung) -> None:
        _remind(dossier, asked_for, rung)

    opened = (dossier.visit.opened_at or dossier.now).date()
    rule = DueRule(due, 0, settings().ladders.remedies, opened + timedelta(days=3))
    following = climb(dossier, f"remedies:{due}", rule, remind)
    after = due + timedelta(days=1)
    if dossier.today <= due:
        told = f"{len(still)} kiến nghị, hạn gần nhất {short_date(due)}"
        return Waiting(Wait.REMEDIES, min(following or after, after), told)
    late = sum(one.overdue(dossier.today) for one in still)
    return Waiting(Wait.REMEDIES_OVERDUE, following, f"{late} kiến nghị quá hạn, {len(still)} chưa báo cáo")


def _remind(dossier: Dossier, about: list[Followed], rung: Rung) -> None:
    visit = visit_of(dossier.session, dossier.visit)
    notice = documents.latest_issued(dossier.session, visit.id, Purpose.RESULT_NOTICE)
    due = min(one.asked.due for one in about)
    facts = {
        "open": about, "overdue": dossier.today > due, "notice": notice.symbol if notice else "",
        "notice_on": notice.issued_on if notice else None,
    }  # fmt: skip
    # The date is part of the number, so that the ladder of the next date begins with letters of its own.
    revision = due.toordinal() * 100 + rung.number
    write(dossier, Purpose.REMEDY_REMINDER, host_or_above(dossier, rung), facts, revision=revision)


wait_for_remedies = step_task(FollowUpStep.WAIT_FOR_REMEDIES, work)
