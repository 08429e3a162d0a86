"""Opens the database: one way to read, one way to write, the same on SQLite and PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from database import audit, sqlite_trouble
from database.address import need_driver, url_of
from database.record.seals import note_written, seal_written

#: So long a server may take to let somebody in.
_CONNECT_SECONDS = 10

P = ParamSpec("P")
T = TypeVar("T")


@cache
def engine_for(url: str) -> Engine:
    """The engine of that database; one per process and address."""
    address = url_of(url)
    if address.get_backend_name() != "sqlite":
        need_driver(address)
        # A server that was started anew has left connections behind that look open; one that is off says nothing.
        waits = {} if "connect_timeout" in address.query else {"connect_timeout": _CONNECT_SECONDS}
        return create_engine(address, pool_pre_ping=True, connect_args=waits)
    engine = create_engine(address)
    event.listen(engine, "connect", _prepare_sqlite)
    sqlite_trouble.watch(engine)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own BEGIN comes too late to be IMMEDIATE; `_begin_sqlite` sends it instead.
    connection.isolation_level = None
    # The patience comes first: even the other pragmas can meet a locked database. FULL: with less, a commit is on the
    # disk only after the next checkpoint, and what a power cut takes is a confirmed number or a letter's `sending`.
    for pragma in ("busy_timeout=60000", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer that begins as a reader can be refused at its first write; IMMEDIATE waits its turn instead.
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


#: What PostgreSQL calls a transaction that it undid because another stood in its way: done again, it is right.
_UNDONE = {"40001", "40P01"}
_TRIES = 3


def again_if_undone(act: Callable[P, T]) -> Callable[P, T]:
    """Let an act that is one transaction begin again, a few times, when the database undid it for another's sake.

    One order of locks keeps that from happening (0039); this is for the order that nobody has thought of.
    """

    @wraps(act)
    def again(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(_TRIES - 1):
            try:
                return act(*args, **kwargs)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) not in _UNDONE:
                    raise
        return act(*args, **kwargs)

    return again


class _Writing(Session):
    """A session that knows what it writes, for the record."""


event.listen(_Writing, "after_flush", note_written)
event.listen(_Writing, "after_transaction_create", audit.count_at_savepoint)
event.listen(_Writing, "after_soft_rollback", audit.forget_undone)


@contextmanager
def writing(url: str) -> Iterator[Session]:
    """One transaction that is committed at the end, or undone whole by any error.

    Answers, documents and numbers that it writes are sealed in the record (`database.record.seals`).
    """
    with _Writing(engine_for(url), expire_on_commit=False) as session, session.begin():
        yield session
        seal_written(session)
        audit.write_down(session)


@contextmanager
def reading(url: str) -> Iterator[Session]:
    """A look at one moment of the database, however long it takes; nothing is kept of what the caller changes."""
    engine = engine_for(url).execution_options(reading=True)
    if engine.dialect.name == "postgresql":  # SQLite shows one moment in any case
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(engine) as session:
        yield session
