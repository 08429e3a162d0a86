"""What every run does: takes step after step, sends the letters, parks where it must wait (design §3)."""

import logging
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from prefect import Task, runtime
from prefect.client.schemas.objects import State
from prefect.exceptions import Pause
from prefect.states import Cancelled, Completed

from config.log_form import at_work_on
from config.settings import settings
from database import clock, plans
from database.engine import reading
from domain.obligation import Obligation
from domain.outcome import Outcome, Waiting
from domain.problem import Refused
from domain.step import RunStep
from flows import artifacts
from flows.engine.claim import MACHINE, Claim, claim_visit, finish, leave_in_trouble, let_go
from flows.engine.naming import run_name, run_tags, stick
from flows.engine.parking import label_now, park
from flows.engine.server import server
from flows.engine.step_run import take, take_step
from tasks.letters.deliver import deliver_task
from tasks.steps.step_limit import at_most
from tasks.worker import LeaseLost, lay_down

#: The steps of a flow in their order, each with its task.
Steps = Mapping[RunStep, Task[[int, datetime], State[Outcome]]]

#: How a run ends in Prefect that asked for something impossible, and one whose visit was called off.
REFUSED, CALLED_OFF = "Từ chối", "Đã hủy đợt"


def go_step_by_step(obligation: Obligation, steps: Steps) -> State[None]:
    """Run or go on running what this obligation asks for, every step once."""
    run_id = UUID(str(runtime.flow_run.id))
    try:
        claim = claim_visit(run_id, obligation.key)
    except Refused as refusal:
        # What a person asked for in Prefect's pages is not possible: an answer, not a fault of the service.
        _name(run_id, obligation)
        return Cancelled(name=REFUSED, message=f"{refusal}")
    if claim.elsewhere:
        _name(run_id, obligation)
        return Completed(message=claim.elsewhere)
    with at_work_on(claim.visit_id, f"{run_id}"):
        try:
            return _go_on(run_id, claim, steps)
        except MACHINE:
            let_go(claim.visit_id)
            raise
        except LeaseLost:
            raise _left_to_another(claim.visit_id) from None
        except Exception as trouble:
            try:
                leave_in_trouble(run_id, claim.visit_id, trouble)
            except LeaseLost:
                raise _left_to_another(claim.visit_id) from None
            artifacts.show(run_id, claim.visit_id)
            raise


def _left_to_another(visit_id: int) -> Pause:
    """This process stood still for so long that another one goes on, which says how the run ends; it leaves no word."""
    lay_down(visit_id)
    return Pause()


def _name(run_id: UUID, obligation: Obligation) -> None:
    """Name a run that a person started in Prefect, and that did nothing, like all others: `2024-02 · Nhơn Trạch`."""
    with reading(settings().database) as session:
        row = plans.current(session, obligation.year)
    names = {unit["code"]: unit["short_name"] for unit in row.plan["units"]} if row else {}
    name = run_name(obligation, names.get(obligation.unit, obligation.unit))
    with server() as client:
        client.update_flow_run(run_id, name=name, tags=run_tags(obligation))


def _end(run_id: UUID, visit_id: int) -> None:
    """The visit is over: so its row says, and the name and the picture of its run."""
    finish(visit_id)
    with server() as client:
        stick(client, run_id, label_now(visit_id))
    artifacts.show(run_id, visit_id)


def _go_on(run_id: UUID, claim: Claim, steps: Steps) -> State[None]:
    visit_id = claim.visit_id
    _deliver(run_id, claim, "còn lại")
    if claim.cancelled:
        _end(run_id, visit_id)
        return Cancelled(name=CALLED_OFF, message="đợt này đã hủy, thư báo hủy đã gửi")
    for step, task in steps.items():
        if step in claim.finished:
            continue
        with reading(settings().database) as session:
            today = clock.now(session)
        outcome = take_step(run_id, task, visit_id, today)
        _deliver(run_id, claim, step.name)
        if isinstance(outcome, Waiting):
            park(run_id, visit_id, outcome)
    _end(run_id, visit_id)
    return Completed(message="đã kết thúc")


def _deliver(run_id: UUID, claim: Claim, after: str) -> None:
    """Send what is queued; a letter that cannot go now, or that nobody knows of, holds the run up."""
    if not claim.has_letters():
        return
    bar = f"{claim.wakeup}.{after}"
    with at_most(settings().postman_seconds):
        outcome = take(run_id, deliver_task(), bar, visit_id=claim.visit_id)
    if isinstance(outcome, Waiting):
        park(run_id, claim.visit_id, outcome)


class _AnAnswerIsNoError(logging.Filter):
    """Prefect logs every end of a run but `Completed` as an error; a refusal and a visit called off are none."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Turn the line about such an end into an ordinary one."""
        if record.levelno == logging.ERROR and "type=CANCELLED" in record.getMessage():
            record.levelno, record.levelname = logging.INFO, "INFO"
        return True


logging.getLogger("prefect.flow_runs").addFilter(_AnAnswerIsNoError())
