"""Step 1: asks the host for its list of meetings, once the công văn has a number (D1, R62–R65, R86, F23)."""

from database.dossier import Dossier
from domain.dates import month_and_year
from domain.letters_and_documents import Purpose
from domain.outcome import Done, Outcome, Waiting
from domain.step import Step
from domain.wait import Wait
from papers.requests import asked_alike
from tasks.asking.requesting import numbered
from tasks.letters.bringing import bring_request
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """Draw it up when its day has come, never before the plan is signed (A5); it goes out as soon as it is issued.

    A host that has sent its list meanwhile is not asked for it.
    """
    visit = dossier.visit
    if dossier.today < visit.opens_on:
        return Waiting(Wait.REQUEST_DAY, visit.opens_on, "chưa đến ngày gửi đề nghị danh sách")
    if dossier.nominations is not None:  # it came while the request waited for its number, or before its day
        return Done("đơn vị đã gửi danh sách trước khi đề nghị")
    document = numbered(dossier, Purpose.NOMINATION_REQUEST, Wait.REQUEST_ISSUE, lambda: _said(dossier))
    if isinstance(document, Waiting):
        return document
    bring_request(dossier, document)
    return Done(f"đề nghị gửi {dossier.unit.standing_board}, công văn số {document.symbol}")


def _said(dossier: Dossier) -> str:
    """Which công văn it is, and to whom; the days that it tells run from its issue."""
    month = month_and_year(dossier.visit.year, dossier.visit.month)
    boards = [dossier.plan.unit(row.unit).standing_board for row in asked_alike(dossier, Purpose.NOMINATION_REQUEST)]
    return f"Công văn đề nghị danh sách sinh hoạt tháng {month}, gửi {'; '.join(boards)}."


request_nominations = step_task(Step.REQUEST_NOMINATIONS, work)
