"""The processes of a runner or worker: opened when there is work, replaced when they are old, buried when they die."""

import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import PrefectHTTPStatusError

from config.settings import settings
from database.engine import engine_for
from deployments.warm.run_claim import is_being_cancelled, note_crash
from deployments.warm.worker_main import Flows, work
from deployments.warm.worker_process import WorkerProcess

_LOOK_FOR_CANCELLING = 3.0  # seconds a run works before anybody asks whether it should be cancelled
_PATIENCE_AT_THE_END = 3.5  # seconds that runs at work have when they are told to end
#: The server is away for a while. What it was not told, it is told at the next look or by `reconcile-visits`.
_AWAY = (httpx.HTTPError, PrefectHTTPStatusError)


@dataclass(frozen=True)
class Ended:
    """A run that is at work no more, and how its process has died if it did: 0 when it lives on."""

    run: FlowRun
    code: int = 0


class Processes:
    """Only a process without threads may hold them: each is a fork of it (0008)."""

    def __init__(self, client: SyncPrefectClient, flows: Flows) -> None:
        self._client, self._flows = client, flows
        self._workers: list[WorkerProcess] = []
        self._leaving: list[WorkerProcess] = []

    @property
    def pipes(self) -> list[Connection]:
        """What to wait for: each says when its run has ended, or its process has died."""
        return [worker.pipe for worker in self._workers]

    @property
    def at_work(self) -> list[FlowRun]:
        """The runs that are at work now."""
        return [worker.run for worker in self._workers if worker.run]

    @property
    def flows(self) -> Flows:
        """What runs, by deployment."""
        return self._flows

    def know(self, flows: Flows) -> None:
        """Go by other deployments from now on; processes that know only those of before end when they are free."""
        self._flows = flows
        for worker in list(self._workers):
            worker.runs = settings().runs_per_process
            if worker.run is None:
                self._let_go(worker)

    def begin(self, run: FlowRun) -> int:
        """Hand the run to a process that is free, or to a new one; gives its number."""
        worker = next((worker for worker in self._workers if worker.run is None), None) or self._open()
        try:
            worker.begin(run)
        except OSError:
            self._bury(worker, None)  # its process had died while it was idle
            worker = self._open()
            worker.begin(run)
        return worker.pid

    def hear(self) -> list[Ended]:
        """What has ended since; the server has been told of those whose process died."""
        self._leaving = [worker for worker in self._leaving if worker.is_alive()]
        ended = []
        for worker in list(self._workers):
            run = worker.run
            try:
                if done := worker.look():
                    ended.append(Ended(done))
                    if worker.runs >= settings().runs_per_process:
                        self._let_go(worker)  # whatever memory its runs have left behind goes with it
            except EOFError:
                code = self._bury(worker, run)
                ended += [Ended(run, code)] if run else []
            else:
                self._end_if_cancelling(worker)
        return ended

    def let_end(self) -> None:
        """Let runs at work end; what does not end in time is left to `reconcile-visits` of the next start."""
        deadline = time.monotonic() + _PATIENCE_AT_THE_END
        while time.monotonic() < deadline and self.at_work:
            wait([worker.pipe for worker in self._workers if worker.run], timeout=0.1)
            self.hear()
        for worker in self._workers:
            if worker.run:
                worker.kill()

    def _open(self) -> WorkerProcess:
        # A fork must not share a connection to the database.
        engine_for(settings().database).dispose()
        worker = WorkerProcess.opened(partial(work, self._flows), self._workers)
        self._workers.append(worker)
        return worker

    def _let_go(self, worker: WorkerProcess) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        self._leaving.append(worker)

    def _bury(self, worker: WorkerProcess, run: FlowRun | None) -> int:
        """A process that died in the middle of a run could not say so itself."""
        self._workers.remove(worker)
        code = worker.bury()
        if run:
            with suppress(*_AWAY):
                note_crash(self._client, run, worker.pid, code)
        return code

    def _end_if_cancelling(self, worker: WorkerProcess) -> None:
        if worker.run and time.monotonic() - worker.since > _LOOK_FOR_CANCELLING:
            worker.since = time.monotonic()
            with suppress(*_AWAY):
                if is_being_cancelled(self._client, worker.run):
                    worker.kill()
