"""Lets writers go on one after another where what they write hangs on what is not there yet (0039)."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def take_turn(session: Session, about: str) -> None:
    """From here to the end of the transaction nobody else goes on about the same: the next number, the only login.

    A row that is not there cannot be locked. SQLite has one writer at a time in any case; PostgreSQL is asked for a
    lock under that name. It is taken before that of any row.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"visits {about}"))))
