"""The runner of a service whose runs go through a work pool: it asks the rows what is due, and runs nothing itself.

What it makes due, whichever worker of the pool is free takes (`VISITS_RUNNER=pool`, 0047). With several askers on one
database each row is asked about by all; a run that is due already is left alone.
"""

import signal
import time
from collections.abc import Collection
from contextlib import suppress
from multiprocessing.connection import wait
from types import FrameType
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.exceptions import PrefectHTTPStatusError
from sqlalchemy.exc import OperationalError

from config.settings import settings
from database import service_notes
from database.engine import writing
from database.restored import keep_mark
from deployments.registry import FLOWS, register
from flows.engine.due_runs import call_due
from flows.engine.server import one_connection
from flows.engine.taking_over import take_over
from flows.engine.wake_pipe import RUNS, WakePipe
from tasks.worker import RUNNER, end_lease, keep_lease, me

_MINUTE = 60.0
_LOOKS = 8  #: so often within the time of a lease it renews its own and looks for those that are over


class Asker:
    """Asks, calls, and says every minute that somebody does."""

    def __init__(self, client: SyncPrefectClient, pipe: WakePipe) -> None:
        self._client, self._pipe = client, pipe
        self._stopping = False
        self._ours: Collection[UUID] = ()
        self._last_minute = self._last_look = -_MINUTE

    def serve(self) -> None:
        """Until SIGTERM; nothing of a run is in this process, so nothing has to end."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self._stopping:
            try:
                self._each_minute()
                self._now_and_then()
                call_due(self._client, self._ours, limit=settings().parallel_runs)
            except (httpx.HTTPError, PrefectHTTPStatusError, OperationalError, OSError) as error:
                print(f"máy chủ Prefect hoặc cơ sở dữ liệu chưa trả lời: {error}", flush=True)
                time.sleep(1)
            wait([self._pipe.fileno()], timeout=settings().poll_seconds)
            self._pipe.hush()
        with suppress(OperationalError):
            end_lease()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _each_minute(self) -> None:
        if time.monotonic() - self._last_minute < _MINUTE:
            return
        with writing(settings().database) as session:
            service_notes.note(session, RUNS, f"{me()}")
        keep_mark(settings())
        there = {one.id for one in self._client.read_deployments(limit=200)}
        if self._ours and not there.issuperset(self._ours):
            print("có deployment đã bị xóa trong Prefect, ghi lại", flush=True)
            register()
        self._ours = [self._client.read_deployment_by_name(name).id for name in FLOWS]
        self._last_minute = time.monotonic()

    def _now_and_then(self) -> None:
        """Renew the lease of this process, and see whether another one has left something in the middle."""
        if time.monotonic() - self._last_look < settings().lease_seconds / _LOOKS:
            return
        keep_lease(RUNNER)
        for line in take_over(self._client, self._ours):
            print(f"làm tiếp việc dở dang: {line}", flush=True)
        self._last_look = time.monotonic()


def main() -> None:
    """Write the deployments into the pool, then ask until told to stop."""
    register()
    with one_connection() as client, WakePipe() as pipe:
        Asker(client, pipe).serve()


if __name__ == "__main__":
    main()
