"""One visit, from the request for nominations to the result notice, as one run that waits for weeks (R40–R75)."""

from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from domain.obligation import Kind, Obligation
from domain.step import Step
from flows.engine.server import RESULTS
from flows.engine.step_by_step import Steps, go_step_by_step
from tasks.steps.step_1_request_nominations import request_nominations
from tasks.steps.step_2_check_deadline import check_deadline
from tasks.steps.step_3_select_thematic_cell import select_thematic_cell
from tasks.steps.step_4_notify_participants import notify_participants
from tasks.steps.step_5_collect_findings import collect_findings
from tasks.steps.step_6_issue_result_notice import issue_result_notice

STEPS: Steps = {
    Step.REQUEST_NOMINATIONS: request_nominations,
    Step.CHECK_DEADLINE: check_deadline,
    Step.SELECT_THEMATIC_CELL: select_thematic_cell,
    Step.NOTIFY_PARTICIPANTS: notify_participants,
    Step.COLLECT_FINDINGS: collect_findings,
    Step.ISSUE_RESULT_NOTICE: issue_result_notice,
}


@flow(name="monthly-visit", persist_result=False, result_storage=RESULTS)
def monthly_visit(
    year: Annotated[int, Field(title="Năm", ge=2000, le=2100)],
    month: Annotated[int, Field(title="Tháng", ge=1, le=12)],
    unit: Annotated[str, Field(title="Mã đơn vị, ví dụ nhon_trach", pattern=r"^\w+$")],
) -> State[None]:
    """Chạy hoặc chạy tiếp một đợt dự, giám sát: từng bước, mỗi bước một lần."""
    return go_step_by_step(Obligation(Kind.VISIT, year, month, unit), STEPS)
