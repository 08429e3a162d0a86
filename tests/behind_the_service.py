"""What somebody does to a database who goes past the service, and what the examination of the record finds of it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Connection, CursorResult

from config.settings import settings
from database import audit
from database.engine import engine_for, reading
from database.record.chain import Walk
from database.record.check import faults
from database.record.heads import Occasion, heads_kept, keep_head
from database.record.key import known_key
from domain.problem import Problem


def head_is_kept() -> None:
    with reading(settings().database) as session:
        keep_head(session, settings(), Occasion.DAY)


def found() -> list[str]:
    """What the examination tells, warnings left aside."""
    with reading(settings().database) as session:
        return [f"{one.place}: {one.fault}" for one in faults(session, settings()) if not one.warning]


def warned() -> list[str]:
    with reading(settings().database) as session:
        return [f"{one.place}: {one.fault}" for one in faults(session, settings()) if one.warning]


class PastTheService:
    """What somebody does who has the database, and no service in between."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.is_postgresql = connection.dialect.name == "postgresql"

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> CursorResult[Any]:
        """One statement, with a `?` for each value."""
        mark = "%s" if self.is_postgresql else "?"
        return self._connection.exec_driver_sql(statement.replace("?", mark), values)


@contextmanager
def past_the_service() -> Iterator[PastTheService]:
    """The database, as it is without the service and its rules."""
    with engine_for(settings().database).connect() as connection:
        if connection.dialect.name == "sqlite":
            cast(sqlite3.Connection, connection.connection.driver_connection).execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield PastTheService(connection)
        finally:
            connection.invalidate()


def last_line() -> int:
    with reading(settings().database) as session:
        return audit.settled(session)[0]


def recompute(database: PastTheService, first: int) -> None:
    """The whole chain anew from that line on, by the code of this service and without its key."""
    previous = database.execute("SELECT hash FROM audit WHERE id = ?", (first - 1,)).scalar()
    rows = database.execute(
        "SELECT id, at, who, what, visit_id, details, seals FROM audit WHERE id >= ? ORDER BY id", (first,)
    )
    for number, moment, who, what, visit_id, details, seals in rows.fetchall():
        spoken = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment).replace(tzinfo=UTC)
        parts = (who, what, visit_id, _json(details), _json(seals))
        own = audit.chained(previous, number, spoken, *parts)
        database.execute("UPDATE audit SET previous = ?, hash = ? WHERE id = ?", (previous, own, number))
        previous = own
    database.execute("UPDATE audit_end SET hash = ?", (previous,))


def _json(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored  # PostgreSQL gives what it says


def cut(database: PastTheService, last: int) -> None:
    """Take the lines after that one out, and let the end say so."""
    database.execute("DELETE FROM audit WHERE id > ?", (last,))
    database.execute("UPDATE audit_end SET last = ?, hash = (SELECT hash FROM audit WHERE id = ?)", (last, last))


def first_head() -> int:
    return min(head.lines for _number, head in heads_kept(settings()) if head)


def chain_alone() -> list[Problem]:
    with reading(settings().database) as session:
        return list(Walk(known_key()).faults(session))
