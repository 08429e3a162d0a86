"""The runner of a service whose runs go through a work pool: it asks the rows what is due, and runs nothing itself.

What it makes due, whichever worker of the pool is free takes (`VISITS_RUNNER=pool`, 0047). With several askers on one
database each row is asked about by all; a run that is due already is left alone.
"""

import signal
import time
from collections.abc import Collection
from multiprocessing.connection import wait
from types import FrameType
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.exceptions import PrefectHTTPStatusError
from sqlalchemy.exc import OperationalError

from config.settings import settings
from deployments.lookout import MINUTE, Lookout, leave, say_that_somebody_runs
from deployments.registry import FLOWS, register
from flows.engine.due_runs import call_due
from flows.engine.server import one_connection
from flows.engine.wake_pipe import WakePipe


class Asker:
    """Asks, calls, and says every minute that somebody does."""

    def __init__(self, client: SyncPrefectClient, pipe: WakePipe) -> None:
        self._client, self._pipe = client, pipe
        self._stopping = False
        self._ours: Collection[UUID] = ()
        self._lookout, self._last_minute = Lookout(), -MINUTE

    def serve(self) -> None:
        """Until SIGTERM; nothing of a run is in this process, so nothing has to end."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self._stopping:
            try:
                self._each_minute()
                self._lookout.look(self._client, self._ours)
                call_due(self._client, self._ours, limit=settings().parallel_runs)
            except (httpx.HTTPError, PrefectHTTPStatusError, OperationalError, OSError) as error:
                print(f"máy chủ Prefect hoặc cơ sở dữ liệu chưa trả lời: {error}", flush=True)
                time.sleep(1)
            wait([self._pipe.fileno()], timeout=settings().poll_seconds)
            self._pipe.hush()
        leave()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _each_minute(self) -> None:
        if time.monotonic() - self._last_minute < MINUTE:
            return
        say_that_somebody_runs()
        there = {one.id for one in self._client.read_deployments(limit=200)}
        if self._ours and not there.issuperset(self._ours):
            print("có deployment đã bị xóa trong Prefect, ghi lại", flush=True)
            register()
        self._ours = [self._client.read_deployment_by_name(name).id for name in FLOWS]
        self._last_minute = time.monotonic()


def main() -> None:
    """Write the deployments into the pool, then ask until told to stop."""
    register()
    with one_connection() as client, WakePipe() as pipe:
        Asker(client, pipe).serve()


if __name__ == "__main__":
    main()
