"""Says which process is at work, and whether another one is still alive (design §3, a dead process)."""

import os
import socket
from datetime import datetime, timedelta
from functools import cache

import psutil


@cache
def _started(pid: int) -> str:
    return f"{psutil.Process(pid).create_time():.2f}"


def me() -> str:
    """`host:pid:started`: the start time tells this process from a later one with the same number."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_started(pid)}"


def is_alive(worker: str, seen_at: datetime | None, now: datetime, silent: timedelta) -> bool:
    """Whether that process still exists; on another machine, whether it has said so within `silent`."""
    host, pid, started = worker.rsplit(":", 2)
    if host != socket.gethostname():
        return seen_at is not None and now - seen_at < silent
    try:
        process = psutil.Process(int(pid))
        # A killed process that nobody has reaped yet still has its number.
        return process.status() != psutil.STATUS_ZOMBIE and f"{process.create_time():.2f}" == started
    except psutil.NoSuchProcess:
        return False
