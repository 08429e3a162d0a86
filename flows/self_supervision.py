"""One unit that supervises itself: its report is asked for, comes, is reviewed; or it is named as missing (R66–R69)."""

from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from domain.obligation import Kind, Obligation, SelfReportStep
from flows.engine.server import RESULTS
from flows.engine.step_by_step import Steps, go_step_by_step
from tasks.steps.self_1_request_report import request_report
from tasks.steps.self_2_receive_report import receive_report
from tasks.steps.self_3_review_report import review_report

STEPS: Steps = {
    SelfReportStep.REQUEST_REPORT: request_report,
    SelfReportStep.RECEIVE_REPORT: receive_report,
    SelfReportStep.REVIEW_REPORT: review_report,
}


@flow(name="self-supervision", persist_result=False, result_storage=RESULTS)
def self_supervision(
    year: Annotated[int, Field(title="Năm", ge=2000, le=2100)],
    unit: Annotated[str, Field(title="Mã đơn vị, ví dụ long_thanh", pattern=r"^\w+$")],
) -> State[None]:
    """Chạy hoặc chạy tiếp việc báo cáo của một đơn vị tự dự, giám sát."""
    return go_step_by_step(Obligation(Kind.SELF_REPORT, year, 0, unit), STEPS)
