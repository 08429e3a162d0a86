"""Other processes as they stand among those at work, for tests that leave something in their hands."""

import secrets
import subprocess
import sys

import psutil

from config.settings import settings
from database import leases
from database.engine import writing
from database.leases import Process
from tasks.worker import _started, machine, process


def at_work(pid: int, started: str | None = None, *, where: str = "", seconds: float = 40) -> str:
    """Give that process a lease, on this machine unless said otherwise; the id by which it is known."""
    ticks = _started(psutil.Process(pid)) if started is None else started
    one = Process(secrets.token_hex(8), where or machine(), process().host, pid, ticks, "run")
    with writing(settings().database) as session:
        leases.grant(session, one, seconds)
    return one.id


def a_dead_worker() -> str:
    """A process that had a lease and has ended, which nobody has taken note of."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as ended:
        return at_work(ended.pid)
