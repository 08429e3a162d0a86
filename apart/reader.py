"""One process that reads files, as its parent sees it: started, asked, ended, and never left as a zombie."""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from apart import child
from apart.parcel import pack_question, put, take, unpack_answer
from apart.unread import not_begun, stopped, too_long, too_much

#: Seconds by the clock, which go on while a process waits for its turn at a busy machine.
WALL_SECONDS = 40
#: What Windows needs, the zone, and the folder by which a service finds what it has left running.
_KEPT = ("SYSTEMROOT", "TZ", "VISITS_PART_OF")
#: Four times the largest list that is taken; what is made of it needs some twenty times as much.
_MOST_ANSWERED = 32 * 2**20
_log = logging.getLogger(__name__)


class NotBegun(Exception):  # noqa: N818 - not a defect: another process can be asked
    """The process had ended of its own accord before it saw the file."""


class Reader:
    """A process that reads one file at a time; `Unread` where it cannot be started."""

    def __init__(self) -> None:
        self.spent = False  #: whether it must not be asked again
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-B", "-P", "-m", child.__name__],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=_environment(), cwd=Path(sys.executable).anchor,
            )  # fmt: skip
        except OSError as error:
            raise not_begun() from error
        assert self._process.stdin
        assert self._process.stdout
        self._to, self._from = self._process.stdin, self._process.stdout
        self._await_end()

    def _await_end(self) -> None:
        """Whoever ends it, and whenever: its end is taken note of at once."""
        try:
            threading.Thread(target=self._process.wait, name="reader-end", daemon=True).start()
        except RuntimeError as error:  # no more threads
            self.end()
            raise not_begun() from error

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return not self.spent and self._process.poll() is None

    def ask(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What the function says there; `Unread` if it says nothing.

        The process is spent after any failure: what it may still say to this question must not answer the next one.
        """
        self.spent, overdue = True, threading.Event()
        clock = threading.Timer(WALL_SECONDS, self._kill, (overdue,))
        clock.daemon = True
        try:
            clock.start()
            put(self._to, pack_question((function, arguments)))
            said, answer, spent = unpack_answer(take(self._from, _MOST_ANSWERED))
        except TimeoutError:  # a pipe has none: it is the caller's own time that is over
            raise
        except Exception as error:
            self._kill()
            raise self._why(error, function, overdue=overdue.is_set()) from error
        finally:
            clock.cancel()
        self._refuse_failure(said, answer, function)
        self.spent = bool(spent)
        return answer

    def _refuse_failure(self, said: str, answer: Any, function: Callable[..., Any]) -> None:
        if said == child.READ:
            return
        if said == child.TOO_MUCH:
            raise too_much()
        _log.warning("%s failed apart:\n%s", function.__qualname__, answer)
        raise stopped()

    def _why(self, error: Exception, function: Callable[..., Any], *, overdue: bool) -> Exception:
        ended = self._process.wait()
        if overdue:
            return too_long()
        if not isinstance(error, (OSError, EOFError)):  # the pipes were in order, and what went through them was not
            _log.warning("%s was not asked or not answered: %r", function.__qualname__, error)
            return stopped()
        if ended == -getattr(signal, "SIGALRM", 0):
            return NotBegun()
        if ended == -getattr(signal, "SIGXCPU", 0):
            return too_long()
        # A library in Rust that gets no memory aborts.
        return too_much() if ended == -signal.SIGABRT else stopped()

    def _kill(self, overdue: threading.Event | None = None) -> None:
        if overdue:
            overdue.set()
        self._process.kill()

    def end(self) -> None:
        """End it and wait for its end."""
        self.spent = True
        self._process.kill()
        self._process.wait()
        self.forget()

    def forget(self) -> None:
        """Close this process's ends of the pipes; the other process ends by that when nobody else holds them."""
        for pipe in (self._to, self._from):
            with suppress(OSError):
                pipe.close()


def _environment() -> dict[str, str]:
    """What Python needs to start and to find the same code; no setting and no secret of the service."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    paths = os.pathsep.join(str(Path(place).absolute()) for place in sys.path)
    return {**kept, "PYTHONPATH": paths, "PYTHONUTF8": "1"}
