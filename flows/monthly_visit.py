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
from flows.server import server
from flows.step_limit import at_most
from flows.step_run import take, take_step
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


@flow(name="monthly-visit", persist_result=False)
def monthly_visit(
    year: Annotated[int, Field(title="Năm", ge=2000, le=2100)],
    month: Annotated[int, Field(title="Tháng", ge=1, le=12)],
    unit: Annotated[str, Field(title="Mã đơn vị, ví dụ nhon_trach", pattern=r"^\w+$")],
) -> State[None]:
    """Chạy hoặc chạy tiếp một chuyến dự, giám sát: sáu bước, mỗi bước một lần."""
    run_id = UUID(str(runtime.flow_run.id))
    _name_custom_run(run_id, year, month, unit)
    attending = attend(run_id, f"{year}-{month:02d}/{unit}")
    if attending.elsewhere:
        return Completed(message=attending.elsewhere)
    try:
        return _go_on(run_id, attending)
    except Exception as trouble:
        leave_in_trouble(attending.visit_id, trouble)
        artifacts.show(run_id, attending.visit_id)
        raise


def _name_custom_run(run_id: UUID, year: int, month: int, unit: str) -> None:
    """Name a run that a person started in Prefect like all others: `2024-02 · Nhơn Trạch`, or the code of the unit.

    Not by `flow_run_name`: that would write the name anew at every wake-up.
    """
    given = f"{year}-{month:02d} · "
    if (runtime.flow_run.name or "").startswith(given):
        return
    with reading(settings().database) as session:
        row = plans.current(session, year)
    names = {one["code"]: one["short_name"] for one in row.plan["units"]} if row else {}
    with server() as client:
        client.set_flow_run_name(run_id, given + names.get(unit, unit))


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
        outcome = take_step(run_id, task, visit_id, today)
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
    with at_most(settings().postman_seconds):
        outcome = take(run_id, deliver_task(), bar, visit_id=attending.visit_id)
    if isinstance(outcome, Waiting):
        park(run_id, attending.visit_id, outcome)
