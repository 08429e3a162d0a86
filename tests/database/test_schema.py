"""The migrations and the models say the same about every table, and preparing twice changes nothing."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from config.settings import Settings
from database import visits
from database.engine import engine_for, reading, writing
from database.models import Base, ClockRow
from database.schema import MIGRATIONS, prepare


def tables(url: str) -> dict[str, str]:
    """How SQLite itself describes every table and index, apart from Alembic's own."""
    with engine_for(url).connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        return {name: " ".join(sql.split()) for name, sql in rows if not name.startswith(("alembic", "sqlite"))}


def test_the_migrations_make_what_the_models_ask_for(home: Settings) -> None:
    prepare(home.database)

    with engine_for(home.database).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_they_make_the_very_same_constraints(home: Settings, tmp_path: Path) -> None:
    """Alembic does not compare everything: uniqueness is what makes "once" true."""
    prepare(home.database)
    other = create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    Base.metadata.create_all(other)
    by_migrations, by_models = inspect(engine_for(home.database)), inspect(other)

    for table in Base.metadata.tables:
        for look in ("get_unique_constraints", "get_foreign_keys", "get_indexes", "get_pk_constraint"):
            found = [getattr(one, look)(table) for one in (by_migrations, by_models)]
            assert sorted(map(_plain, found[0])) == sorted(map(_plain, found[1])), (table, look)
        nullable = [{c["name"]: c["nullable"] for c in one.get_columns(table)} for one in (by_migrations, by_models)]
        assert nullable[0] == nullable[1], table
    other.dispose()


def _plain(found: object) -> str:
    """What was found as text; the condition of an index is an object of its own each time it is read."""
    options = found.get("dialect_options", {}) if isinstance(found, dict) else {}
    conditions = {name: str(value) for name, value in options.items()}
    return str({**found, "dialect_options": conditions}) if isinstance(found, dict) else str(found)


def test_preparing_again_changes_nothing_and_keeps_what_is_there(home: Settings) -> None:
    prepare(home.database)
    before = tables(home.database)
    with writing(home.database) as session:
        session.add(ClockRow(id=1, rehearsal_now=None))

    prepare(home.database)

    assert tables(home.database) == before
    with reading(home.database) as session:
        assert session.get(ClockRow, 1)


def test_a_database_is_made_where_there_is_not_even_a_folder(home: Settings) -> None:
    url = f"sqlite:///{home.folder / 'new' / 'deep' / 'visits.db'}"

    prepare(url)

    assert set(inspect(engine_for(url)).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    engine_for(url).dispose()


def test_the_migrations_are_one_line_without_branches() -> None:
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


def test_every_connection_waits_its_turn_and_keeps_its_references(home: Settings) -> None:
    """Design trap 11."""
    prepare(home.database)

    with reading(home.database) as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert int(session.scalar(text("PRAGMA busy_timeout")) or 0) >= 30_000


def test_a_database_with_visits_takes_the_migration_to_kinds_with_all_that_refers_to_them(home: Settings) -> None:
    """SQLite copies the table of visits; steps, answers and letters still point to their visit afterwards."""
    database = home.folder / "visits.db"
    with sqlite3.connect(database) as old:  # as the migration before left it, with one visit under way
        prepare_up_to(home.database, "0007")
        old.execute("INSERT INTO visit VALUES (7, 2024, 5, 'bien_hoa', '2024-03-01', 'open', NULL, NULL, NULL, 1,"
                    " NULL, NULL, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL)")  # fmt: skip
        old.execute("INSERT INTO step VALUES (1, 7, 1, '2024-03-01 00:00:00', 'xong')")

    prepare(home.database)

    with reading(home.database) as session:
        assert visits.find(session, "2024-05/bien_hoa").id == 7
        assert visits.finished_steps(session, 7) == {1}
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


def prepare_up_to(url: str, revision: str) -> None:
    """The tables as they were after that migration."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine_for(url).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()
