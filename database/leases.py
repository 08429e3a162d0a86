"""Who is at work: each process has a lease that ends unless it renews it, by the clock of the database (0046).

Neither a machine's name nor its clock is asked: two containers may have the same name, and two machines never quite the
same time. On PostgreSQL the server's clock counts. A file of SQLite is one machine's, whose clock is the time since it
was started: nobody sets that.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Double, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.models import Base
from domain.dates import OFFICE_ZONE

_UPTIME, _BOOT = Path("/proc/uptime"), Path("/proc/sys/kernel/random/boot_id")
#: A lease that was over for so long is of no more use to anybody who asks what became of its process, in seconds.
_FORGOTTEN = 86_400.0


class WorkerRow(Base):
    """One process at work for the service, on any machine."""

    __tablename__ = "worker"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)  #: drawn by the process itself
    machine: Mapped[str]  #: where its number means something: one kernel since its start, one space of numbers
    host: Mapped[str]  #: how that machine calls itself, for people
    pid: Mapped[int]
    started: Mapped[str]  #: tells it from a later process with the same number
    part: Mapped[str] = mapped_column(String(16))  #: what it does: `runner`, `run`, `desk`, …
    begun_at: Mapped[datetime]  #: on the machine's own clock, for people
    clock: Mapped[str]  #: whose seconds the next two are
    renewed: Mapped[float] = mapped_column(Double)
    until: Mapped[float] = mapped_column(Double)
    #: what must be the same on every machine -> its fingerprint; none for a process that only does runs
    uses: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


@dataclass(frozen=True)
class Process:
    """A process as it stands in the table."""

    id: str
    machine: str
    host: str
    pid: int
    started: str
    part: str


def now(session: Session) -> tuple[str, float]:
    """Which clock leases go by, and its seconds."""
    if session.get_bind().dialect.name == "postgresql":
        return "postgresql", float(session.scalar(select(func.extract("epoch", func.clock_timestamp()))) or 0)
    return own_clock()


def own_clock() -> tuple[str, float]:
    """The seconds since this machine was started, sleep included, and by what that start is known."""
    try:
        return _BOOT.read_text(encoding="ascii").strip(), float(_UPTIME.read_text(encoding="ascii").split()[0])
    except OSError:
        return "", time.monotonic()  # not Linux


def grant(session: Session, process: Process, seconds: float, uses: Mapping[str, str] | None = None) -> None:
    """Let that process count as alive for so many seconds from now; `uses` is kept if it is given."""
    clock, moment = now(session)
    values: dict[str, Any] = {"clock": clock, "renewed": moment, "until": moment + seconds}
    if uses is not None:
        values["uses"] = dict(uses)
    if session.execute(update(WorkerRow).where(WorkerRow.id == process.id).values(values)).rowcount:  # type: ignore[attr-defined]
        return
    over = (WorkerRow.clock != clock) | (WorkerRow.until < moment - _FORGOTTEN)
    session.execute(delete(WorkerRow).where(over))
    session.add(WorkerRow(**vars(process), begun_at=datetime.now(OFFICE_ZONE), **values))
    session.flush()


def end(session: Session, worker: str) -> bool:
    """Take the lease away: its process ends, or somebody has found it over. False when that was done before."""
    return bool(session.execute(delete(WorkerRow).where(WorkerRow.id == worker)).rowcount)  # type: ignore[attr-defined]


def of(session: Session, worker: str) -> WorkerRow | None:
    """That process's row while its lease runs; None when it is over, or there never was one."""
    clock, moment = now(session)
    query = select(WorkerRow).where(WorkerRow.id == worker, WorkerRow.clock == clock, WorkerRow.until > moment)
    return session.scalars(query).first()


def running(session: Session) -> Sequence[WorkerRow]:
    """Everybody whose lease runs, in the order in which they began."""
    clock, moment = now(session)
    query = select(WorkerRow).where(WorkerRow.clock == clock, WorkerRow.until > moment)
    return session.scalars(query.order_by(WorkerRow.begun_at, WorkerRow.id)).all()


def over(session: Session, part: str) -> Sequence[WorkerRow]:
    """Those of that part whose lease has run out, and which nobody has taken away yet."""
    clock, moment = now(session)
    query = select(WorkerRow).where(WorkerRow.part == part, (WorkerRow.clock != clock) | (WorkerRow.until <= moment))
    return session.scalars(query.order_by(WorkerRow.id)).all()


def differing(session: Session) -> dict[str, list[str]]:
    """What the machines at work do not have alike -> how each of them is called, those that agree in one word."""
    rows = [row for row in running(session) if row.uses]
    found = {}
    for name in dict.fromkeys(name for row in rows for name in row.uses or {}):
        hosts: dict[str, list[str]] = {}
        for row in rows:
            who = hosts.setdefault((row.uses or {}).get(name, ""), [])
            who += [] if row.host in who else [row.host]
        if len(hosts) > 1:
            found[name] = [", ".join(who) for who in hosts.values()]
    return found
