"""What comes to a server from an earlier version, and what an upgrade or a poor owner does there (0048)."""

import tarfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from config.settings import Settings, use
from database.engine import engine_for, reading, writing
from database.models import Base
from database.restored import confirm
from deployments.copies import package, put_back, server, sqlite_file
from deployments.copies.checking import newest_revision
from deployments.copies.putting_back import PuttingBack
from deployments.copies.take import Taken, take
from deployments.copies.upgrade import upgrade
from domain.problem import Problem, Refused
from tests.database.test_earlier_databases import EARLIER, VERSIONS
from tests.deployments.copies.conftest import NOW, PASSPHRASE, PutBack
from tests.deployments.copies.on_server import no_faults, rows, tables_in
from tests.holding import held_because

pytestmark = pytest.mark.only_sqlite("they start with a file, and bring their own server")

BY = "Nguyễn Văn Ví Dụ"


def test_a_copy_of_an_earlier_version_comes_to_a_server_as_one_of_today(
    home: Settings, url: str, tmp_path: Path
) -> None:
    with tarfile.open(EARLIER / f"{VERSIONS[0]}.tar.xz") as kept:
        (home.folder / "visits.db").write_bytes(kept.extractfile("met.db").read())  # type: ignore[union-attr]
    earlier = use(home.model_copy(update={"mode": "live"}))
    copy = take(earlier, tmp_path / "copies", NOW).path
    assert sqlite_file.revision_of(home.folder / "visits.db") != newest_revision()
    there = earlier.model_copy(update={"home": tmp_path / "there" / "live", "database_url": SecretStr(url)})

    with package.opened(copy) as opened:
        put_back.put_back(PuttingBack(use(there), opened, NOW + timedelta(days=1), BY))

    assert server.revision_of(url) == newest_revision()
    assert no_faults(there)


@pytest.mark.parametrize("despite", [False, True])
def test_an_upgrade_on_a_server_changes_the_tables_or_leaves_them(
    despite: bool, taken: Taken, on_server: Settings, copies: Path, put: PutBack
) -> None:
    put(taken.path, on_server, passphrase=PASSPHRASE)
    with writing(on_server.database) as session:
        assert confirm(session, BY, on_server)
    before = rows(on_server.database)
    engine_for(on_server.database).dispose()
    fault = Problem("nhật ký", "khác đi từ ngày 01/3/2024")
    now = NOW + timedelta(days=5)

    if despite:
        done = upgrade(on_server, copies, now, BY, lambda: [fault], despite=True)
        assert tables_in(on_server.database, done.old_tables) == len(Base.metadata.tables) + 1
        with reading(on_server.database) as session:
            assert "nâng cấp, bản sao trước đó" in held_because(session, on_server)
        return
    with pytest.raises(Refused, match="dữ liệu vẫn như trước khi nâng cấp"):
        upgrade(on_server, copies, now, BY, lambda: [fault], despite=False)
    assert rows(on_server.database) == before


def test_where_the_owner_may_make_no_schema_he_is_told_what_the_administrator_types(
    taken: Taken, on_server: Settings, put: PutBack
) -> None:
    with engine_for(on_server.database).begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS poor"))
        connection.execute(text("CREATE ROLE poor LOGIN"))
    engine_for(on_server.database).dispose()
    poor = make_url(on_server.database).set(username="poor").render_as_string(hide_password=False)
    with pytest.raises(Refused, match="GRANT CREATE ON DATABASE"):
        put(taken.path, on_server.model_copy(update={"database_url": SecretStr(poor)}), passphrase=PASSPHRASE)
    engine_for(poor).dispose()


def test_an_upgrade_takes_no_copy_while_another_machine_is_at_work(
    taken: Taken, on_server: Settings, copies: Path, put: PutBack
) -> None:
    """It might send a letter of which the copy says that it waits."""
    put(taken.path, on_server, passphrase=PASSPHRASE)
    engine_for(on_server.database).dispose()
    before = list(copies.iterdir())
    other = create_engine(make_url(on_server.database), connect_args={"application_name": "visits runner"})

    with other.connect(), pytest.raises(Refused, match=r"1 nơi đang nối.*visits runner"):
        upgrade(on_server, copies, NOW + timedelta(days=5), BY, list, despite=False)

    other.dispose()
    assert list(copies.iterdir()) == before


@pytest.mark.parametrize("moment", ["the copy", "the doctor", "the way back"])
def test_nobody_else_restores_or_upgrades_from_the_copy_to_the_last_step(
    moment: str, taken: Taken, on_server: Settings, copies: Path, put: PutBack, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(taken.path, on_server, passphrase=PASSPHRASE)
    engine_for(on_server.database).dispose()
    refused: list[str] = []

    def another_comes() -> None:
        with pytest.raises(Refused) as refusal, server.alone(on_server.database):
            pass
        refused.append(f"{refusal.value}")

    def first_another_comes(act: Callable[..., object]) -> Callable[..., object]:
        def both(*given: object) -> object:
            another_comes()
            return act(*given)

        return both

    if moment == "the copy":
        monkeypatch.setattr("deployments.copies.upgrade.take", first_another_comes(take))
    elif moment == "the way back":
        monkeypatch.setattr(server, "go_back", first_another_comes(server.go_back))

    def doctor() -> list[Problem]:
        if moment == "the doctor":
            another_comes()
        return [Problem("nhật ký", "khác đi")]

    with pytest.raises(Refused, match="dữ liệu vẫn như trước khi nâng cấp"):
        upgrade(on_server, copies, NOW + timedelta(days=5), BY, doctor, despite=False)
    assert ["một lần khôi phục hoặc nâng cấp khác đang chạy" in said for said in refused] == [True]


def test_a_table_of_somebody_else_beside_ours_keeps_nobody_from_a_copy(
    taken: Taken, on_server: Settings, copies: Path, put: PutBack
) -> None:
    put(taken.path, on_server, passphrase=PASSPHRASE)
    with engine_for(on_server.database).begin() as connection:
        connection.execute(text("CREATE TABLE report_of_the_office (visit integer REFERENCES visit, place point)"))
    try:
        copy = take(on_server, copies, NOW + timedelta(days=6)).path
    finally:
        engine_for(on_server.database).dispose()

    put(copy, on_server, over=True)

    assert no_faults(on_server)
    assert tables_in(on_server.database, "public") == len(Base.metadata.tables) + 2, "what others keep there stays"


def test_a_table_of_ours_that_is_missing_is_named_and_no_copy_is_made(
    taken: Taken, on_server: Settings, copies: Path, put: PutBack
) -> None:
    put(taken.path, on_server, passphrase=PASSPHRASE)
    with engine_for(on_server.database).begin() as connection:
        connection.execute(text("DROP TABLE service_note"))
    before = list(copies.iterdir())

    with pytest.raises(Refused, match="các bảng không phải của phiên bản này: service_note"):
        take(on_server, copies, NOW + timedelta(days=6))

    engine_for(on_server.database).dispose()
    assert list(copies.iterdir()) == before
