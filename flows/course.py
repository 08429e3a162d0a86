"""The course of every run: takes step after step, sends the letters, parks where it must wait (design §3)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from prefect import Task, runtime
from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed

from config.settings import settings
from database import clock, plans
from database.engine import reading
from domain.obligation import Obligation
from domain.step import Outcome, RunStep, Waiting
from flows import artifacts
from flows.attending import Attending, attend, finish, leave_in_trouble
from flows.parking import park
from flows.server import server
from flows.step_limit import at_most
from flows.step_run import take, take_step
from tasks.deliver import deliver_task

#: The steps of a flow in their order, each with its task.
Steps = Mapping[RunStep, Task[[int, datetime], State[Outcome]]]


def follow_course(obligation: Obligation, steps: Steps) -> State[None]:
    """Run or go on running what this obligation asks for, every step once."""
    run_id = UUID(str(runtime.flow_run.id))
    _name_custom_run(run_id, obligation)
    attending = attend(run_id, obligation.key)
    if attending.elsewhere:
        return Completed(message=attending.elsewhere)
    try:
        return _go_on(run_id, attending, steps)
    except Exception as trouble:
        leave_in_trouble(attending.visit_id, trouble)
        artifacts.show(run_id, attending.visit_id)
        raise


def _name_custom_run(run_id: UUID, obligation: Obligation) -> None:
    """Name a run that a person started in Prefect like all others: `2024-02 · Nhơn Trạch`, or by the unit's code.

    Not by `flow_run_name`: that would write the name anew at every wake-up.
    """
    with reading(settings().database) as session:
        row = plans.current(session, obligation.year)
    names = {unit["code"]: unit["short_name"] for unit in row.plan["units"]} if row else {}
    name = obligation.named(names.get(obligation.unit, obligation.unit))
    if runtime.flow_run.name == name:
        return
    with server() as client:
        client.set_flow_run_name(run_id, name)


def _go_on(run_id: UUID, attending: Attending, steps: Steps) -> State[None]:
    visit_id = attending.visit_id
    _deliver(run_id, attending, "còn lại")
    if attending.cancelled:
        finish(visit_id)
        artifacts.show(run_id, visit_id)
        return Cancelled(message="chuyến này đã hủy, thư báo hủy đã gửi")
    for step, task in steps.items():
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
    """Send what is queued; a letter that cannot go now, or that nobody knows of, holds the run up."""
    if not attending.has_letters():
        return
    bar = f"{attending.wakeup}.{after}"
    with at_most(settings().postman_seconds):
        outcome = take(run_id, deliver_task(), bar, visit_id=attending.visit_id)
    if isinstance(outcome, Waiting):
        park(run_id, attending.visit_id, outcome)
