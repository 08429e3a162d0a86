"""Says which process is at work, keeps its lease, and tells whether another one is still alive (0046)."""

import os
import secrets
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import psutil
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from config.settings import settings
from database import leases
from database.engine import reading, writing
from database.leases import Process, WorkerRow, own_clock
from database.models import VisitRow

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_NUMBERS = Path("/proc/self/ns/pid")
#: Of a lease's time, how much must be left when a letter's text leaves.
_LEAST_LEFT = 0.25
_BEATS = 3  #: so often within its time a lease is renewed


class LeaseLost(Exception):  # noqa: N818 - its name is what has happened
    """Another process has taken over what this one was at: it was silent for too long. Nothing more is written."""


def _started(process: psutil.Process) -> str:
    """When it was started, on a clock that nobody sets.

    `create_time` is counted from the wall clock of today: once that is set, by hand or by NTP, it says another time
    of the same process, and everybody at work would count as dead. Linux keeps ticks since the machine was booted.
    """
    try:
        ticks = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        return ticks.split()[19]
    except OSError:
        return f"{process.create_time():.2f}"  # not Linux, or it has just ended: then psutil says so


@cache
def machine() -> str:
    """Where numbers of processes mean the same: this kernel since its start, and this container's own numbers."""
    try:
        return f"{_BOOT.read_text(encoding='ascii').strip()}/{_NUMBERS.stat().st_ino}"
    except OSError:
        return f"{socket.gethostname()}/{psutil.boot_time():.0f}"  # not Linux


class _Own:
    """What this process keeps of itself; a fork begins anew."""

    def __init__(self) -> None:
        self.id = secrets.token_hex(8)
        self.visits: set[int] = set()
        self.busy = 0
        self.started = ""
        self.beating = False
        self.changed = threading.Lock()


_own: dict[int, _Own] = {}


def _me() -> _Own:
    pid = os.getpid()
    if pid not in _own:
        _own.clear()
        _own[pid] = _Own()
    return _own[pid]


def me() -> str:
    """By which this process is known wherever it is at work: drawn when it is first asked for."""
    return _me().id


def process(part: str = "run") -> Process:
    """This process as it stands among those at work."""
    own, pid = _me(), os.getpid()
    own.started = own.started or _started(psutil.Process(pid))  # before each letter, and never another
    return Process(own.id, machine(), socket.gethostname(), pid, own.started, part)


def is_alive(session: Session, worker: str | None) -> bool:
    """Whether that process may still write: its lease runs, and where its number can be looked up it exists."""
    row = leases.of(session, worker) if worker else None
    return row is not None and _counts(row)


def _counts(row: WorkerRow) -> bool:
    return row.machine != machine() or _exists(row)


def others_at_work(session: Session) -> Sequence[WorkerRow]:
    """Everybody but this process who may still write, on any machine, in the order in which they began."""
    return [row for row in leases.running(session) if row.id != me() and _counts(row)]


def alive(worker: str | None) -> bool:
    """The same, for whoever has no session."""
    if worker is None:
        return False
    with reading(settings().database) as session:
        return is_alive(session, worker)


def _exists(row: WorkerRow) -> bool:
    try:
        found = psutil.Process(row.pid)
        # A killed process that nobody has reaped yet still has its number.
        return found.status() != psutil.STATUS_ZOMBIE and _started(found) == row.started
    except psutil.NoSuchProcess:
        return False


#: The part that hands runs out; the processes to which it does are `run`.
RUNNER = "runner"


def keep_lease(part: str, uses: Mapping[str, str] | None = None) -> None:
    """Say that this process is there, without a thread: whoever calls this does so often enough."""
    with writing(settings().database) as session:
        leases.grant(session, process(part), settings().lease_seconds, uses)


def end_lease() -> None:
    """Say that it ends, in order."""
    with writing(settings().database) as session:
        leases.end(session, me())


# What this process has in hand


def take_up(session: Session, visit_id: int) -> None:
    """This process works on that visit from here on: its lease is renewed as long as it does."""
    leases.grant(session, process(), settings().lease_seconds)
    _me().visits.add(visit_id)
    _beat()


def holds(visit_id: int) -> bool:
    """Whether this process has claimed that visit."""
    return visit_id in _me().visits


def fence(visit: VisitRow) -> None:
    """Raise `LeaseLost` unless the visit, whose row the caller has locked, is still this process's to write.

    What nobody has claimed may be written by anybody.
    """
    allowed = (me(),) if visit.id in _me().visits else (me(), None)
    if visit.worker not in allowed:
        raise LeaseLost(f"{visit.key}: {visit.worker or 'nobody'} has it now")


def lay_down(visit_id: int) -> None:
    """This process is done with that visit, whatever has become of it."""
    _me().visits.discard(visit_id)


@contextmanager
def at_work() -> Iterator[None]:
    """What happens in here belongs to no visit that this process has claimed, and keeps its lease all the same."""
    own = _me()
    own.busy += 1
    _beat()
    try:
        yield
    finally:
        own.busy -= 1


class Hold:
    """A lease that was granted just now, for what must happen before it can be over."""

    def __init__(self, session: Session) -> None:
        """Begin it in that transaction."""
        self._seconds = settings().lease_seconds
        self._since = own_clock()[1]
        leases.grant(session, process(), self._seconds)

    def check(self) -> None:
        """Raise `LeaseLost` when this process stood still for so long that others may count it as dead.

        Only its own clock is asked: this is for the last moment before a letter leaves.
        """
        if own_clock()[1] - self._since > self._seconds * (1 - _LEAST_LEFT):
            raise LeaseLost("this process stood still")


def _beat() -> None:
    """Let a thread renew the lease while there is anything in hand; it lives as long as the process."""
    own = _me()
    with own.changed:
        if own.beating:
            return
        own.beating = True
    threading.Thread(target=_renew, args=(own,), name="lease", daemon=True).start()


def _renew(own: _Own) -> None:
    pause = threading.Event()
    while not pause.wait(settings().lease_seconds / _BEATS):
        if own.visits or own.busy:
            with suppress(SQLAlchemyError), writing(settings().database) as session:
                leases.grant(session, process(), settings().lease_seconds)
