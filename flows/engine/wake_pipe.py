"""Calls the runner when a run has become due, so that nobody waits for its next look at the server."""

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from config.settings import settings
from database import service_notes
from database.engine import reading
from domain.dates import OFFICE_ZONE


def _folder() -> Path:
    return settings().folder / "wake-pipes"


#: Under this name whoever runs visits says every minute that it does (`database.service_notes`).
RUNS = "runs visits"
_SILENT = timedelta(minutes=3)


def tell() -> bool:
    """Call whoever runs visits, here or elsewhere; False when nobody does: then it is seen when somebody does again.

    What was answered stands in the row already, so a call that is lost costs half a second and nothing else.
    """
    if ring():
        return True
    with reading(settings().database) as session:
        said = service_notes.read(session).get(RUNS)
    return said is not None and datetime.now(OFFICE_ZONE) - said.at < _SILENT


def ring() -> bool:
    """Call every runner of this home, and say whether one heard it; each also looks by itself now and then."""
    heard = False
    for pipe in _folder().glob("*"):
        try:
            call = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            with suppress(OSError):
                pipe.unlink()  # its runner has died, nobody listens there
            continue
        with suppress(BlockingIOError):  # it has been called often enough
            os.write(call, b"!")
        os.close(call)
        heard = True
    return heard


class WakePipe:
    """The runner's end: can be waited for like a socket. `hush` forgets the calls heard so far."""

    def __init__(self) -> None:
        self._path = _folder() / f"{os.getpid()}"

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        os.mkfifo(self._path, 0o600)
        # Opened for writing as well: with no caller left it would otherwise count as ringing all the time.
        self._fifo = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._path.unlink(missing_ok=True)
        os.close(self._fifo)

    def fileno(self) -> int:
        """What to wait for."""
        return self._fifo

    def hush(self) -> None:
        """Take in all calls; what they are about is found at the server."""
        with suppress(BlockingIOError):
            while os.read(self._fifo, 4096):
                pass
