"""Brings the database to the newest form of its tables (Alembic)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

from config.settings import settings
from database import calendars, tables
from database.engine import engine_for, writing

MIGRATIONS = Path(__file__).parent / "migrations"

#: What the migrations together must come to.
TABLES = tables.Base.metadata


def prepare(url: str) -> None:
    """Create the database if there is none, apply every migration that it lacks, and give it its first calendar."""
    database = make_url(url).database
    if url.startswith("sqlite") and database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine_for(url).connect() as connection:
        if connection.dialect.name == "sqlite":
            # Readers and the one writer do not wait for each other; the file remembers it.
            connection.connection.execute("PRAGMA journal_mode=WAL")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    with writing(url) as session:
        calendars.seed(session, settings().office_calendar)
