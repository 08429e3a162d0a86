"""One watched process of the service: starting, ready, or failed until it is tried again (see 0014)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path

from config.private_files import OTHERS
from config.settings import ROOT
from deployments.service.part_log import PartLog

_TIED = Path(__file__).with_name("tied.py")
_STEADY = 5.0  # seconds; a part that dies sooner after it was ready has not really come up


class State(Enum):
    """How far a part is."""

    RESTING = "chưa chạy"
    STARTING = "đang khởi động"
    READY = "đã sẵn sàng"
    FAILED = "không khởi động được"


class Part:
    """A process that is started again whenever it has ended, with growing pauses while that does not succeed.

    `look` never waits: however long one part needs, the others are looked after meanwhile.
    """

    def __init__(
        self, name: str, arguments: list[str], is_ready: Callable[[PartLog], bool], greeting: str,
        log: PartLog, environment: dict[str, str], pauses: Sequence[float], patience: float,
    ) -> None:  # fmt: skip
        self.name, self.log = name, log
        self.state = State.RESTING
        self.trouble = ""  #: what is wrong with it now, for people; empty when nothing is
        self.failures = 0  #: starts in a row that came to nothing
        self.fruitless = 0  #: … of which nobody but the part itself was the cause
        self.process: subprocess.Popen[bytes] | None = None
        self._arguments, self._environment = arguments, environment
        self._is_ready, self._greeting = is_ready, greeting
        self._pauses, self._patience = pauses, patience
        self._since = self._again = 0.0

    @property
    def is_ready(self) -> bool:
        """Whether it does its work."""
        return self.state is State.READY

    def look(self, may_start: bool = True) -> list[str]:
        """Look once, start it if it is time; returns what is new, in lines for people."""
        now = time.monotonic()
        if self.state in (State.RESTING, State.FAILED):
            return self._start(now) if may_start and now >= self._again else []
        assert self.process
        code = self.process.poll()
        if code is not None:
            return self._ended(code, now)
        if self.state is State.STARTING and self._is_ready(self.log):
            self.state, self._since, self.trouble, self.fruitless = State.READY, now, "", 0
            return [self._greeting, *self.log.told()]
        if self.state is State.STARTING and now - self._since > self._patience:
            self._kill()
            self.fruitless += 1
            return self._failed(f"sau {self._patience:.0f} giây vẫn chưa trả lời: {self.log.error()}", now)
        return []

    def _start(self, now: float) -> list[str]:
        """Start the process, tied to this one where the system can do that."""
        command = [sys.executable, *self._arguments]
        if sys.platform == "linux":
            # The bond is with the thread that starts it: only the main thread, which lives to the end, calls this.
            command = [sys.executable, "-I", "-S", str(_TIED), str(os.getpid()), *command]
        try:
            self.log.begin()
            with self.log.path.open("ab") as output:
                self.process = subprocess.Popen(
                    command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL,
                    stdout=output, stderr=output, start_new_session=True, umask=OTHERS,
                )  # fmt: skip
        except OSError as error:  # no memory, no more processes, a full disk
            self.fruitless += 1
            return self._failed(str(error), now)
        self.state, self._since = State.STARTING, now
        return []

    def _ended(self, code: int, now: float) -> list[str]:
        if self.state is State.STARTING:
            self.fruitless += code >= 0
            return self._failed(f"{_how(code)}: {self.log.error()}" if code >= 0 else _how(code), now)
        if now - self._since < _STEADY:
            return self._failed(f"vừa chạy đã dừng, {_how(code)}", now)
        self.failures = 0
        self.trouble = f"đã dừng ({_how(code)}), đang khởi động lại"
        return [f"{self.name} đã dừng ({_how(code)}), khởi động lại", *self._start(now)]

    def _failed(self, why: str, now: float) -> list[str]:
        self.failures += 1
        pause = self._pauses[min(self.failures, len(self._pauses)) - 1]
        self.state, self._again = State.FAILED, now + pause
        self.trouble = f"{self.state.value} ({self.failures} lần liền; lần cuối {why})"
        return [f"{self.name} {self.state.value} (lần {self.failures}): {why}; thử lại sau {pause:g} giây"]

    def _kill(self) -> None:
        assert self.process
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _how(code: int) -> str:
    return f"bị ngắt bằng tín hiệu {-code}" if code < 0 else f"kết thúc với mã {code}"
