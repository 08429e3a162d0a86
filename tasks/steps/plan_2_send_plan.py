"""The plan, step 2: sends it to everybody whom its list of recipients names (R77–R82)."""

from database.dossier import Dossier
from domain.letters_and_documents import Purpose
from domain.obligation import PlanStep
from domain.outcome import Done, Outcome
from tasks.letters.bringing import bring_plan
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """One letter to each; the standing boards, who must act by it, have to be reached."""
    row = dossier.document(Purpose.ANNUAL_PLAN)
    assert row is not None, "step 1 has issued it"
    return Done(f"gửi kế hoạch số {row.symbol} tới {bring_plan(dossier, row)} nơi")


send_plan = step_task(PlanStep.SEND_PLAN, work)
