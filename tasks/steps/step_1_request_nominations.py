"""Step 1: asks the host's standing board for its list of meetings (D1, R62–R65, R86)."""

from database.dossier import Dossier
from domain.deadline import earliest_deadline
from domain.letters_and_documents import Purpose
from domain.outcome import Done, Outcome, Waiting
from domain.step import Step
from domain.wait import Wait
from letters.message import Attachment
from sheets.nominations.nomination_form import nomination_form
from tasks.letters.correspondence import host, write
from tasks.steps.step_task import step_task

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def work(dossier: Dossier) -> Outcome:
    """Queue the request as soon as its day has come; never before the plan is signed (A5)."""
    visit = dossier.visit
    if dossier.today < visit.opens_on:
        return Waiting(Wait.REQUEST_DAY, visit.opens_on, "chưa đến ngày gửi đề nghị đề cử")
    deadline = earliest_deadline(visit.year, visit.month, dossier.plan.rules, dossier.calendar)
    write(
        dossier,
        Purpose.NOMINATION_REQUEST,
        host(dossier),
        {"earliest_deadline": deadline.last_day},
        further=[_list_form(dossier)],
        must_arrive=True,
    )
    return Done(f"đề nghị gửi {dossier.unit.standing_board}")


def _list_form(dossier: Dossier) -> Attachment:
    """The list to fill in, made for this host and month (A22, P6)."""
    visit = dossier.visit
    content = nomination_form(dossier.plan, dossier.unit, visit.year, visit.month, dossier.calendar)
    return Attachment(f"{visit.key.replace('/', '_')}_mau-danh-sach.xlsx", content, _XLSX)


request_nominations = step_task(Step.REQUEST_NOMINATIONS, work)
