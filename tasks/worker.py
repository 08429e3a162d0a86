"""Says which process is at work, and whether another one is still alive (design §3, a dead process)."""

import os
import socket
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import psutil

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def _started(process: psutil.Process) -> str:
    """When it was started, on a clock that nobody sets.

    `create_time` is counted from the wall clock of today: once that is set, by hand or by NTP, it says another time
    of the same process, and everybody at work would count as dead. Linux keeps ticks since the machine was booted.
    """
    try:
        ticks = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        return f"{_BOOT.read_text(encoding='ascii')[:8]}-{ticks.split()[19]}"
    except OSError:
        return f"{process.create_time():.2f}"  # not Linux, or it has just ended: then psutil says so


@cache
def _of(pid: int) -> str:
    return _started(psutil.Process(pid))


def me() -> str:
    """`host:pid:started`: the start time tells this process from a later one with the same number."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_of(pid)}"


def is_alive(worker: str, seen_at: datetime | None, now: datetime, silent: timedelta) -> bool:
    """Whether that process still exists; on another machine, whether it has said so within `silent`."""
    host, pid, started = worker.rsplit(":", 2)
    if host != socket.gethostname():
        return seen_at is not None and now - seen_at < silent
    try:
        process = psutil.Process(int(pid))
        # A killed process that nobody has reaped yet still has its number.
        return process.status() != psutil.STATUS_ZOMBIE and _started(process) == started
    except psutil.NoSuchProcess:
        return False
