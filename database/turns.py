"""Lets writers go on one after another where what they write hangs on what is not there yet (0039)."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.engine import engine_for


def take_turn(session: Session, about: str) -> None:
    """From here to the end of the transaction nobody else goes on about the same: the next number, the only login.

    A row that is not there cannot be locked. SQLite has one writer at a time in any case; PostgreSQL is asked for a
    lock under that name. It is taken before that of any row.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"visits {about}"))))


@contextmanager
def only_one(url: str, about: str) -> Iterator[bool]:
    """Whether nobody else is at the same just now, and until this ends nobody will be; who is told no waits for none.

    For what is done at Prefect, where no row of ours can be locked. SQLite has one service, whose runner is alone.
    """
    engine = engine_for(url)
    if engine.dialect.name != "postgresql":
        yield True
        return
    with engine.connect() as connection:  # what it locks ends with its transaction, and so with this
        lock = func.pg_try_advisory_xact_lock(func.hashtext(f"visits {about}"))
        yield bool(connection.scalar(select(lock)))
