"""Runs visits in a few warm processes: what a run needs is imported once, and each process does one run after another.

Starting Python and importing Prefect costs about 2.5 s of CPU for every wake-up (design trap 8). This process imports
everything, stays free of threads, asks the server what is due, and hands it to forks of itself that stay
(`worker_process.py`, `worker_main.py`): as warm as a thread, as separate as a process. Why not threads:
docs/decisions/0008.
"""

import os
import signal
import time
from contextlib import suppress
from datetime import datetime
from functools import partial
from multiprocessing.connection import wait
from types import FrameType

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import PrefectHTTPStatusError
from sqlalchemy.exc import OperationalError

from config.settings import settings
from database import service_notes
from database.engine import engine_for, writing
from database.restored import keep_mark
from deployments.registry import FLOWS, register
from deployments.warm.preload import warm_up
from deployments.warm.run_claim import is_being_cancelled, note_crash, take
from deployments.warm.worker_main import Flows, work
from deployments.warm.worker_process import WorkerProcess
from domain.dates import OFFICE_ZONE
from flows.engine.due_runs import call_due
from flows.engine.server import one_connection
from flows.engine.taking_over import take_over
from flows.engine.wake_pipe import RUNS, WakePipe
from tasks.worker import RUNNER, end_lease, keep_lease, me

_LOOK_FOR_CANCELLING = 3.0  # seconds a run works before anybody asks whether it should be cancelled
_MINUTE = 60.0
_LOOKS = 8  #: so often within the time of a lease this runner renews its own and looks for those that are over
_PATIENCE_AT_THE_END = 3.5  # seconds that runs at work have when the runner is told to stop


def _flows(client: SyncPrefectClient) -> Flows:
    """What runs, by the deployments as they are in the server now."""
    return {client.read_deployment_by_name(name).id: flow for name, flow in FLOWS.items()}


class WarmRunner:
    """Polls, hands out, hears back; one run is never at work twice in this runner."""

    def __init__(self, client: SyncPrefectClient, pipe: WakePipe) -> None:
        self._client, self._pipe = client, pipe
        self._workers: list[WorkerProcess] = []
        self._leaving: list[WorkerProcess] = []
        self._stopping = False
        self._flows = _flows(client)
        self._last_minute = self._last_look = -_MINUTE

    def serve(self) -> None:
        """Run what is due until SIGTERM; then let the runs at work end."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self._stopping:
            try:
                self._hear()
                self._each_minute()
                self._now_and_then()
                self._hand_out()
            except (httpx.HTTPError, PrefectHTTPStatusError, OperationalError, OSError) as error:
                # The server restarts now and then, a database is locked for a while; the next round asks again.
                print(f"máy chủ Prefect hoặc cơ sở dữ liệu chưa trả lời: {error}", flush=True)
                time.sleep(1)
            # An end, a death or somebody's call is heard at once; what Prefect's pages ask for at the next look.
            wait([self._pipe.fileno(), *(worker.pipe for worker in self._workers)], timeout=settings().poll_seconds)
            self._pipe.hush()
        self._let_end()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _each_minute(self) -> None:
        """Every minute: say that somebody runs visits here, and see that the deployments are still there."""
        if time.monotonic() - self._last_minute < _MINUTE:
            return
        with writing(settings().database) as session:
            service_notes.note(session, RUNS, f"{me()}")
        keep_mark(settings())
        there = {one.id for one in self._client.read_deployments(limit=200)}
        if not there.issuperset(self._flows):
            print("có deployment đã bị xóa trong Prefect, ghi lại", flush=True)
            engine_for(settings().database).dispose()
            register_in_a_child()
            self._flows = _flows(self._client)
        self._last_minute = time.monotonic()

    def _now_and_then(self) -> None:
        """Renew the lease of this runner, and see whether another process has left something in the middle."""
        if time.monotonic() - self._last_look < settings().lease_seconds / _LOOKS:
            return
        keep_lease(RUNNER)
        for line in take_over(self._client, self._flows):
            print(f"làm tiếp việc dở dang: {line}", flush=True)
        self._last_look = time.monotonic()

    def _hand_out(self) -> None:
        at_work = {worker.run.id for worker in self._workers if worker.run}
        free = settings().parallel_runs - len(at_work)
        if free <= 0:
            return
        call_due(self._client, self._flows, limit=free)
        due = self._client.get_scheduled_flow_runs_for_deployments(
            list(self._flows), scheduled_before=datetime.now(OFFICE_ZONE), limit=free + len(at_work)
        )
        # A run that was woken while its last execution is still ending stays due until that one is over.
        for found in [one for one in due if one.id not in at_work][:free]:
            if run := take(self._client, found):
                self._begin(run)

    def _begin(self, run: FlowRun) -> None:
        worker = next((worker for worker in self._workers if worker.run is None), None) or self._open()
        try:
            worker.begin(run)
        except OSError:
            self._bury(worker)  # its process had died while it was idle
            self._open().begin(run)

    def _open(self) -> WorkerProcess:
        # A fork must not share a connection to the database.
        engine_for(settings().database).dispose()
        worker = WorkerProcess.opened(partial(work, self._flows), self._workers)
        self._workers.append(worker)
        return worker

    def _hear(self) -> None:
        self._leaving = [worker for worker in self._leaving if worker.is_alive()]
        for worker in list(self._workers):
            try:
                if worker.look() and worker.runs >= settings().runs_per_process:
                    self._workers.remove(worker)
                    worker.pipe.close()  # it ends, and whatever memory its runs have left behind goes with it
                    self._leaving.append(worker)
            except EOFError:
                self._bury(worker)
            else:
                self._end_if_cancelling(worker)

    def _bury(self, worker: WorkerProcess) -> None:
        """A process that died in the middle of a run could not say so itself."""
        self._workers.remove(worker)
        code = worker.bury()
        if worker.run:
            note_crash(self._client, worker.run, worker.pid, code)

    def _end_if_cancelling(self, worker: WorkerProcess) -> None:
        if worker.run and time.monotonic() - worker.since > _LOOK_FOR_CANCELLING:
            worker.since = time.monotonic()
            if is_being_cancelled(self._client, worker.run):
                worker.kill()

    def _let_end(self) -> None:
        """Let runs at work end; what does not end in time is left to `reconcile-visits` of the next start."""
        deadline = time.monotonic() + _PATIENCE_AT_THE_END
        while time.monotonic() < deadline and any(worker.run for worker in self._workers):
            wait([worker.pipe for worker in self._workers if worker.run], timeout=0.1)
            self._hear()
        for worker in self._workers:
            if worker.run:
                worker.kill()
        with suppress(OperationalError):
            end_lease()


def register_in_a_child() -> None:
    """Registering starts threads, which a process that forks must not have; a busy server is asked again."""
    for _ in range(5):
        pid = os.fork()
        if pid == 0:
            register()
            os._exit(0)
        if os.waitpid(pid, 0)[1] == 0:
            return
    raise SystemExit("không ghi được các deployment vào Prefect")


def main() -> None:
    """Serve until told to stop."""
    warm_up()
    register_in_a_child()
    with one_connection() as client, WakePipe() as pipe:
        WarmRunner(client, pipe).serve()


if __name__ == "__main__":
    main()
