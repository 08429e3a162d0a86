"""Opens the database: one way to read, one way to write, the same on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from database.record.seals import note_written, seal_written


@cache
def engine_for(url: str) -> Engine:
    """The engine of that database; one per process and address."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
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


class _Writing(Session):
    """A session that knows what it writes, for the record."""


event.listen(_Writing, "after_flush", note_written)


@contextmanager
def writing(url: str) -> Iterator[Session]:
    """One transaction that is committed at the end, or undone whole by any error.

    Answers, documents and numbers that it writes are sealed in the record (`database.record.seals`).
    """
    with _Writing(engine_for(url), expire_on_commit=False) as session, session.begin():
        yield session
        seal_written(session)


@contextmanager
def reading(url: str) -> Iterator[Session]:
    """A look at one moment of the database; nothing is kept of what the caller changes."""
    with Session(engine_for(url).execution_options(reading=True)) as session:
        yield session
