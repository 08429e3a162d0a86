"""The annual summary: added up from records, approved, issued to the Standing Committee (R68, R74, D14)."""

from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from domain.obligation import Kind, Obligation, SummaryStep
from flows.engine.server import RESULTS
from flows.engine.step_by_step import Steps, go_step_by_step
from tasks.steps.summary_1_gather import gather
from tasks.steps.summary_2_issue import issue_summary

STEPS: Steps = {SummaryStep.GATHER: gather, SummaryStep.ISSUE: issue_summary}


@flow(name="annual-summary", persist_result=False, result_storage=RESULTS)
def annual_summary(year: Annotated[int, Field(title="Năm", ge=2000, le=2100)]) -> State[None]:
    """Chạy hoặc chạy tiếp báo cáo tổng hợp của một năm."""
    return go_step_by_step(Obligation(Kind.SUMMARY, year), STEPS)
