"""Brings the database to the newest form of its tables (Alembic)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from config.settings import settings
from database import calendars, tables
from database.engine import engine_for, writing
from database.record.seals import seal_what_is_there

MIGRATIONS = Path(__file__).parent / "migrations"

#: What the migrations together must come to.
TABLES = tables.Base.metadata


def prepare(url: str) -> None:
    """Create the database if there is none, apply every migration that it lacks, and give it its first calendar.

    What a database from before the key of the record holds is sealed.
    """
    database = make_url(url).database
    if url.startswith("sqlite") and database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    with _alone(url):
        _upgrade(url)
        with writing(url) as session:
            calendars.seed(session, settings().office_calendar)
            seal_what_is_there(session)


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """Of several processes that start at once, on several machines, one prepares and the others wait for it."""
    if engine_for(url).dialect.name != "postgresql":  # SQLite lets one in at a time by itself
        yield
        return
    with engine_for(url).connect() as connection:
        lock = func.pg_advisory_lock(func.hashtext("visits migrations"))
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(select(lock))
        try:
            yield
        finally:
            connection.invalidate()  # what ends the connection gives the lock back, whatever has happened on it


def lay_tables(url: str, revision: str) -> None:
    """Make the tables as they stand at that migration, with nothing of ours in them: for rows that come from a copy."""
    _upgrade(url, revision)


def _upgrade(url: str, revision: str = "head") -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine_for(url).connect() as connection:
        sqlite = connection.connection if connection.dialect.name == "sqlite" else None
        if sqlite:
            # Readers and the one writer do not wait for each other; the file remembers it.
            sqlite.execute("PRAGMA journal_mode=WAL")
            # A table that others refer to is copied and dropped; only outside a transaction can they be told to wait.
            sqlite.execute("PRAGMA foreign_keys=OFF")
        try:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            connection.commit()
        finally:
            if sqlite:
                connection.rollback()
                sqlite.execute("PRAGMA foreign_keys=ON")
