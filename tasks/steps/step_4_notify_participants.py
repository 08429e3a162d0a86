"""Step 4: prepares the notice and the invitations, waits for the clerk's number, sends them (R52, R71, R72, A1)."""

from database.dossier import Dossier
from domain.outcome import Done, Outcome
from domain.state import DocumentState
from domain.step import Step
from tasks.asking.late_list import tell_of_decision
from tasks.asking.notice import draft_notice, send_notice, wait_for_issue
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """Nothing leaves the office before a person has issued the notice."""
    tell_of_decision(dossier)
    notice = draft_notice(dossier)
    if notice.state != DocumentState.ISSUED:
        return wait_for_issue(dossier, notice)
    return send_notice(dossier, notice) or Done(f"thông báo số {notice.symbol}")


notify_participants = step_task(Step.NOTIFY_PARTICIPANTS, work)
