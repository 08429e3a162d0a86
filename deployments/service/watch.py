"""What `visits up` notices of its own service and keeps for doctor and desk: parts, the server's loops, the disk."""

import socket
import time
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from config.settings import Settings
from database import leases, service_notes
from database.engine import reading
from database.growth import GREW, record
from database.health import PART, SERVER, STARTED, machines
from database.record.heads import Occasion
from database.restored import keep_head_of_record
from deployments.service.sameness import used
from deployments.service.server_log import ServerLog
from deployments.service.watch_notes import WatchNotes
from domain.dates import OFFICE_ZONE
from domain.problem import Problem
from tasks.worker import keep_lease, me, process

_LONGEST = 40  # letters of the name of a note
_EVERY = 5.0  # seconds between two looks at the log of the server


class ServiceWatch:
    """Looks now and then, never waits long; what it has said ends with it."""

    def __init__(self, of: Settings, alone: str = "", *, has_server: bool = True) -> None:
        """`alone`: the one part that runs here; `has_server`: whether Prefect's server is a part of what runs here."""
        self._settings = of
        #: A part that runs alone, and a service whose server is elsewhere, have others like them on other machines.
        self._machine = f"@{socket.gethostname()}" if alone or not has_server else ""
        self._notes = WatchNotes(of.database)
        self._server_log = ServerLog(of.folder / "logs" / "server.log") if has_server else None
        self._looked = 0.0
        self._measured: date | None = None
        self._kept: date | None = None
        self._of_server("")  # what a killed service said last
        self._notes.do(STARTED, lambda session: service_notes.note(session, STARTED))
        self._part, self._uses = alone or "up", used(of)
        self._renewed = time.monotonic()
        keep_lease(self._part, self._uses)

    def of_part(self, name: str, trouble: str) -> None:
        """What is wrong with a part now; empty when nothing is."""
        self._notes.keep(f"{PART}{name}{self._machine}"[:_LONGEST], trouble)

    def look(self) -> None:
        """Look at what is due."""
        if time.monotonic() - self._looked < _EVERY:
            return
        self._looked = time.monotonic()
        if self._server_log:
            self._of_server(self._server_log.look())
        today = datetime.now(OFFICE_ZONE).date()
        self._renew()
        self._measure(today)
        self._keep_head(today)

    def _of_server(self, failing: str) -> None:
        """What its loops fail at; only where it runs is that known, and of several each says its own."""
        if self._server_log:
            self._notes.keep(f"{SERVER}{self._machine}"[:_LONGEST], failing)

    def differences(self) -> list[Problem]:
        """What other machines at work have otherwise than this one, for the start."""
        with reading(self._settings.database) as session:
            return list(machines(session))

    def _renew(self) -> None:
        """This machine is there, and uses this."""
        if time.monotonic() - self._renewed < self._settings.lease_seconds / 4:
            return
        self._renewed = time.monotonic()
        own, seconds = process(self._part), self._settings.lease_seconds
        self._notes.do("lease", lambda session: leases.grant(session, own, seconds, self._uses))

    def _measure(self, today: date) -> None:
        """Once a day the size of the home is kept, which tells how much a month needs."""
        if self._settings.mode != "live" or self._measured == today:
            return
        self._measured = today
        size = size_of(self._settings.folder)
        self._notes.do(GREW, lambda session: record(session, today, size))

    def _keep_head(self, today: date) -> None:
        """Once a day where the record stands is written beside the database."""
        if self._kept == today:
            return
        self._kept = today
        self._notes.do("head of the record", self._write_head)

    def _write_head(self, session: Session) -> None:
        with suppress(OSError):  # a full disk is told by others; the day after has a head again
            keep_head_of_record(session, self._settings, Occasion.DAY)

    def close(self) -> None:
        """Nobody watches any more."""
        self._notes.do("lease", _end_of)
        self._notes.close()


def _end_of(session: Session) -> None:
    leases.end(session, me())


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder; one that vanishes meanwhile counts for nothing."""
    total = 0
    for one in folder.rglob("*"):
        try:
            total += one.lstat().st_size
        except OSError:
            continue
    return total
