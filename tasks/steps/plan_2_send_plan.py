"""The plan, step 2: sends it to everybody whom its list of recipients names (R77–R82)."""

from database.dossier import Dossier
from domain.letters_and_documents import Purpose
from domain.obligation import PlanStep
from domain.outcome import Done, Outcome
from papers.facts import facts_for
from papers.recipients import recipients_of
from tasks.letters.correspondence import write
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """One letter to each; the standing boards, who must act by it, have to be reached."""
    row = dossier.document(Purpose.ANNUAL_PLAN)
    assert row is not None, "step 1 has issued it"
    facts = facts_for(dossier, Purpose.ANNUAL_PLAN)
    everyone = [to for line in recipients_of(dossier, Purpose.ANNUAL_PLAN) for to in line.whom]
    for to in everyone:
        must = to.key.startswith("standing_board:")
        write(dossier, Purpose.ANNUAL_PLAN, to, facts, revision=row.revision, document=row, must_arrive=must)
    return Done(f"gửi kế hoạch số {row.symbol} tới {len(everyone)} nơi")


send_plan = step_task(PlanStep.SEND_PLAN, work)
