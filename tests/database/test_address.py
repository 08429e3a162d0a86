"""The address of the database: its password is shown nowhere, and what is wrong is said with the way out."""

import sys

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from config.settings import Settings
from database import clock
from database.address import shown, url_of, why_unreadable
from database.engine import engine_for, reading
from domain.problem import Refused

PASSWORD = "bí-mật-Xy7"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://visits:{PASSWORD}@@db/visits", f"postgresql://visits:a@{PASSWORD}@db/visits",
        f"postgresql://visits:{PASSWORD}:1@db:cổng/visits", f"postgressql://visits:{PASSWORD}@db/visits",
        f"visits:{PASSWORD}@db/visits", f"mysql://visits:{PASSWORD}@db/visits",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_read_is_refused_without_a_word_of_it(address: str) -> None:
    with pytest.raises(Refused, match="VISITS_DATABASE_URL") as refused:
        engine_for(address)

    said = f"{refused.value} {refused.value.__cause__}"
    assert "Xy7" not in said
    assert "%40" in said, "and how the marks are written"
    assert refused.value.__suppress_context__


def test_a_password_is_stars_wherever_its_address_is_shown() -> None:
    address = f"postgresql://visits:{PASSWORD}@db:5432/visits"
    chosen = Settings(database_url=address, _env_file=None)

    assert shown(address) == "postgresql://visits:***@db:5432/visits"
    assert chosen.database == address
    assert "Xy7" not in f"{chosen!r} {chosen} {engine_for(address)!r} {url_of(address)}"
    assert "Xy7" not in str(chosen.model_dump())


def test_a_server_that_is_not_there_says_so_without_the_password() -> None:
    address = f"postgresql://visits:{PASSWORD}@127.0.0.1:1/visits"

    with pytest.raises(DBAPIError) as error, reading(address) as session:
        session.scalar(select(1))

    assert "Xy7" not in f"{error.value} {error.value.__cause__!r}"


def test_without_the_library_for_it_the_way_to_install_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(Refused, match="psycopg"):
        engine_for("postgresql://visits@another-db/visits")


def test_a_database_without_tables_gives_advice(home: Settings) -> None:
    with pytest.raises(DBAPIError) as error, reading(home.database) as session:
        clock.now(session)

    problem = why_unreadable(home.database, error.value)
    assert problem
    assert problem.fault == "cơ sở dữ liệu còn trống"
    assert "visits plan load" in (problem.remedy or "")
