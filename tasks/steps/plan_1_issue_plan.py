"""The plan, step 1: draws the year's plan with its days, and waits until the clerk has issued it (R1–R8)."""

from datetime import datetime

from config.settings import settings
from database import calendars, plans
from database.dossier import Dossier
from domain.dates import short_date
from domain.letters_and_documents import Purpose
from domain.obligation import PlanStep
from domain.outcome import Done, Outcome, Waiting
from domain.state import DocumentState
from domain.wait import Wait
from papers.drafts import draw_up
from tasks.asking.issuing import first_asked
from tasks.asking.reminding import ask_staff
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """Its number and day are those of the plan file: the leadership has signed it before it was loaded."""
    plan = dossier.plan
    if dossier.today < dossier.visit.opens_on:
        return Waiting(Wait.PLAN_DAY, dossier.visit.opens_on, f"kế hoạch ký ngày {short_date(plan.issued)}")
    row = draw_up(dossier, Purpose.ANNUAL_PLAN)
    if row.state == DocumentState.ISSUED:
        return Done(f"kế hoạch số {row.symbol}")
    following = ask_staff(
        dossier, Wait.PLAN_ISSUE, f"plan:{first_asked(dossier, row, _told(dossier))}", settings().ladders.issue_within,
        task="Phát hành kế hoạch năm",
        detail=f"Kế hoạch số {plan.symbol}, ngày {short_date(plan.issued)}, bản {row.revision}, người ký "
        f"{plan.signer.name}; kèm bản ký đã quét nếu có.",
        command=f'visits issue {dossier.visit.key} plan --number {plan.number} --date {plan.issued} --by "…"',
    )  # fmt: skip
    return Waiting(Wait.PLAN_ISSUE, following, f"kế hoạch số {plan.symbol}")


def _told(dossier: Dossier) -> datetime:
    """When the plan was loaded last, or another calendar after the first: its days are counted by it."""
    loaded = plans.current(dossier.session, dossier.visit.year)
    assert loaded is not None, "its plan gave it"
    changed = [one.loaded_at for one in calendars.versions(dossier.session) if one.before is not None]
    return max([loaded.loaded_at, *changed])


issue_plan = step_task(PlanStep.ISSUE_PLAN, work)
