"""Turns the work of a step into its Prefect task: one transaction, one answer, one bar on the time line."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from prefect import Task, task
from prefect.client.schemas.objects import State
from prefect.states import Completed, Paused

from config.settings import settings
from database import audit, visits
from database.dossier import Dossier, open_dossier
from database.engine import again_if_undone, writing
from domain.outcome import Done, Outcome, Waiting
from domain.state import VisitState
from domain.step import RunStep
from domain.text import plain_letters
from domain.wait import Wait
from tasks.steps.step_limit import in_step_time
from tasks.worker import fence

#: The work of a step: reads the dossier, writes every effect into its session, says how it stands.
Work = Callable[[Dossier], Outcome]


def step_task(step: RunStep, work: Work) -> Task[[int, datetime], State[Outcome]]:
    """The Prefect task `(visit_id, today) -> Done | Waiting` of one step.

    All effects of the step, its record and its audit line are one transaction: either all of them are there or
    none. The outcome is the data of the returned state; a step that waits shows as
    paused under the name of what it waits for, and stays one bar of the time line (`flows/engine/step_run.py`).
    """

    # The time line of Prefect's pages draws ASCII letters only and leaves all others out.
    @task(name=step.title, task_run_name=plain_letters(step.title), persist_result=False)
    def run(visit_id: int, today: datetime) -> State[Outcome]:
        return _state(_worked(step, work, visit_id, today))

    # Prefect derives the key from the source; a fixed one keeps the bar of a step through updates of the code.
    run.task_key = f"step_{int(step)}"
    return run


@again_if_undone
def _worked(step: RunStep, work: Work, visit_id: int, today: datetime) -> Outcome:
    with writing(settings().database) as session:
        dossier = open_dossier(session, visit_id, today, lock=True)
        fence(dossier.visit)
        if dossier.visit.state == VisitState.CANCELLED:
            return Waiting(Wait.CANCELLING, message="đợt vừa được hủy")
        # Whatever was answered before this transaction is seen by it; what comes later must wake the visit.
        dossier.visit.wake_seen = dossier.visit.wake_wanted
        with in_step_time():
            outcome = work(dossier)
        if isinstance(outcome, Done):
            visits.finish_step(session, visit_id, step, outcome.note)
            audit.note(session, audit.SYSTEM, f"xong bước {step.title}", visit_id, note=outcome.note)
    return outcome


def _state(outcome: Outcome) -> State[Any]:
    if isinstance(outcome, Done):
        return Completed(message=outcome.note, data=outcome)
    return Paused(name=outcome.wait.shown, message=outcome.message, data=outcome)
