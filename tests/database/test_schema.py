"""The migrations and the models say the same about every table, and preparing twice changes nothing."""

import json
import sqlite3
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Column, MetaData, inspect, text
from sqlalchemy.schema import CreateIndex, CreateTable

from config.settings import Settings
from database import visits
from database.engine import engine_for, reading, writing
from database.models import Base, ClockRow, LetterRow, VisitRow
from database.schema import MIGRATIONS, prepare
from domain.post import letter_state
from domain.wait import Wait
from tests.databases import databases

#: Of tests that begin with what an earlier version has left.
of_before = pytest.mark.only_sqlite("no database of an earlier version is on PostgreSQL")


def tables(url: str) -> dict[str, str]:
    """How the database itself describes every table and index, apart from Alembic's own."""
    found = MetaData()
    found.reflect(engine_for(url))
    return {
        name: f"{CreateTable(table)} {sorted(f'{CreateIndex(index)}' for index in table.indexes)}"
        for name, table in found.tables.items()
        if not name.startswith("alembic")
    }


def test_the_migrations_make_what_the_models_ask_for(home: Settings) -> None:
    prepare(home.database)

    with engine_for(home.database).connect() as connection:
        opts = {"compare_type": True, "compare_server_default": _other_default}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def _other_default(_context: object, _found: object, column: Column[Any], *defaults: str | None) -> bool | None:
    """PostgreSQL itself cannot compare JSON; for all else its own way is taken."""
    found, _asked, rendered = defaults
    if not isinstance(column.type, JSON) or not rendered:
        return None
    return f"{found}".split("::")[0].strip("'") != rendered.strip("'")


def test_they_make_the_very_same_constraints(home: Settings, tmp_path: Path) -> None:
    """Alembic does not compare everything: uniqueness is what makes "once" true."""
    prepare(home.database)
    models = databases().fresh(tmp_path)
    other = engine_for(models)
    Base.metadata.create_all(other)
    by_migrations, by_models = inspect(engine_for(home.database)), inspect(other)

    for table in Base.metadata.tables:
        for look in ("get_unique_constraints", "get_foreign_keys", "get_indexes", "get_pk_constraint"):
            found = [getattr(one, look)(table) for one in (by_migrations, by_models)]
            assert sorted(map(_plain, found[0])) == sorted(map(_plain, found[1])), (table, look)
        nullable = [{c["name"]: c["nullable"] for c in one.get_columns(table)} for one in (by_migrations, by_models)]
        assert nullable[0] == nullable[1], table
    databases().remove(models)


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


@pytest.mark.only_sqlite("on PostgreSQL an administrator makes the database")
def test_a_database_is_made_where_there_is_not_even_a_folder(home: Settings) -> None:
    url = f"sqlite:///{home.folder / 'new' / 'deep' / 'visits.db'}"

    prepare(url)

    assert set(inspect(engine_for(url)).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    engine_for(url).dispose()


def test_the_migrations_are_one_line_without_branches() -> None:
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


@pytest.mark.only_sqlite("these are its pragmas")
def test_every_connection_waits_its_turn_and_keeps_its_references(home: Settings) -> None:
    """Design trap 11."""
    prepare(home.database)

    with reading(home.database) as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert int(session.scalar(text("PRAGMA busy_timeout")) or 0) >= 30_000
        assert session.scalar(text("PRAGMA synchronous")) == 2, "FULL: a commit is on the disk (trap 17)"


@of_before
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


@of_before
def test_letters_of_before_get_their_recipients_and_say_whom_they_never_reached(home: Settings) -> None:
    """One taken recipient used to be enough for `sent`; what the server said of the others stood in its reply alone."""
    partly = "250 OK kept as 7.eml b@x.example: 450 4.2.0 greylisted"
    letters = {
        1: ("sent", "250 OK", ["a@x.example", "b@x.example"]),
        2: ("sent", partly, ["a@x.example", "b@x.example"]),
        3: ("sent", "250 OK a@x.example: 550 5.1.1 no; c@x.example: 450 5 no",
            ["a@x.example", "b@x.example", "c@x.example"]),
        4: ("queued", None, ["a@x.example", "a@x.example"]),
        5: ("refused", "Máy chủ thư không nhận người nhận nào (a@x.example: 550 no)", ["a@x.example"]),
    }  # fmt: skip
    with sqlite3.connect(home.folder / "visits.db") as old:
        prepare_up_to(home.database, "0009")
        old.execute(
            "INSERT INTO visit (id, kind, year, month, unit, opens_on, state, generation, wake_wanted, wake_seen,"
            " wakeups)"
            " VALUES (7, 'visit', 2024, 5, 'bien_hoa', '2024-03-01', 'open', 1, 0, 0, 0)"
        )
        for number, (state, reply, addresses) in letters.items():
            old.execute(
                "INSERT INTO letter (id, visit_id, purpose, recipient, revision, state, message_id, sender, addresses,"
                " subject, raw, must_arrive, queued_at, attempts, reply, sent_at) VALUES"
                " (?, 7, 'x', 'host', ?, ?, ?, 'o@x.example', ?, 's', 'raw', 1, '2024-03-01', 1, ?, '2024-03-02')",
                (number, number, state, f"<{number}>", json.dumps(addresses), reply),
            )

    prepare(home.database)

    with reading(home.database) as session:
        found = {row.id: row for row in session.query(LetterRow)}
    assert {number: (row.state, row.states) for number, row in found.items()} == {
        1: ("sent", ["sent", "sent"]), 2: ("partly", ["sent", "refused"]),
        3: ("refused", ["refused", "sent", "refused"]), 4: ("queued", ["queued"]), 5: ("refused", ["refused"]),
    }  # fmt: skip
    assert found[2].recipients[1].reply == "450 4.2.0 greylisted"
    assert [found[number].must_arrive for number in found] == [True, False, False, True, True], (
        "no visit fails today for it"
    )
    assert all(row.state == letter_state(*row.states) for row in found.values())


#: What nobody could wait for when waits were known by their names.
LATER_WAITS = {Wait.LETTERS_HELD, Wait.REQUEST_ISSUE, Wait.INVITATION_ISSUE, Wait.SELF_REPORT_ISSUE}


@of_before
def test_what_visits_of_before_waited_for_is_known_by_its_id(home: Settings) -> None:
    """Its Vietnamese name was stored; every name that was in use then has its id now, one has become of each."""
    names: dict[str, str] = run_path(f"{MIGRATIONS}/versions/0012_waits_by_id.py")["NAMES"]
    assert set(Wait) - set(names.values()) == LATER_WAITS
    assert len(set(names.values())) == len(names)
    with sqlite3.connect(home.folder / "visits.db") as old:
        prepare_up_to(home.database, "0011")
        for month, name in enumerate([*names, None, "tên không ai biết"], start=1):
            old.execute(
                "INSERT INTO visit (kind, year, month, unit, opens_on, state, generation, wake_wanted, wake_seen,"
                " wakeups, waiting_for, waiting_state)"
                " VALUES ('visit', 2024, ?, 'bien_hoa', '2024-03-01', 'open', 1, 0, 0, 0, 'host', ?)", (month, name),
            )  # fmt: skip

    prepare(home.database)

    with reading(home.database) as session:
        waits = [row.wait for row in session.query(VisitRow).order_by(VisitRow.month)]
    assert waits == [*(Wait(one) for one in names.values()), None, None]


def prepare_up_to(url: str, revision: str) -> None:
    """The tables as they were after that migration."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine_for(url).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()
