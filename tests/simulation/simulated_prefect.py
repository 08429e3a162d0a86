"""A Prefect server as far as the service uses one: runs, their states, and which change of state it allows.

The methods are those of `SyncPrefectClient`, with its classes. What it allows is held against the real server, case by
case, by `test_simulated_prefect.py`; what the service relies on stands in `tests/flows/test_prefect_contract.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import httpx
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled

from tests.simulation.world import World

_SPACE = UUID(int=0x5117)
_FINAL = {StateType.COMPLETED, StateType.FAILED, StateType.CRASHED, StateType.CANCELLED}
_NOT_PENDING = {StateType.PENDING, StateType.RUNNING, StateType.CANCELLED}


@dataclass
class SimulatedDeployment:
    """What runs belong to."""

    id: UUID
    name: str  #: `flow/deployment`
    parameter_openapi_schema: Any = None


@dataclass
class Answer:
    """What the server says to a change of state."""

    status: SetStateStatus
    state: State[Any] | None


class SimulatedPrefect:
    """One server; it forgets nothing unless chance or a person makes it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.runs: dict[UUID, FlowRun] = {}
        self.deployments: dict[UUID, SimulatedDeployment] = {}
        self.waited_for: dict[UUID, str] = {}  #: run -> the name under which it was parked last
        self._keys: dict[tuple[UUID, str], UUID] = {}

    # what the service asks of it

    def read_deployment_by_name(self, name: str) -> SimulatedDeployment:
        """The deployment of that name."""
        return self._answered("read deployment", lambda: self._named(name))

    def read_deployments(self, **_which: Any) -> list[SimulatedDeployment]:
        """Every deployment."""
        return self._answered("read deployments", lambda: list(self.deployments.values()))

    def update_deployment(self, deployment_id: UUID, changes: Any) -> None:
        """Change the form of a deployment."""

        def change() -> None:
            self.deployments[deployment_id].parameter_openapi_schema = changes.parameter_openapi_schema

        self._answered("update deployment", change)

    def read_flow_run(self, run_id: UUID) -> FlowRun:
        """The run; `ObjectNotFound` where there is none."""
        return self._answered("read run", lambda: self._run(run_id).model_copy())

    def read_flow_runs(self, *, flow_filter: Any = None, flow_run_filter: Any = None, **_page: Any) -> list[FlowRun]:
        """The runs of some flows in some states, all at once."""
        flows = set(flow_filter.name.any_) if flow_filter else None
        states = flow_run_filter.state if flow_run_filter else None
        offset = int(_page.get("offset") or 0)
        return self._answered("read runs", lambda: [] if offset else self._chosen(flows, states))

    def get_scheduled_flow_runs_for_deployments(
        self, deployment_ids: list[UUID], scheduled_before: datetime, limit: int = 200
    ) -> list[FlowRun]:
        """What is due, the longest due first."""

        def due() -> list[FlowRun]:
            found = [run for run in self.runs.values() if run.deployment_id in deployment_ids and _is_scheduled(run)]
            found = [run for run in found if _due(run) <= scheduled_before]
            return [run.model_copy() for run in sorted(found, key=_due)[:limit]]

        return self._answered("ask what is due", due)

    def set_flow_run_state(self, run_id: UUID, state: State[Any], force: bool = False) -> Answer:
        """Change the state of a run, as far as the rules allow it."""
        return self._answered("set state", lambda: self._set(run_id, state, force))

    def update_flow_run(self, run_id: UUID, *, name: str | None = None, tags: list[str] | None = None) -> None:
        """Change what a run is called."""

        def change() -> None:
            run = self._run(run_id)
            run.name, run.tags = name or run.name, tags if tags is not None else run.tags

        self._answered("name run", change)

    def delete_flow_run(self, run_id: UUID) -> None:
        """Forget a run."""
        self._answered("delete run", lambda: self.runs.pop(self._run(run_id).id))

    def create_flow_run_from_deployment(self, deployment_id: UUID, *, state: State[Any], name: str | None) -> None:
        """A run that nobody can ask for twice."""

        def create() -> None:
            key = f"{self._world.number()}"
            self._create(
                deployment_id, {"idempotency_key": key, "state": state, "name": name, "tags": [], "parameters": {}}
            )

        self._answered("create run", create)

    def request(self, method: str, path: str, *, path_params: Any = None, json: Any = None, **_more: Any) -> Any:
        """What the service asks of the API itself: runs of a deployment, artifacts, what health wants to know."""
        if path == "/deployments/{id}/create_flow_run":
            return self._answered("create run", lambda: _Reply({"id": str(self._create(path_params["id"], json))}))
        if path == "/artifacts/":
            return self._answered("artifact", lambda: _Reply({"id": f"{uuid5(_SPACE, json['key'])}"}))
        if path == "/artifacts/{id}":
            return self._answered("artifact", lambda: _Reply({}))
        if path.startswith("/deployments/name/"):
            told = {"id": "0", "paused": False, "schedules": [{"active": True}], "updated": "2024-01-01T00:00:00+00:00"}
            return self._answered("ask for health", lambda: _Reply(told))
        if path == "/flow_runs/filter":
            return self._answered("ask for health", lambda: _Reply([] if "before_" in str(json) else [{"name": "x"}]))
        raise AssertionError(f"nobody has simulated {method} {path}")

    # what it does

    def register(self, names: tuple[str, ...], generation: int = 0) -> None:
        """The deployments of a service that starts; what is there already stays."""
        known = {one.name for one in self.deployments.values()}
        for name in names:
            if name not in known:
                number = uuid5(_SPACE, f"{self._world.seed} {name} {generation}")
                self.deployments[number] = SimulatedDeployment(number, name)

    def _answered(self, what: str, act: Callable[[], Any]) -> Any:
        """One call over the network: it may not arrive, and its answer may be lost."""
        here = self._world
        here.point(f"before {what}")
        if here.current and here.happens(here.rates.prefect):
            here.went_wrong("Prefect away")
            raise httpx.ConnectError("simulated: the server is away")
        found = act()
        if here.current and here.happens(here.rates.prefect):
            here.went_wrong("answer of Prefect lost")
            raise httpx.ReadError("simulated: the answer was lost")
        here.point(f"after {what}")
        return found

    def _named(self, name: str) -> SimulatedDeployment:
        for one in self.deployments.values():
            if one.name == name:
                return one
        raise ObjectNotFound(http_exc=Exception(name))

    def _run(self, run_id: UUID) -> FlowRun:
        try:
            return self.runs[run_id]
        except KeyError:
            raise ObjectNotFound(http_exc=Exception(str(run_id))) from None

    def _chosen(self, flows: set[str] | None, states: Any) -> list[FlowRun]:
        kinds = set(states.type.any_) if states is not None and states.type else None
        names = set(states.name.any_) if states is not None and states.name else None
        return [
            run.model_copy() for run in self.runs.values()
            if run.state is not None
            and (flows is None or self._flow_of(run) in flows)
            and (kinds is None or run.state.type in kinds)
            and (names is None or run.state.name in names)
        ]  # fmt: skip

    def _flow_of(self, run: FlowRun) -> str:
        found = self.deployments.get(run.deployment_id) if run.deployment_id else None
        return found.name.partition("/")[0] if found else str(run.labels.get("flow"))

    def _create(self, deployment_id: UUID, wanted: Any) -> UUID:
        key = (deployment_id, wanted["idempotency_key"])
        if key in self._keys and self._keys[key] in self.runs:
            return self._keys[key]
        number = uuid5(_SPACE, f"{self._world.seed} run {self._world.number()}")
        state = State[None].model_validate(wanted["state"])
        state.timestamp = self._world.now
        self.runs[number] = FlowRun(
            id=number, flow_id=deployment_id, deployment_id=deployment_id, name=wanted["name"], tags=wanted["tags"],
            parameters=wanted["parameters"], state=state,
            labels={"flow": self.deployments[deployment_id].name.partition("/")[0]},
        )  # fmt: skip
        self._keys[key] = number
        return number

    def _set(self, run_id: UUID, state: State[Any], force: bool) -> Answer:
        run = self._run(run_id)
        before = run.state
        assert before is not None, "every run of ours is born with one"
        after = allowed(before, state, force)
        if after is None:
            return Answer(SetStateStatus.ABORT, before)
        if after is not before:
            # Instead of what was proposed another state may be the server's answer.
            run.state = after.model_copy(update={"timestamp": self._world.now})
            if after.is_paused():
                self.waited_for[run_id] = after.name or ""
        return Answer(SetStateStatus.ACCEPT if after is state else SetStateStatus.REJECT, run.state)


