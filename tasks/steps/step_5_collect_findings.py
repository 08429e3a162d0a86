"""Step 5: waits for the meeting, asks the inspectors, waits for findings and the group's report (R14, R15, R73, A2)."""

from collections.abc import Sequence
from datetime import date

from config.settings import settings
from database.addressees import inspectors
from database.dossier import Dossier
from domain.dates import short_date
from domain.due import DueRule
from domain.findings_check import check_visit
from domain.ladder import Rung
from domain.letters_and_documents import Purpose
from domain.outcome import Done, Outcome, Waiting
from domain.state import DocumentState
from domain.step import Step
from domain.wait import Wait
from tasks.asking.eve import next_eve, tell_who_comes
from tasks.asking.notice import draft_notice, send_notice, wait_for_issue
from tasks.asking.reminding import climb
from tasks.asking.report import approver, wait_for_report
from tasks.letters.correspondence import write
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """A moved meeting is announced first; then the meeting, the findings, the report, in this order."""
    notice = draft_notice(dossier)
    if notice.state != DocumentState.ISSUED:
        return wait_for_issue(dossier, notice)
    if waiting := send_notice(dossier, notice):
        return waiting
    last_day = max(meeting.day for meeting in dossier.chosen)
    tell_who_comes(dossier, notice.revision)
    if dossier.today < last_day:
        return Waiting(Wait.MEETING_DAY, next_eve(dossier) or last_day, f"sinh hoạt ngày {short_date(last_day)}")
    missing = _missing(dossier)
    if missing or dossier.findings is None:
        return _wait_for_findings(dossier, last_day, notice.revision, missing)
    return wait_for_report(dossier) or Done(f"báo cáo của Tổ công tác do {approver(dossier)} duyệt")


def _missing(dossier: Dossier) -> Sequence[object]:
    findings = dossier.findings
    if findings is None:
        return ()
    return [one for one in check_visit(findings, dossier.plan, dossier.chosen) if not one.warning]


def _wait_for_findings(dossier: Dossier, last_day: date, revision: int, missing: Sequence[object]) -> Waiting:
    """Ask and remind once for each revision of the notice: a meeting put off is asked about again on its new day."""
    rule = DueRule(last_day, settings().ladders.findings_within, settings().ladders.findings)
    due = rule.day(dossier.calendar)
    for to in inspectors(dossier):
        facts = {"inspector": to.contact.name, "meetings": dossier.chosen, "due": due}
        write(dossier, Purpose.FINDINGS_REQUEST, to, facts, revision=revision)

    def remind(rung: Rung) -> None:
        for to in inspectors(dossier):
            facts = {
                "inspector": to.contact.name, "meetings": dossier.chosen, "due": due,
                "days_left": (due - dossier.today).days,
            }  # fmt: skip
            write(dossier, Purpose.FINDINGS_REMINDER, to, facts, revision=revision * 100 + rung.number)

    following = climb(dossier, f"findings:{revision}", rule, remind)
    detail = f"còn thiếu {len(missing)} mục" if missing else f"hạn {short_date(due)}"
    return Waiting(Wait.FINDINGS, following, detail)


collect_findings = step_task(Step.COLLECT_FINDINGS, work)
