"""Step 1: asks the host's standing board for its list of meetings (D1, R62–R65, R86)."""

from datetime import date

from database import calendars, documents, due_dates, visits
from database.addressees import host
from database.dossier import Dossier
from database.list_due import LIST, asked_for, due_of_list, told_rule
from domain.letters_and_documents import Purpose
from domain.list_due import ListDue
from domain.obligation import Kind, Obligation
from domain.outcome import Done, Outcome, Waiting
from domain.step import Step
from domain.wait import Wait
from letters.message import Attachment
from papers.issued_plan import list_due_said
from sheets.nominations.nomination_form import nomination_form
from tasks.letters.correspondence import write
from tasks.steps.step_task import step_task

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def work(dossier: Dossier) -> Outcome:
    """Queue the request as soon as its day has come; never before the plan is signed (A5)."""
    visit = dossier.visit
    if dossier.today < visit.opens_on:
        return Waiting(Wait.REQUEST_DAY, visit.opens_on, "chưa đến ngày gửi đề nghị đề cử")
    due = _tell_day(dossier)
    facts = {
        "due": due.day, "tight": due.tight, "first_in_time": due.first_in_time, "instead_of": _instead_of(dossier, due),
    }  # fmt: skip
    write(
        dossier, Purpose.NOMINATION_REQUEST, host(dossier), facts, further=[_list_form(dossier, due)], must_arrive=True
    )
    return Done(f"đề nghị gửi {dossier.unit.standing_board}")


def _tell_day(dossier: Dossier) -> ListDue:
    """The day that this letter tells; every later letter and page says the same, whatever becomes of the calendar."""
    rule = told_rule(dossier) or asked_for(dossier.visit, dossier.plan, dossier.today).fixed(dossier.calendar)
    due_dates.note(
        dossier.session, dossier.visit.id, LIST, rule, calendars.in_force(dossier.session), dossier.today
    )  # fmt: skip
    return due_of_list(dossier, rule)


def _instead_of(dossier: Dossier, due: ListDue) -> date | None:
    """The day that stands in the issued plan, where the request goes out so late that it says another one."""
    session, visit = dossier.session, dossier.visit
    plan = visits.of(session, Obligation(Kind.PLAN, visit.year))
    issued = documents.latest_issued(session, plan.id, Purpose.ANNUAL_PLAN) if plan else None
    said = list_due_said(issued.body, visit.month, dossier.unit.name) if issued else None
    return said if said != due.day else None


def _list_form(dossier: Dossier, due: ListDue) -> Attachment:
    """The list to fill in, made for this host and month (A22, P6)."""
    visit = dossier.visit
    content = nomination_form(dossier.plan, dossier.unit, visit.year, visit.month, due)
    return Attachment(f"{visit.key.replace('/', '_')}_mau-danh-sach.xlsx", content, _XLSX)


request_nominations = step_task(Step.REQUEST_NOMINATIONS, work)
