"""One place at which a run can be at work: a process that stays, and does one run after another (see 0008)."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import NoReturn, Self

from prefect.client.schemas.objects import FlowRun

#: What a process does with the far end of its pipe until that is closed.
Work = Callable[[Connection], None]


@dataclass
class WorkerProcess:
    """The runner's end: hands a run over, hears when it is done or its process has died."""

    pid: int
    pipe: Connection
    run: FlowRun | None = None
    since: float = 0.0  #: on the monotonic clock: when its run began, or was last looked at
    runs: int = 0  #: how many it has been given

    @classmethod
    def opened(cls, work: Work, others: list[Self]) -> Self:
        """Fork a process that works until its pipe is closed: by the runner, or by the runner's death.

        Only a process without threads may do this. The new one closes what it inherited of `others`: else it would
        keep their pipes open after the runner is gone, and they would never hear of it.
        """
        here, there = Pipe()
        pid = os.fork()
        if pid == 0:
            here.close()
            for other in others:
                other.pipe.close()
            _be_a_process(work, there)
        there.close()
        return cls(pid, here)

    def begin(self, run: FlowRun) -> None:
        """Hand a run over; `OSError` when the process has died meanwhile."""
        self.run, self.since, self.runs = run, time.monotonic(), self.runs + 1
        self.pipe.send_bytes(run.model_dump_json().encode())

    def look(self) -> FlowRun | None:
        """The run that has just ended, if one has. Raises `EOFError` when the process is gone."""
        with suppress(ConnectionResetError):
            if not self.pipe.poll():
                return None
            self.pipe.recv_bytes()
            ended, self.run = self.run, None
            return ended
        raise EOFError

    def kill(self) -> None:
        """End the process at once, in the middle of whatever it does."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def bury(self) -> int:
        """Take note of how the process has died: its exit code, or the signal as a negative number."""
        self.pipe.close()
        _pid, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)

    def is_alive(self) -> bool:
        """Whether the process of a closed worker is still ending; takes note of it when it has."""
        pid, _status = os.waitpid(self.pid, os.WNOHANG)
        return pid == 0


def _be_a_process(work: Work, pipe: Connection) -> NoReturn:
    """In the fork: work, then end without the clean-up that belongs to the runner."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the runner, which lets runs end
        work(pipe)
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)
