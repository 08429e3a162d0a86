"""A worker of Prefect whose runs are done by warm processes: `prefect worker start --pool … --type visits-warm`.

Prefect finds it by the entry point `prefect.collections` (pyproject.toml) and loads it into each of its own programs,
the server among them: nothing heavy is imported here. To Prefect it is a worker like any other, with a heartbeat, a
page, a limit. What it takes it hands to `house.py`, a process without threads, which a worker's own is not.
"""

import json
import sys
from asyncio import Event, Lock, StreamReader, Task, create_subprocess_exec, create_task
from asyncio.subprocess import PIPE, Process
from typing import Any, ClassVar
from uuid import UUID

from anyio.abc import TaskStatus
from prefect.client.schemas.objects import FlowRun
from prefect.workers.base import BaseJobConfiguration, BaseVariables, BaseWorker, BaseWorkerResult

#: What the pool's and the worker's type is called.
TYPE = "visits-warm"
#: A run with everything known about it is one line of the pipe.
_LONGEST_LINE = 16 * 2**20


class WarmResult(BaseWorkerResult):
    """How a run has ended, as far as its process goes; what became of it the run itself has told the server."""


class _Handed:
    """A run in the hands of the house: which process has it, and that it has ended."""

    def __init__(self) -> None:
        self.pid, self.begun, self.ended = 0, Event(), Event()


class WarmWorker(BaseWorker[BaseJobConfiguration, BaseVariables, WarmResult]):
    """Takes runs from a work pool and has them done by processes that stay (0008, 0047)."""

    type: ClassVar[str] = TYPE  # type: ignore[misc]  # an instance variable in Prefect only by its annotation
    job_configuration = BaseJobConfiguration
    #: The command that starts the process without threads.
    house: ClassVar[tuple[str, ...]] = (sys.executable, "-m", "deployments.pool.house")
    _display_name = "Visits, warm processes"
    _description = "Runs visits of the yearly plan in a few processes that stay, on this machine."

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._house: Process | None = None
        self._hearing: Task[None] | None = None
        self._handed: dict[UUID, _Handed] = {}
        self._opening = Lock()

    async def run(
        self, flow_run: FlowRun, configuration: BaseJobConfiguration, task_status: TaskStatus[int] | None = None
    ) -> WarmResult:
        """Have one run done; returns when it has ended or parked, whatever became of it.

        Raises `RuntimeError` when the house died before the run began; Prefect then calls the run crashed.
        """
        assert configuration
        # A run that was woken while its last execution is still ending is due already: that one ends first.
        while before := self._handed.get(flow_run.id):
            await before.ended.wait()
        one = self._handed[flow_run.id] = _Handed()
        await self._say(flow_run.model_dump_json())
        await one.begun.wait()
        if not one.pid:
            raise RuntimeError("the house of warm processes has ended")
        if task_status is not None:
            task_status.started(one.pid)
        await one.ended.wait()
        # The house has told the server of a process that died; a run that had parked before that is not crashed.
        return WarmResult(identifier=f"{one.pid}", status_code=0)

    async def teardown(self, *exc_info: Any) -> None:
        """Close the pipe: the house lets the runs at work end, and then ends."""
        try:
            if self._house and self._house.stdin:
                self._house.stdin.close()
                await self._house.wait()
        finally:
            await super().teardown(*exc_info)

    async def _say(self, line: str) -> None:
        async with self._opening:
            house = self._house if self._house and self._house.returncode is None else await self._open()
        assert house.stdin
        house.stdin.write(line.encode() + b"\n")
        await house.stdin.drain()

    async def _open(self) -> Process:
        # A session of its own: Ctrl-C is for the worker, which closes the pipe.
        house = await create_subprocess_exec(
            *self.house, stdin=PIPE, stdout=PIPE, limit=_LONGEST_LINE, start_new_session=True
        )
        assert house.stdout
        self._house, self._hearing = house, create_task(self._hear(house.stdout))
        return house

    async def _hear(self, lines: StreamReader) -> None:
        async for line in lines:
            said = json.loads(line)
            if one := self._handed.get(UUID(said["run"])):
                if pid := said.get("pid"):
                    one.pid = pid
                else:
                    one.ended.set()
                    del self._handed[UUID(said["run"])]
                one.begun.set()
        for one in self._handed.values():  # the house is gone, and its processes with it
            one.begun.set()
            one.ended.set()
        self._handed.clear()
