"""Takes a due run for this runner alone, and tells the server what became of a run whose process has died."""

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun, State
from prefect.client.schemas.responses import FlowRunResponse, OrchestrationResult, SetStateStatus
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Crashed, Pending

from flows.engine.run_cases import taken_by
from tasks.worker import me


def take(client: SyncPrefectClient, found: FlowRunResponse) -> FlowRun | None:
    """Make a due run `Pending` and give it; None when another runner has it, or it was parked or deleted meanwhile.

    The server lets only one runner do so: from `Pending`, `Running` or `Paused` nothing becomes `Pending`.
    """
    try:
        state = _made_pending(client, found, taken_by(me()))
    except ObjectNotFound:
        return None
    if state is None:
        return None
    run = FlowRun.model_validate(found.model_dump())
    run.state = state
    return run


def _made_pending(client: SyncPrefectClient, found: FlowRunResponse, mine: str) -> State[None] | None:
    try:
        answer: OrchestrationResult[None] = client.set_flow_run_state(found.id, Pending(message=mine))
    except httpx.HTTPError:
        # The server may have done it and died before it could say so; nobody else would ever run it then.
        state = client.read_flow_run(found.id).state
        return state if state and state.is_pending() and state.message == mine else None
    return answer.state if answer.status is SetStateStatus.ACCEPT else None


def note_crash(client: SyncPrefectClient, run: FlowRun, pid: int, code: int) -> None:
    """Say what a process that died in the middle of `run` could not say itself; a deleted run needs no word."""
    state = _state(client, run)
    if state is None:
        return
    if state.is_running() or state.is_pending():
        message = f"tiến trình {pid} của lượt chạy đã chết ({code})"
        client.set_flow_run_state(run.id, Crashed(message=message), force=True)
    elif state.is_cancelling():
        client.set_flow_run_state(run.id, Cancelled(), force=True)


def _state(client: SyncPrefectClient, run: FlowRun) -> State[None] | None:
    """How the run is; None when it was deleted in Prefect, and the reconciler opens another one."""
    try:
        return client.read_flow_run(run.id).state
    except ObjectNotFound:
        return None


def is_being_cancelled(client: SyncPrefectClient, run: FlowRun) -> bool:
    """Whether somebody has pressed *Cancel* while the run is at work."""
    state = _state(client, run)
    return state is not None and state.is_cancelling()
