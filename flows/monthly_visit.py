"""One visit, from the request for nominations to the result notice, as one run that waits for weeks (R40–R75)."""

from typing import Annotated
from uuid import UUID

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed
from pydantic import Field

from config.settings import settings
from database import clock, plans
from database.engine import reading
from domain.step import Step, Waiting
from flows import artifacts
from flows.attending import Attending, attend, finish, leave_in_trouble
from flows.parking import park
from flows.step_run import take
from tasks.deliver import deliver_task
from tasks.step_1_request_nominations import request_nominations
from tasks.step_2_check_deadline import check_deadline
from tasks.step_3_select_thematic_cell import select_thematic_cell
from tasks.step_4_notify_participants import notify_participants
from tasks.step_5_collect_findings import collect_findings
from tasks.step_6_issue_result_notice import issue_result_notice

STEPS = {
    Step.REQUEST_NOMINATIONS: request_nominations,
    Step.CHECK_DEADLINE: check_deadline,
    Step.SELECT_THEMATIC_CELL: select_thematic_cell,
    Step.NOTIFY_PARTICIPANTS: notify_participants,
    Step.COLLECT_FINDINGS: collect_findings,
    Step.ISSUE_RESULT_NOTICE: issue_result_notice,
}


def _run_name() -> str:
    """`2024-02 · Nhơn Trạch`; the code of the unit if the plan does not know it."""
    given = runtime.flow_run.parameters
    with reading(settings().database) as session:
        row = plans.current(session, given["year"])
    names = {unit["code"]: unit["short_name"] for unit in row.plan["units"]} if row else {}
    return f"{given['year']}-{given['month']:02d} · {names.get(given['unit'], given['unit'])}"


@flow(name="monthly-visit", flow_run_name=_run_name, persist_result=False)
def monthly_visit(
    year: Annotated[int, Field(title="Năm", ge=2000, le=2100)],
    month: Annotated[int, Field(title="Tháng", ge=1, le=12)],
    unit: Annotated[str, Field(title="Mã đơn vị, ví dụ nhon_trach", pattern=r"^\w+$")],
) -> State[None]:
    """Chạy hoặc chạy tiếp một chuyến dự, giám sát: sáu bước, mỗi bước một lần."""
    run_id = UUID(str(runtime.flow_run.id))
    attending = attend(run_id, f"{year}-{month:02d}/{unit}")
    if attending.elsewhere:
        return Completed(message=attending.elsewhere)
    try:
        return _go_on(run_id, attending)
    except Exception as trouble:
        leave_in_trouble(attending.visit_id, trouble)
        artifacts.show(run_id, attending.visit_id)
        raise


def _go_on(run_id: UUID, attending: Attending) -> State[None]:
    visit_id = attending.visit_id
    _deliver(run_id, attending, "còn lại")
    if attending.cancelled:
        finish(visit_id)
        artifacts.show(run_id, visit_id)
        return Cancelled(message="chuyến này đã hủy, thư báo hủy đã gửi")
    for step, task in STEPS.items():
        if step in attending.finished:
            continue
        with reading(settings().database) as session:
            today = clock.now(session)
        outcome = take(run_id, task, "0", visit_id=visit_id, today=today)
        _deliver(run_id, attending, step.name)
        if isinstance(outcome, Waiting):
            park(run_id, visit_id, outcome)
    finish(visit_id)
    artifacts.show(run_id, visit_id)
    return Completed(message="đã khép chuyến")


def _deliver(run_id: UUID, attending: Attending, after: str) -> None:
    """Send what is queued; a letter that cannot go now, or that nobody knows of, holds the visit up."""
    if not attending.has_letters():
        return
    bar = f"{attending.wakeup}.{after}"
    outcome = take(run_id, deliver_task(), bar, visit_id=attending.visit_id)
    if isinstance(outcome, Waiting):
        park(run_id, attending.visit_id, outcome)
