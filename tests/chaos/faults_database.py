"""A database that is locked, damaged, or loses its log under the service."""

import sqlite3
from contextlib import closing
from functools import partial
from threading import Event

from tests.chaos.copies import put_back, take_copy
from tests.chaos.fault import ChaosFault, Struck
from tests.simulation.world import holds

#: Tables and indexes of which a page is damaged: what the service reads all the time, and what it reads now and then.
_DAMAGED = ("visit", "letter", "letter_recipient", "answer", "document", "audit", "step")


def _locked(seconds: float, struck: Struck) -> None:
    """Another process, such as somebody with a tool of his own, has it for so long."""
    lock = "import sqlite3,sys,time;c=sqlite3.connect(sys.argv[1],isolation_level=None,timeout=60);"
    lock += "c.execute('BEGIN IMMEDIATE');print('locked',flush=True);time.sleep(float(sys.argv[2]));c.rollback()"
    other = struck.office.also("-c", lock, f"{struck.office.settings.folder / 'visits.db'}", f"{seconds}")
    try:
        assert other.stdout
        holds(other.stdout.readline().strip() == "locked", "the fault was played", "nobody could lock the database")
        other.wait(seconds + 60)
    finally:
        other.kill()
        other.wait()
        assert other.stdout
        other.stdout.close()


def _damaged(struck: Struck) -> None:
    """A page becomes rubbish: it is noticed, and said with the way out, which is a copy."""
    office = struck.office
    copy = take_copy(office)
    with closing(sqlite3.connect(office.settings.folder / "visits.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = database.execute("PRAGMA page_size").fetchone()[0]
        name = struck.chance.choice(_DAMAGED)
        page = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
    office.forget_connections()
    with (office.settings.folder / "visits.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(struck.chance.randbytes(size))
    struck.play.met.append(f"page {page} of {name} is rubbish")
    struck.pause(5, 15)
    code, said = office.types("doctor")
    told = code == 1 and "visits restore" in said and "Traceback" not in said
    holds(told, "a damaged database is told with the way out", f"{name}, page {page}: {code} {said}")
    holds(office._process is not None and office._process.poll() is None, "the service stays", office.said())
    struck.ended.set()
    Event().wait(1)
    put_back(struck, copy)


def _without_log(names: tuple[str, ...], struck: Struck) -> None:
    """Somebody clears away what looks like a left-over file: nobody goes on, which is said, until a new start."""
    office = struck.office
    struck.pause(0, 3)
    for name in names:
        (office.settings.folder / name).unlink(missing_ok=True)
    struck.pause(5, 10)
    struck.ended.set()
    code, said = office.types("doctor")
    told = code == 1 and "chạy lại visits up" in said and "Traceback" not in said
    holds(told, "a deleted log is told with the way out", f"{code} {said}")
    arrived = sum(office.mail.taken.values())
    struck.pause(2, 4)
    holds(sum(office.mail.taken.values()) == arrived, "nothing is sent meanwhile", f"more than {arrived}")
    office.forget_connections()
    ends = struck.chance.choice((office.kill_everything, office.stop))
    ends()
    office.start()


FAULTS = (
    ChaosFault("the database locked for 10 s", partial(_locked, 10), is_short=True),
    ChaosFault("the database locked for 120 s", partial(_locked, 120)),
    ChaosFault("a page of the database is rubbish", _damaged, "puts a copy back, looks", is_short=True),
    ChaosFault("the write-ahead log deleted", partial(_without_log, ("visits.db-wal",)), "starts it anew"),
    ChaosFault(
        "the write-ahead log deleted, with its index",
        partial(_without_log, ("visits.db-wal", "visits.db-shm")),
        "starts it anew",
        is_short=True,
    ),
)
