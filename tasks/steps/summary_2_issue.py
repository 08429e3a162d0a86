"""Annual summary, step 2: waits for approval and number, reports to the Standing Committee (R68, R74, D14)."""

from database import audit, visits
from database.dossier import Dossier
from database.models import VisitRow
from domain.letters_and_documents import Purpose
from domain.obligation import Kind, SummaryStep
from domain.outcome import Done, Outcome
from domain.state import VisitState
from domain.wait import Wait
from papers.drafts import draw_up
from papers.recipients import standing_board
from tasks.asking.issuing import Issuing, wait_for_issue_of
from tasks.letters.bringing import bring_summary
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """A report or reply that comes before the issue makes a new draft, which is approved anew."""
    report = draw_up(dossier, Purpose.ANNUAL_REPORT)
    how = Issuing(
        "summary", "báo cáo tổng hợp năm", dossier.about, "từ số liệu của năm và nhiệm vụ, giải pháp đã ghi",
        Wait.SUMMARY_APPROVAL, Wait.SUMMARY_ISSUE, audit.last_by_people(dossier.session, dossier.visit.year),
    )  # fmt: skip
    if waiting := wait_for_issue_of(dossier, report, how):
        return waiting
    _let_the_missing_go(dossier)
    to = standing_board(dossier)
    bring_summary(dossier, report)
    if not to.contact.email:
        nobody = f"chưa có địa chỉ {dossier.plan.structure.standing_board}"
        return Done(f"báo cáo số {report.symbol}; {nobody}, chuyển bản giấy")
    return Done(f"báo cáo số {report.symbol}")


def _let_the_missing_go(dossier: Dossier) -> None:
    """Who has not reported by now is named in the report: its run has nothing to wait for any more."""
    of_year = (VisitRow.year == dossier.visit.year, VisitRow.kind == Kind.SELF_REPORT)
    for row in visits.lock(dossier.session, *of_year, VisitRow.state == VisitState.OPEN):
        visits.ask_to_wake(dossier.session, row.id)


issue_summary = step_task(SummaryStep.ISSUE, work)
