"""Self-supervision, step 2: waits for a unit's report, and reminds until its date is over (R67, R87, A13)."""

from datetime import date, timedelta

from config.settings import settings
from database import visits
from database.addressees import host_or_above
from database.dossier import Dossier
from database.self_reports import reported, summary_is_issued
from domain.dates import short_date
from domain.due import DueRule
from domain.ladder import Rung
from domain.letters_and_documents import Purpose
from domain.obligation import SelfReportStep
from domain.outcome import Done, Outcome, Waiting
from domain.wait import Wait
from tasks.asking.reminding import climb
from tasks.letters.correspondence import write
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """The date is inclusive to its midnight; a late report is still taken until the annual report has gone out."""
    due, state = dossier.plan.self_supervising.due, reported(dossier.session, dossier.visit.id)
    if state.first_on is not None:
        when = f"nhận báo cáo ngày {short_date(state.first_on)}"
        return Done(f"{when}, trễ hạn" if state.late(due) else f"{when}, đúng hạn")
    if summary_is_issued(dossier.session, dossier.visit.year):
        return Done("không gửi báo cáo, đã nêu tên trong báo cáo tổng hợp")

    def remind(rung: Rung) -> None:
        left = (due - dossier.today).days
        facts = {"due": due, "days_left": left, "overdue": left < 0}
        write(dossier, Purpose.YEAR_END_REMINDER, host_or_above(dossier, rung), facts, revision=rung.number)

    rule = DueRule(due, 0, settings().ladders.self_report, _asked_on(dossier) + timedelta(days=3))
    following = climb(dossier, "self_report", rule, remind)
    board = dossier.unit.standing_board
    if dossier.today > due:
        return Waiting(Wait.SELF_REPORT_OVERDUE, following, f"{board} đã quá hạn {short_date(due)}")
    after = due + timedelta(days=1)  # the day on which it is late, reminder or not
    return Waiting(Wait.SELF_REPORT, min(following or after, after), f"{board} báo cáo trước hết {short_date(due)}")


def _asked_on(dossier: Dossier) -> date:
    """The day on which the unit was asked: reminders begin some days after it, however long the number took."""
    asked = visits.step_done_on(dossier.session, dossier.visit.id, SelfReportStep.REQUEST_REPORT)
    return asked or (dossier.visit.opened_at or dossier.now).date()


receive_report = step_task(SelfReportStep.RECEIVE_REPORT, work)
