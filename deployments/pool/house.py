"""The house of a worker's warm processes: runs come in as lines, what became of them goes out as lines.

In: a run as JSON, one a line. Out: `{"run": …, "pid": …}` when a process has it, `{"run": …, "code": …}` when it has
ended. It ends when nobody can send it more: then the worker was stopped, or has died. Why not in the worker itself:
that has threads, and a fork of a process with threads may hang (0004).
"""

import json
import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import wait

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun

from deployments.warm.preload import warm_up
from deployments.warm.processes import Processes
from deployments.warm.runner import known_flows
from flows.engine.server import one_connection

_LOOK = 1.0  # seconds until the next look for runs that somebody cancels
_AT_ONCE = 2**16


class House:
    """Reads runs from `source`, says what becomes of them to `answers`; both are numbers of open files."""

    def __init__(self, client: SyncPrefectClient, source: int, answers: int) -> None:
        self._client, self._source, self._answers = client, source, answers
        self._processes = Processes(client, known_flows(client))
        self._unread = b""

    def serve(self) -> None:
        """Until the other end closes; then the runs at work have a moment to end."""
        open_still = True
        while open_still:
            if self._source in wait([self._source, *self._processes.pipes], timeout=_LOOK):
                open_still = self._take_in()
            for one in self._processes.hear():
                self._say(run=f"{one.run.id}", code=one.code)
        self._processes.let_end()

    def _take_in(self) -> bool:
        read = os.read(self._source, _AT_ONCE)
        *lines, self._unread = (self._unread + read).split(b"\n")
        for line in lines:
            self._begin(FlowRun.model_validate_json(line))
        return bool(read)

    def _begin(self, run: FlowRun) -> None:
        if run.deployment_id not in self._processes.flows:
            self._processes.know(known_flows(self._client))  # the deployments were made anew meanwhile
        self._say(run=f"{run.id}", pid=self._processes.begin(run))

    def _say(self, **told: object) -> None:
        with suppress(BrokenPipeError):  # the worker has died; the next look at its pipe tells
            os.write(self._answers, json.dumps(told).encode() + b"\n")


def _doors() -> tuple[int, int]:
    """The two ends of the pipes; what anybody prints from now on goes to the log, not between the lines."""
    answers = os.dup(1)
    os.dup2(2, 1)
    source = os.dup(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    return source, answers


def main() -> None:
    """Serve until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, answers = _doors()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    warm_up()
    with one_connection() as client:
        House(client, source, answers).serve()


if __name__ == "__main__":
    main()
