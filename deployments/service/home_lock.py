"""One service, or one of each part, for each home: locks that end with their holder, and name who holds them."""

import fcntl
import json
import os
import socket
from datetime import datetime
from pathlib import Path

from domain.dates import OFFICE_ZONE, short_date, time_of_day
from domain.problem import Problem, Refused


class HomeLock:
    """The file `lock` in a home, locked while a service runs there; a part that runs alone locks one of its own beside.

    The kernel lets go of it when its holder dies, by `kill -9` too; no child inherits it. So whoever has it may be sure
    that processes which still belong to this home were left behind. Parts that run alone share `lock`: what has the
    whole home keeps them out, and they it.
    """

    NAME = "lock"

    def __init__(self, folder: Path, part: str = "") -> None:
        self._folder, self._part = folder, part
        self._held: list[int] = []

    @classmethod
    def is_one(cls, path: Path) -> bool:
        """Whether that file is a lock, and says nothing."""
        return path.name.partition("-")[0] == cls.NAME

    @classmethod
    def has(cls, folder: Path, part: str) -> bool:
        """Whether that part belongs to what runs, or ran last, in this home: to the whole service, or alone.

        Where nothing has run yet it is taken to belong.
        """
        try:
            whole = not json.loads((folder / cls.NAME).read_bytes()).get("part")
        except (OSError, ValueError, AttributeError):
            return True
        return whole or (folder / f"{cls.NAME}-{part}").exists()

    def take(self) -> None:
        """Hold it from now on; `Refused` with the name of the holder when another process has it."""
        try:
            self._lock(self.NAME, fcntl.LOCK_SH if self._part else fcntl.LOCK_EX)
            if self._part:
                self._lock(f"{self.NAME}-{self._part}", fcntl.LOCK_EX)
        except Refused:
            self.release()
            raise
        for file in self._held:
            os.ftruncate(file, 0)
            os.pwrite(file, json.dumps(_me() | {"part": self._part}).encode(), 0)

    def _lock(self, name: str, how: int) -> None:
        file = os.open(self._folder / name, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except OSError:
            told = os.pread(file, 4096, 0)
            os.close(file)
            remedy = "dừng nó trước (Ctrl-C ở cửa sổ đó), hoặc dùng thư mục khác: VISITS_HOME=…"
            raise Refused(Problem(str(self._folder), f"đang chạy: {_holder(told)}", remedy)) from None
        self._held.append(file)

    def release(self) -> None:
        """Let others in. The files stay: taking one away could split one lock in two."""
        for file in self._held:
            os.close(file)
        self._held = []


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
