"""`visits doctor`, run for an admin who sits at the desk: the same looks, the same words."""

import os
import subprocess
import sys
import threading
from dataclasses import dataclass

from config.settings import Settings

_SECONDS = 180
_at_work = threading.Lock()  # it is a process of its own, with all that the service knows in it
#: The marks of the doctor, and how the page shows them.
_MARKS = {"✓": "good", "!": "wait", "✗": "bad"}


@dataclass(frozen=True)
class Look:
    """One thing that was looked at."""

    mark: str  #: `good`, `wait` for a warning, `bad`
    name: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """All looks; `well` where nothing is wrong, warnings aside."""

    well: bool
    looks: tuple[Look, ...]


def examine(of: Settings) -> Report:
    """Run it as a process of its own, on this very home: what it needs of other rooms the desk does not know."""
    if not _at_work.acquire(blocking=False):
        return Report(
            False, (Look("wait", "Kiểm tra dịch vụ", ("đang kiểm tra cho người khác; lát nữa kiểm tra lại",)),)
        )
    try:
        return _examined(of)
    finally:
        _at_work.release()


def _examined(of: Settings) -> Report:
    command = (sys.executable, "-m", "cli.main", "doctor")
    told = {"VISITS_MODE": of.mode, "VISITS_HOME": str(of.folder.absolute()), "COLUMNS": "400"}
    told |= {"VISITS_PREFECT_PORT": f"{of.prefect_port}", "VISITS_DESK_PORT": f"{of.desk_port}"}
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, env={**os.environ, **told}, check=False
        )
    except subprocess.TimeoutExpired:
        return Report(False, (Look("bad", "Kiểm tra dịch vụ", (f"quá {_SECONDS} giây chưa xong; thử lại",)),))
    looks = tuple(_looks(run.stdout))
    if not looks:
        looks = (Look("bad", "Kiểm tra dịch vụ", (run.stderr.strip()[-500:] or "không có câu trả lời",)),)
    return Report(run.returncode == 0, looks)


def _looks(said: str) -> list[Look]:
    found: list[Look] = []
    for line in said.splitlines():
        mark, _, name = line.partition(" ")
        if mark in _MARKS:
            found.append(Look(_MARKS[mark], name.strip()))
        elif line.strip() and found:
            last = found[-1]
            found[-1] = Look(last.mark, last.name, (*last.told, line.strip()))
    return found