def allowed(before: State[Any], after: State[Any], force: bool) -> State[Any] | None:
    """What a run gets for which `after` is proposed: that one, another, the one it has; None where it is refused."""
    if after.type is StateType.CANCELLING and before.type in (StateType.SCHEDULED, StateType.PAUSED):
        return Cancelled()  # there is no process to end, so not even force makes it wait for one
    if force:
        return after
    if before.type is StateType.CANCELLING and after.type is not StateType.CANCELLED:
        return before
    if before.type in _FINAL and after.type in (StateType.CANCELLING, StateType.PAUSED, StateType.CRASHED):
        return None
    if after.type is StateType.PENDING and before.type is StateType.PAUSED:
        return before
    if after.type is StateType.PENDING and before.type in _NOT_PENDING:
        return None
    if after.type is StateType.PAUSED and before.type is not StateType.RUNNING:
        return before
    return after


@dataclass
class _Reply:
    """An answer of the API as far as anybody reads it."""

    body: Any

    def json(self) -> Any:
        """What it says."""
        return self.body

    def raise_for_status(self) -> "_Reply":
        """All is well."""
        return self


def _is_scheduled(run: FlowRun) -> bool:
    return run.state is not None and run.state.is_scheduled()


def _due(run: FlowRun) -> datetime:
    assert run.state is not None
    return run.state.state_details.scheduled_time or run.state.timestamp
