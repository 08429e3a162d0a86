"""One service for each home: a lock that ends with its holder, however that ends, and that names who holds it."""

import fcntl
import json
import os
import socket
from datetime import datetime
from pathlib import Path

from domain.dates import OFFICE_ZONE, short_date, time_of_day
from domain.problem import Problem, Refused


class HomeLock:
    """The file `lock` in a home, locked while a service runs there.

    The kernel lets go of it when its holder dies, by `kill -9` too; no child inherits it. So whoever has it may be sure
    that processes which still belong to this home were left behind.
    """

    NAME = "lock"

    def __init__(self, folder: Path) -> None:
        self._file = folder / self.NAME
        self._held: int | None = None

    def take(self) -> None:
        """Hold it from now on; `Refused` with the name of the holder when another process has it."""
        file = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            told = os.pread(file, 4096, 0)
            os.close(file)
            remedy = "dừng nó trước (Ctrl-C ở cửa sổ đó), hoặc dùng thư mục khác: VISITS_HOME=…"
            raise Refused(Problem(str(self._file.parent), f"đang chạy: {_holder(told)}", remedy)) from None
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps(_me()).encode(), 0)
        self._held = file

    def release(self) -> None:
        """Let others in. The file stays: taking it away could split one lock in two."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _me() -> dict[str, object]:
    now = datetime.now(OFFICE_ZONE)
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": now.isoformat(timespec="seconds")}


def _holder(told: bytes) -> str:
    try:
        said = json.loads(told)
        since = datetime.fromisoformat(said["since"])
        when = f"{time_of_day(since)}, {short_date(since.date())}"
        return f"tiến trình {said['pid']} trên máy {said['host']} từ {when}"
    except (ValueError, KeyError, TypeError):
        return "một tiến trình vừa khởi động"  # it has the lock, and has not yet written its name
