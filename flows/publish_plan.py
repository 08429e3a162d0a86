"""The plan of a year becomes known: issued by the clerk, sent to all whom it names (R1–R8, R77–R82)."""

from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from domain.obligation import Kind, Obligation, PlanStep
from flows.engine.server import RESULTS
from flows.engine.step_by_step import Steps, go_step_by_step
from tasks.steps.plan_1_issue_plan import issue_plan
from tasks.steps.plan_2_send_plan import send_plan

STEPS: Steps = {PlanStep.ISSUE_PLAN: issue_plan, PlanStep.SEND_PLAN: send_plan}


@flow(name="publish-plan", persist_result=False, result_storage=RESULTS)
def publish_plan(year: Annotated[int, Field(title="Năm", ge=2000, le=2100)]) -> State[None]:
    """Chạy hoặc chạy tiếp việc phát hành, gửi kế hoạch của một năm."""
    return go_step_by_step(Obligation(Kind.PLAN, year), STEPS)
