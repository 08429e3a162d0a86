"""Runs visits from a warm process: what a run needs is imported once, and every run is a fork of it.

Starting Python and importing Prefect costs about 2.5 s of CPU for every wake-up (design trap 8). This process imports
everything, stays free of threads and connections, asks the server what is due, and forks a child that runs exactly
one run and ends: as warm as a thread, as separate as a process. Why not threads: docs/decisions/0004.
"""

import gc
import importlib
import os
import signal
import time
from dataclasses import dataclass, field
from datetime import datetime
from types import FrameType
from typing import NoReturn
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.responses import OrchestrationResult, SetStateStatus
from prefect.engine import handle_engine_signals
from prefect.flow_engine import run_flow
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Cancelled, Crashed, Pending

from config.office_calendar import working_calendar
from config.settings import settings
from database.engine import engine_for
from deployments.registry import FLOWS, NAMES, register
from domain.dates import OFFICE_ZONE
from letters.wording import PURPOSES, environment

_LOOK_FOR_CANCELLING = 3.0  # seconds a run works before anybody asks whether it should be cancelled


@dataclass
class Child:
    """A run at work: its process, and since when."""

    run: FlowRun
    pid: int
    since: float = field(default_factory=time.monotonic)


class WarmRunner:
    """Polls, forks, reaps; one run is never at work twice in this process."""

    def __init__(self, client: SyncPrefectClient) -> None:
        self._client = client
        self._children: dict[UUID, Child] = {}
        self._stopping = False
        self._deployments = {client.read_deployment_by_name(name).id: name for name in NAMES}

    def serve(self) -> None:
        """Run what is due until SIGTERM; then let the runs at work end."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self._stopping:
            try:
                self._round()
            except (httpx.HTTPError, OSError) as error:
                # The server restarts now and then; the next round asks again.
                print(f"máy chủ Prefect chưa trả lời: {error}", flush=True)
                time.sleep(1)
            time.sleep(settings().poll_seconds)
        for child in self._children.values():
            os.kill(child.pid, signal.SIGTERM)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _round(self) -> None:
        self._reap()
        free = settings().parallel_runs - len(self._children)
        if free <= 0:
            return
        due = self._client.get_scheduled_flow_runs_for_deployments(
            list(self._deployments), scheduled_before=datetime.now(OFFICE_ZONE), limit=free + len(self._children)
        )
        # A run that was woken while its last execution is still ending stays due until that one is reaped.
        for run in [one for one in due if one.id not in self._children][:free]:
            self._start(self._client.read_flow_run(run.id))

    def _start(self, run: FlowRun) -> None:
        answer: OrchestrationResult[None] = self._client.set_flow_run_state(run.id, Pending())
        if answer.status is not SetStateStatus.ACCEPT:
            return
        pid = os.fork()
        if pid == 0:
            _be_the_run(run, FLOWS[self._deployments[run.deployment_id]] if run.deployment_id else None)
        self._children[run.id] = Child(run, pid)

    def _reap(self) -> None:
        for run_id, child in list(self._children.items()):
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if pid == 0:
                self._end_if_cancelling(child)
                continue
            del self._children[run_id]
            if status != 0:
                self._note_crash(child, os.waitstatus_to_exitcode(status))

    def _note_crash(self, child: Child, code: int) -> None:
        """A child that was killed could not say so itself."""
        state = self._client.read_flow_run(child.run.id).state
        if state is None or state.is_running() or state.is_pending():
            message = f"tiến trình {child.pid} của lượt chạy đã chết ({code})"
            self._client.set_flow_run_state(child.run.id, Crashed(message=message), force=True)
        elif state.is_cancelling():
            self._client.set_flow_run_state(child.run.id, Cancelled(), force=True)

    def _end_if_cancelling(self, child: Child) -> None:
        if time.monotonic() - child.since < _LOOK_FOR_CANCELLING:
            return
        child.since = time.monotonic()
        state = self._client.read_flow_run(child.run.id).state
        if state is not None and state.is_cancelling():
            os.kill(child.pid, signal.SIGKILL)


def _be_the_run(run: FlowRun, flow: object) -> NoReturn:
    """In the forked child: run that one run and end, whatever happens, without the parent's clean-up."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}), handle_engine_signals(run.id):
            # The service knows a dead run by its process; a heartbeat would only hold up the run's end by a second.
            run_flow(flow, flow_run=run, parameters=run.parameters, return_type="state")  # type: ignore[arg-type]
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        _flush()
        os._exit(code)


def _flush() -> None:
    """Let the run's log lines and events reach the server before the process is gone."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    APILogWorker.drain_all(timeout=5)
    EventsWorker.drain_all(timeout=5)


def _warm_up() -> None:
    """Load now what every run would load again: the tables' dialect, the holidays, the letters' templates."""
    of, year = settings(), datetime.now(OFFICE_ZONE).year
    importlib.import_module("anyio._backends._asyncio")
    engine_for(of.database)  # opens no connection: a fork must not share one
    working_calendar((year - 1, year, year + 1), of.office_calendar)
    for purpose in PURPOSES:
        for part in ("subject", "body"):
            environment(of.templates.resolve() if of.templates else None).get_template(f"{purpose}/{part}.txt")
    gc.freeze()  # what is there now is never garbage; the collector of a fork need not touch, and so copy, it


def main() -> None:
    """Register the deployments in a child, so that this process stays free of threads, then serve."""
    _warm_up()
    pid = os.fork()
    if pid == 0:
        register()
        os._exit(0)
    if os.waitpid(pid, 0)[1] != 0:
        raise SystemExit("không ghi được các deployment vào Prefect")
    with get_client(sync_client=True) as client:
        WarmRunner(client).serve()


if __name__ == "__main__":
    main()
