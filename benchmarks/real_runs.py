"""Visits that run in this process on a real Prefect server, as in a worker of the runner: what a wake-up asks of both.

Whoever uses it must not have imported Prefect before.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from benchmarks.figure import CannotMeasureError
from benchmarks.full_month import Kept, build, key_of, workshop
from benchmarks.outside import free_port, mailbox, prefect_server
from config.settings import Settings, for_rehearsal, use
from database import visits
from database.engine import writing
from deployments.service.environment import enter

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.client.orchestration import SyncPrefectClient


class Runs:
    """The runner's look and a worker's work, one visit at a time."""

    def __init__(self, client: "SyncPrefectClient", kept: Kept, of: Settings) -> None:
        from deployments.registry import FLOWS

        self.client, self._kept, self._of = client, kept, of
        self._times = 0
        self.flows: dict[UUID, Flow[..., Any]] = {
            client.read_deployment_by_name(name).id: flow for name, flow in FLOWS.items()
        }

    def afresh(self) -> None:
        """Let the office be as it was, on the same server: its runs are of another generation then."""
        self._kept.put_back()
        use(self._of)
        self._times += 1
        with writing(self._of.database) as session:
            visits.find(session, key_of(0)).generation = 1 + self._times

    def look(self) -> list[Any]:
        """What the runner does when it is called: starts what is due, and takes it."""
        from datetime import datetime

        from deployments.warm.run_claim import take
        from domain.dates import OFFICE_ZONE
        from flows.engine.due_runs import call_due

        call_due(self.client, self.flows, limit=4)
        due = self.client.get_scheduled_flow_runs_for_deployments(
            list(self.flows), scheduled_before=datetime.now(OFFICE_ZONE), limit=4
        )
        return [run for one in due if (run := take(self.client, one))]

    def work(self, run: Any) -> None:
        """What a worker does with it."""
        from deployments.warm.worker_main import _execute

        _execute(self.flows, run)

    def wake(self, number: int) -> None:
        """A wake-up from the call to the parked visit; `CannotMeasureError` where nothing or another one ran."""
        from benchmarks.full_month import row_of

        taken = self.look()
        if [one.parameters.get("unit") for one in taken] != [key_of(number).partition("/")[2]]:
            raise CannotMeasureError(f"{key_of(number)} was to run, and {[one.name for one in taken]} did")
        self.work(taken[0])
        if row_of(number).trouble:
            raise CannotMeasureError(f"{key_of(number)}: {row_of(number).trouble}")


@contextmanager
def real_runs() -> Iterator[Runs]:
    """One host whose month is about to open, a Prefect server, a mailbox; nothing has run yet."""
    folder = workshop()
    of = for_rehearsal(folder / "service").model_copy(update={"prefect_port": free_port()})
    enter(use(of))
    with mailbox(folder / "mail") as port, prefect_server(of):
        kept = build(1, "alone", port)
        both = use(kept.of.model_copy(update={"prefect_port": of.prefect_port}))
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        from deployments.registry import register
        from flows.engine.server import one_connection

        register()
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}), one_connection() as client:
            yield Runs(client, kept, both)
        _flush()
        kept.remove()


def _flush() -> None:
    from prefect.events.worker import EventsWorker

    with suppress(Exception):
        EventsWorker.drain_all(timeout=5)
