"""Self-supervision, step 1: asks a unit for its report of the year once the công văn has a number (R67, D12)."""

from database.dossier import Dossier
from database.self_reports import reported
from domain.letters_and_documents import Purpose
from domain.obligation import SelfReportStep
from domain.outcome import Done, Outcome, Waiting
from domain.wait import Wait
from papers.requests import asked_alike
from tasks.asking.requesting import numbered
from tasks.letters.bringing import bring_request
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """Ask once, when the day has come and the công văn is issued; who has reported before is not asked."""
    visit = dossier.visit
    if reported(dossier.session, visit.id).report is not None:
        return Done("đơn vị đã gửi báo cáo trước khi đề nghị")
    if dossier.today < visit.opens_on:
        return Waiting(Wait.SELF_REPORT_DAY, visit.opens_on, "chưa đến ngày đề nghị báo cáo")
    document = numbered(dossier, Purpose.YEAR_END_REQUEST, Wait.SELF_REPORT_ISSUE, lambda: _said(dossier))
    if isinstance(document, Waiting):
        return document
    bring_request(dossier, document)
    return Done(f"đề nghị {dossier.unit.standing_board} báo cáo, công văn số {document.symbol}")


def _said(dossier: Dossier) -> str:
    """Which công văn it is, and to whom: one number for all units that are asked on this day."""
    boards = [dossier.plan.unit(row.unit).standing_board for row in asked_alike(dossier, Purpose.YEAR_END_REQUEST)]
    return (
        f"Công văn đề nghị báo cáo kết quả tự dự, giám sát năm {dossier.visit.year}, "
        f"gửi {len(boards):02d} nơi: {'; '.join(boards)}."
    )


request_report = step_task(SelfReportStep.REQUEST_REPORT, work)
