"""Runs a task as the same bar of the time line at every wake-up of its visit (design §3)."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from prefect import Task
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Pending
from prefect.task_engine import run_task_sync

from domain.outcome import Outcome
from tasks.steps.step_limit import StepTimeoutError, hung


def take_step(run_id: UUID, task: Task[..., State[Outcome]], visit_id: int, today: datetime) -> Outcome:
    """Run a step as its one bar. Raises `StepHangs` when it takes longer than a step may; nothing of it stays then."""
    try:
        return take(run_id, task, "0", visit_id=visit_id, today=today)
    except StepTimeoutError:
        raise hung(visit_id, task.name) from None


def take(run_id: UUID, task: Task[..., State[Outcome]], bar: str, **parameters: Any) -> Outcome:
    """Run `task` within the flow run `run_id` and give its outcome; its exceptions pass through.

    Prefect gives each call of a task a key of its own, so a step that waits would leave a bar at every
    wake-up. The server keeps one task run for each (flow run, task, key): with the key `bar` given here, a step
    stays one bar, at the time of its latest look.
    """
    task_run = TaskRun(
        id=uuid5(run_id, f"{task.task_key}/{bar}"),
        name=task.name,
        flow_run_id=run_id,
        task_key=task.task_key,
        dynamic_key=bar,
        task_inputs={},
        state=Pending(),
    )
    state = run_task_sync(task, task_run_id=task_run.id, task_run=task_run, parameters=parameters, return_type="state")
    assert state is not None, "with return_type=state there is one"
    if state.is_failed() or state.is_crashed():
        state.result(raise_on_failure=True)
    # Prefect wraps the data of a returned state into a record of its result.
    data: Any = state.data
    outcome: Outcome = getattr(data, "result", data)
    return outcome


_WAITS = ("type=PAUSED", "type=CANCELLED")


class _WaitingIsNoError(logging.Filter):
    """Prefect logs every end of a task but `Completed` as an error; a step that waits, or letters that do, are none."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Turn the line about such a task into an ordinary one."""
        if record.levelno == logging.ERROR and any(end in record.getMessage() for end in _WAITS):
            record.levelno, record.levelname = logging.INFO, "INFO"
        return True


logging.getLogger("prefect.task_runs").addFilter(_WaitingIsNoError())
