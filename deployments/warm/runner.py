"""Runs visits in a few warm processes: what a run needs is imported once, and each process does one run after another.

Starting Python and importing Prefect costs about 2.5 s of CPU for every wake-up (design trap 8). This process imports
everything, stays free of threads, asks the server what is due, and hands it to forks of itself that stay
(`processes.py`, `worker_main.py`): as warm as a thread, as separate as a process. Why not threads:
docs/decisions/0008.
"""

import os
import signal
import time
from datetime import datetime
from multiprocessing.connection import wait
from types import FrameType

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.exceptions import PrefectHTTPStatusError
from sqlalchemy.exc import OperationalError

from config.settings import settings
from database.engine import engine_for
from deployments.lookout import MINUTE, Lookout, leave, say_that_somebody_runs
from deployments.registry import FLOWS, register
from deployments.warm.preload import warm_up
from deployments.warm.processes import Processes
from deployments.warm.run_claim import take
from deployments.warm.worker_main import Flows
from domain.dates import OFFICE_ZONE
from flows.engine.due_runs import call_due
from flows.engine.server import one_connection
from flows.engine.wake_pipe import WakePipe


def known_flows(client: SyncPrefectClient) -> Flows:
    """What runs, by the deployments as they are in the server now."""
    return {client.read_deployment_by_name(name).id: flow for name, flow in FLOWS.items()}


class WarmRunner:
    """Polls, hands out, hears back; one run is never at work twice in this runner."""

    def __init__(self, client: SyncPrefectClient, pipe: WakePipe) -> None:
        self._client, self._pipe = client, pipe
        self._stopping = False
        self._processes = Processes(client, known_flows(client))
        self._lookout, self._last_minute = Lookout(), -MINUTE

    def serve(self) -> None:
        """Run what is due until SIGTERM; then let the runs at work end."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self._stopping:
            try:
                self._processes.hear()
                self._each_minute()
                self._lookout.look(self._client, self._processes.flows)
                self._hand_out()
            except (httpx.HTTPError, PrefectHTTPStatusError, OperationalError, OSError) as error:
                # The server restarts now and then, a database is locked for a while; the next round asks again.
                print(f"máy chủ Prefect hoặc cơ sở dữ liệu chưa trả lời: {error}", flush=True)
                time.sleep(1)
            # An end, a death or somebody's call is heard at once; what Prefect's pages ask for at the next look.
            wait([self._pipe.fileno(), *self._processes.pipes], timeout=settings().poll_seconds)
            self._pipe.hush()
        self._processes.let_end()
        leave()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _each_minute(self) -> None:
        """Every minute: say that somebody runs visits here, and see that the deployments are still there."""
        if time.monotonic() - self._last_minute < MINUTE:
            return
        say_that_somebody_runs()
        there = {one.id for one in self._client.read_deployments(limit=200)}
        if not there.issuperset(self._processes.flows):
            print("có deployment đã bị xóa trong Prefect, ghi lại", flush=True)
            engine_for(settings().database).dispose()
            register_in_a_child()
            self._processes.know(known_flows(self._client))
        self._last_minute = time.monotonic()

    def _hand_out(self) -> None:
        flows = self._processes.flows
        at_work = {run.id for run in self._processes.at_work}
        free = settings().parallel_runs - len(at_work)
        if free <= 0:
            return
        call_due(self._client, flows, limit=free)
        due = self._client.get_scheduled_flow_runs_for_deployments(
            list(flows), scheduled_before=datetime.now(OFFICE_ZONE), limit=free + len(at_work)
        )
        # A run that was woken while its last execution is still ending stays due until that one is over.
        for found in [one for one in due if one.id not in at_work][:free]:
            if run := take(self._client, found):
                self._processes.begin(run)


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
