"""What the simulated Prefect allows is what the real one allows: both are asked the same, case by case."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import State, StateDetails, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.exceptions import ObjectNotFound
from prefect.states import (
    Cancelled,
    Cancelling,
    Completed,
    Crashed,
    Failed,
    Paused,
    Pending,
    Running,
    Scheduled,
    to_state_create,
)

from tests.flows.one_run import deployed
from tests.simulation.simulated_prefect import SimulatedPrefect
from tests.simulation.world import World, begin

pytestmark = pytest.mark.prefect
_AT = datetime(2024, 3, 1, 8, tzinfo=UTC)


def _parked() -> State[None]:
    return State(type=StateType.PAUSED, name="Chờ đề cử", state_details=StateDetails(pause_reschedule=True))


#: How each kind of state is made.
STATES: dict[str, Callable[[], State[Any]]] = {
    "scheduled": Scheduled, "pending": Pending, "running": Running, "parked": _parked, "completed": Completed,
    "failed": Failed, "crashed": Crashed, "cancelling": Cancelling, "cancelled": Cancelled,
}  # fmt: skip


@pytest.fixture(scope="module")
def real(prefect_port: int) -> Iterator[tuple[SyncPrefectClient, UUID]]:
    """The real server with a deployment."""
    assert prefect_port
    with get_client(sync_client=True) as client, deployed(client) as deployment:
        yield client, deployment


@pytest.fixture
def simulated() -> tuple[SimulatedPrefect, UUID]:
    """The simulated one."""
    server = SimulatedPrefect(begin(World(0, _AT)))
    server.register(("contract/contract",))
    return server, next(iter(server.deployments))


def _born(client: Any, deployment: UUID, state: State[Any], key: str) -> UUID:
    wanted = {"name": "x", "tags": [], "parameters": {}, "idempotency_key": key}
    body = {**wanted, "state": to_state_create(state).model_dump(mode="json", exclude_unset=True)}
    path = "/deployments/{id}/create_flow_run"
    return UUID(client.request("POST", path, path_params={"id": deployment}, json=body).json()["id"])


def _becomes(client: Any, deployment: UUID, before: str, after: str, force: bool) -> tuple[SetStateStatus, StateType]:
    run = _born(client, deployment, Scheduled(), f"{before} {after} {force} {datetime.now(UTC)}")
    client.set_flow_run_state(run, Running(), force=True)  # what was never at work cannot be about to be stopped
    client.set_flow_run_state(run, STATES[before](), force=True)
    status = client.set_flow_run_state(run, STATES[after](), force=force).status
    state = client.read_flow_run(run).state
    assert state is not None
    return status, state.type


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("before", STATES)
def test_a_change_of_state_has_the_same_end(
    real: tuple[SyncPrefectClient, UUID], simulated: tuple[SimulatedPrefect, UUID], before: str, force: bool
) -> None:
    """From each state to each other one, by force and without."""
    ends = {name: (_becomes(*real, before, name, force), _becomes(*simulated, before, name, force)) for name in STATES}

    assert {name: pair for name, pair in ends.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("server", ["real", "simulated"])
def test_one_key_gives_one_run_and_another_key_another(server: str, request: pytest.FixtureRequest) -> None:
    """A run that has ended is given again: only another generation makes a new one."""
    client, deployment = request.getfixturevalue(server)
    first = _born(client, deployment, Scheduled(), f"{server} 1")
    client.set_flow_run_state(first, Completed(), force=True)

    assert _born(client, deployment, Scheduled(), f"{server} 1") == first
    assert _born(client, deployment, Scheduled(), f"{server} 2") != first


@pytest.mark.parametrize("server", ["real", "simulated"])
def test_only_what_is_due_is_handed_out(server: str, request: pytest.FixtureRequest) -> None:
    client, deployment = request.getfixturevalue(server)
    now = datetime.now(UTC)
    due = _born(client, deployment, Scheduled(scheduled_time=now - timedelta(minutes=1)), f"{server} due")
    later = _born(client, deployment, Scheduled(scheduled_time=now + timedelta(hours=1)), f"{server} later")
    parked = _born(client, deployment, _parked(), f"{server} parked")

    found = {one.id for one in client.get_scheduled_flow_runs_for_deployments([deployment], scheduled_before=now)}
    assert due in found
    assert not {later, parked} & found


@pytest.mark.parametrize("server", ["real", "simulated"])
def test_a_run_that_was_deleted_is_not_found(server: str, request: pytest.FixtureRequest) -> None:
    client, deployment = request.getfixturevalue(server)
    run = _born(client, deployment, Paused(), f"{server} gone")
    client.delete_flow_run(run)

    with pytest.raises(ObjectNotFound):
        client.read_flow_run(run)
