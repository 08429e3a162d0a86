"""Runs of visits in this process, with a Prefect server in memory: what is measured then is our own work alone.

The server is the one of the simulator, held against the real one by its tests. Prefect's engine is left away as well;
what it costs does not depend on how many visits there are.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch
from uuid import UUID

from prefect import Task
from prefect.client.schemas.objects import State
from prefect.exceptions import Pause
from prefect.states import Running, Scheduled

import flows.engine.step_by_step
import flows.engine.step_run
import tasks.letters.deliver
from benchmarks.full_month import Kept, row_of
from config.settings import settings
from database import visits
from database.engine import writing
from deployments.registry import FLOWS, NAMES
from domain.dates import OFFICE_ZONE
from flows.engine.server import standing_for_the_server
from flows.engine.wake import DEPLOYMENT
from tests.simulation.simulated_prefect import SimulatedPrefect
from tests.simulation.world import World


class _Runtime:
    """What `prefect.runtime` tells of the run at hand."""

    run_count = 1
    id: UUID | None = None

    @property
    def flow_run(self) -> "_Runtime":
        """Itself."""
        return self

    task_run = flow_run


def _run_task(task: Task[..., Any], *, parameters: dict[str, Any], **_known: Any) -> State[Any]:
    done: State[Any] = task.fn(**parameters)
    return done


class CountingPrefect(SimulatedPrefect):
    """The same, which counts how often it is asked."""

    asked = 0

    def _answered(self, what: str, act: Any) -> Any:
        self.asked += 1
        return super()._answered(what, act)


class StandIn:
    """The server, and the one process that runs visits."""

    def __init__(self, runtime: _Runtime) -> None:
        self.prefect = CountingPrefect(World(1, datetime.now(OFFICE_ZONE)))
        self.prefect.register(NAMES)
        self._runtime = runtime

    def give_run(self, number: int) -> UUID:
        """Let the visit with that number have a run, as if it had parked it."""
        row = row_of(number)
        named = self.prefect.read_deployment_by_name(DEPLOYMENT)
        wanted = {
            "idempotency_key": f"{row.key} 1", "name": row.key, "tags": [], "state": Scheduled().model_dump(),
            "parameters": {"year": row.year, "month": row.month, "unit": row.unit},
        }  # fmt: skip
        made = UUID(
            self.prefect.request("POST", "/deployments/{id}/create_flow_run", path_params={"id": named.id}, json=wanted)
            .json()["id"]
        )  # fmt: skip
        with writing(settings().database) as session:
            visits.get(session, row.id, lock=True).flow_run_id = str(made)
        return made

    def run(self, run_id: UUID) -> None:
        """Run it until it parks or ends; whatever breaks it is raised."""
        run = self.prefect.runs[run_id]
        self.prefect.set_flow_run_state(run_id, Running(), force=True)
        self._runtime.id = run_id
        try:
            FLOWS[DEPLOYMENT].fn(**run.parameters)
        except Pause:
            return


@contextmanager
def stand_in(of: Kept) -> Iterator[StandIn]:
    """The office as it was built, with a server that knows no run."""
    of.put_back()
    runtime = _Runtime()
    with ExitStack() as stack:
        for module, name, instead in (
            (flows.engine.step_run, "run_task_sync", _run_task), (flows.engine.step_by_step, "runtime", runtime),
            (tasks.letters.deliver, "runtime", runtime),
        ):  # fmt: skip
            stack.enter_context(patch.object(module, name, instead))
        own = StandIn(runtime)
        client: Any = own.prefect
        stack.enter_context(standing_for_the_server(client))
        yield own
