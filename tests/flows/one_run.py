"""One run of a small flow on the real server, executed in this process as a slot of the warm runner does it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from prefect import flow, runtime
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterId,
)
from prefect.client.schemas.objects import FlowRun, State, StateDetails, StateType, TaskRun
from prefect.client.schemas.responses import SetStateStatus
from prefect.engine import handle_engine_signals
from prefect.events.worker import EventsWorker
from prefect.exceptions import Pause
from prefect.flow_engine import run_flow
from prefect.states import Pending, Scheduled
from prefect.types.entrypoint import EntrypointType

from domain.dates import OFFICE_ZONE

#: What the flow of a test does.
Body = Callable[[UUID], State[Any] | None]
_FAR = timedelta(days=36500)
_bodies: list[Body] = []


@flow(name="contract", persist_result=False)
def contract() -> State[Any] | None:
    """Does what the test at hand has put into it."""
    return _bodies[-1](UUID(str(runtime.flow_run.id)))


class Run:
    """The run, and what one can do with it."""

    def __init__(self, client: SyncPrefectClient, deployment: UUID, state: State[None]) -> None:
        self.client, self.deployment = client, deployment
        self.id = client.create_flow_run_from_deployment(deployment, state=state).id

    def read(self) -> FlowRun:
        """As the server has it."""
        return self.client.read_flow_run(self.id)

    @property
    def state(self) -> tuple[StateType, str | None]:
        """Type and name of its state."""
        state = self.read().state
        assert state
        return state.type, state.name

    @property
    def is_due(self) -> bool:
        """Whether a runner that asks now is told to run it."""
        due = self.client.get_scheduled_flow_runs_for_deployments(
            [self.deployment], scheduled_before=datetime.now(OFFICE_ZONE)
        )
        return self.id in [one.id for one in due]

    def propose(self, state: State[None]) -> SetStateStatus:
        """What the server answers."""
        return self.client.set_flow_run_state(self.id, state).status

    def execute(self, body: Body) -> None:
        """Claim it, and run `body` as its flow, the deployment blank as in `deployments/warm/worker_main.py`."""
        assert self.propose(Pending()) is SetStateStatus.ACCEPT
        unwatched = self.read().model_copy(update={"deployment_id": None})
        _bodies.append(body)
        with suppress(SystemExit), handle_engine_signals(self.id):
            run_flow(contract, flow_run=unwatched, return_type="state")

    def park(self, state: State[None]) -> None:
        """Let it run, set that state for itself, and leave."""
        self.execute(lambda _run_id: self.leave(state))

    def leave(self, state: State[None]) -> None:
        """What a flow does that parks itself."""
        assert self.propose(state) is SetStateStatus.ACCEPT
        raise Pause(state=state)

    def press(self, way: Literal["resume", "set_state"], **body: object) -> dict[str, Any]:
        """What a button of Prefect's pages sends for this run; asked again, as a person would, when it was busy."""
        ways: dict[str, Literal["/flow_runs/{id}/resume", "/flow_runs/{id}/set_state"]] = {
            "resume": "/flow_runs/{id}/resume", "set_state": "/flow_runs/{id}/set_state",
        }  # fmt: skip
        answer = self.client.request("POST", ways[way], path_params={"id": self.id}, json=body or None)
        result: dict[str, Any] = answer.raise_for_status().json()
        return result

    def bars(self, at_least: int = 1) -> list[TaskRun]:
        """The bars of its time line, as soon as the server has drawn so many completed ones."""
        EventsWorker.drain_all(timeout=5)
        mine = FlowRunFilter(id=FlowRunFilterId(any_=[self.id]))

        def completed() -> bool:
            drawn = self.client.read_task_runs(flow_run_filter=mine)
            return sum(bar.state_name == "Completed" for bar in drawn) >= at_least

        wait_until(completed)
        return self.client.read_task_runs(flow_run_filter=mine)


def waiting(name: str, timeout: timedelta = _FAR) -> State[None]:
    """The state of a run that waits without a process and can be resumed."""
    details = StateDetails(pause_timeout=datetime.now(OFFICE_ZONE) + timeout, pause_reschedule=True)
    return State(type=StateType.PAUSED, name=name, message="lãnh đạo Ban, hạn 27/3/2024", state_details=details)


@contextmanager
def deployed(client: SyncPrefectClient, **how: Any) -> Iterator[UUID]:
    """A deployment of the flow, taken away at the end with all its runs."""
    found = contract.to_deployment("of-tests", entrypoint_type=EntrypointType.MODULE_PATH, **how).apply()
    try:
        yield found
    finally:
        for run in runs_of(client, found):
            client.delete_flow_run(run.id)
        client.delete_deployment(found)


def runs_of(client: SyncPrefectClient, deployment: UUID) -> list[FlowRun]:
    """All runs of a deployment."""
    return client.read_flow_runs(deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])))


def due_run(client: SyncPrefectClient, deployment: UUID) -> Run:
    """A run that waits for nothing but a runner."""
    return Run(client, deployment, Scheduled())


def wait_until(it_is_so: Callable[[], bool], seconds: float = 30) -> None:
    """Give the server's services the time they take."""
    deadline = time.monotonic() + seconds
    while not it_is_so():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.2)
