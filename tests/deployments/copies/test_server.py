"""Copies of a database on PostgreSQL, and the way from a file to a server and back: real servers, real files (0048)."""

import multiprocessing
import os
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from config.settings import Settings, use
from database import audit
from database.engine import engine_for, reading, writing
from database.models import Base
from database.restored import confirm
from deployments.copies import package, put_back, server
from deployments.copies.putting_back import PuttingBack
from deployments.copies.take import Taken, take
from domain.problem import Problem, Refused
from domain.wait import Wait
from tests.deployments.copies.conftest import NOW, PASSPHRASE, PutBack
from tests.deployments.copies.on_server import no_faults, rows, tables_in
from tests.desk import Desk
from tests.files import contents_of
from tests.holding import held_because

pytestmark = pytest.mark.only_sqlite("they start with a file, and bring their own server")

BY = "Nguyễn Văn Ví Dụ"
#: What a restore itself writes: its word in the record, where that ends, and why letters are held.
OF_THE_RESTORE = {"audit", "audit_end", "service_note", "visit"}


def test_an_office_goes_from_its_file_to_a_server_and_back_and_every_row_is_the_same(
    taken: Taken, live: Settings, on_server: Settings, tmp_path: Path, copies: Path, put: PutBack
) -> None:
    before = rows(live.database)

    work, _old = put(taken.path, on_server, passphrase=PASSPHRASE)

    assert work.warnings == []
    assert {name: on for name, on in rows(on_server.database).items() if name not in OF_THE_RESTORE} == {
        name: was for name, was in before.items() if name not in OF_THE_RESTORE
    }
    assert not (on_server.folder / "visits.db").exists()
    assert no_faults(on_server)
    with writing(on_server.database) as session:
        assert "khôi phục từ bản sao" in held_because(session, on_server)
        assert confirm(session, BY, on_server)
    moved = rows(on_server.database)
    back = on_server.model_copy(update={"home": tmp_path / "third" / "live", "database_url": SecretStr("")})
    put(take(on_server, copies, NOW + timedelta(days=2), PASSPHRASE).path, back, passphrase=PASSPHRASE)
    assert {name: on for name, on in rows(back.database).items() if name not in OF_THE_RESTORE} == {
        name: was for name, was in moved.items() if name not in OF_THE_RESTORE
    }
    assert set(moved["audit"]) <= set(rows(back.database)["audit"]), "no line of the record is another"
    assert no_faults(back)
    engine_for(back.database).dispose()


def test_a_visit_that_waited_in_the_file_goes_on_on_the_server(
    taken: Taken, on_server: Settings, desk: Desk, put: PutBack
) -> None:
    put(taken.path, on_server, passphrase=PASSPHRASE)
    with writing(on_server.database) as session:
        assert confirm(session, BY, on_server)
    assert desk.visit.wait is Wait.REQUEST_ISSUE

    desk.issue("request", 1)
    desk.go_on()
    desk.set_clock(2024, 3, 20, 9)
    assert desk.nominate() == []
    desk.go_on()

    assert desk.visit.wait is Wait.CHOICE
    assert desk.letters("nomination_request")
    assert no_faults(on_server)


def test_a_new_row_gets_the_number_after_the_last_one(taken: Taken, on_server: Settings, put: PutBack) -> None:
    put(taken.path, on_server, passphrase=PASSPHRASE)

    with writing(on_server.database) as session:
        last = session.scalar(text("SELECT max(id) FROM letter"))
        assert session.scalar(text("SELECT nextval(pg_get_serial_sequence('letter', 'id'))")) == last + 1


def test_a_database_with_data_is_refused_and_over_it_the_old_tables_stay_in_a_schema_beside(
    taken: Taken, on_server: Settings, tmp_path: Path, put: PutBack
) -> None:
    put(taken.path, on_server, passphrase=PASSPHRASE)
    with writing(on_server.database) as session:
        audit.note(session, "thử", "việc sau bản sao")
    before = rows(on_server.database)
    again = on_server.model_copy(update={"home": tmp_path / "another" / "live"})
    with pytest.raises(Refused, match=r"cơ sở dữ liệu đang có dữ liệu.*--over"):
        put(taken.path, again, passphrase=PASSPHRASE)
    assert rows(on_server.database) == before

    work, _old = put(taken.path, on_server, passphrase=PASSPHRASE, over=True)

    assert work.warnings == []
    assert work.old_tables == "visits_before_2024_05_04_021500"
    assert tables_in(on_server.database, work.old_tables) == len(Base.metadata.tables) + 1
    assert tables_in(on_server.database, server.BESIDE) == 0
    assert work.since.lines > 0, "the old database knows that more had happened"
    with reading(on_server.database) as session:
        assert session.scalar(text("SELECT count(*) FROM audit WHERE what = 'việc sau bản sao'")) == 0


def test_while_anybody_is_connected_nothing_is_put_back_and_he_is_named(
    taken: Taken, on_server: Settings, put: PutBack
) -> None:
    own = create_engine(make_url(on_server.database), connect_args={"application_name": "visits desk"})
    with own.connect(), pytest.raises(Refused, match=r"1 nơi đang nối.*visits desk"):
        put(taken.path, on_server, passphrase=PASSPHRASE)
    own.dispose()
    assert server.revision_of(on_server.database) == ""
    assert not on_server.folder.exists() or not list(on_server.folder.glob("secrets"))


def test_a_connection_that_is_just_leaving_is_waited_for_where_tables_change_places(on_server: Settings) -> None:
    """Within a transaction, to which the server shows the same connections again and again unless it is told not to."""
    with engine_for(on_server.database).begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {server.BESIDE}"))
    own = create_engine(on_server.database)
    leaving = own.connect()
    leaving.execute(text("SELECT 1"))
    leaves = threading.Timer(0.5, lambda: (leaving.close(), own.dispose()))
    leaves.start()

    assert server.change_places(on_server.database, NOW) == ""

    leaves.join()
    assert not server.is_left_beside(on_server.database)


def test_a_copy_taken_while_others_write_has_one_moment(
    taken: Taken, on_server: Settings, copies: Path, put: PutBack
) -> None:
    put(taken.path, on_server, passphrase=PASSPHRASE)
    over = threading.Event()

    def write_on() -> None:
        while not over.is_set():
            with writing(on_server.database) as session:
                audit.note(session, "thử", "việc đang làm")

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        told = [take(on_server, copies, NOW + timedelta(days=3, seconds=second)) for second in range(3)]
    finally:
        over.set()
        writer.join()
    assert [one.faults for one in told] == [()] * 3
    assert told[0].manifest.lines < told[2].manifest.lines


def test_where_the_home_cannot_change_places_the_old_tables_are_there_again(
    taken: Taken, on_server: Settings, put: PutBack, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(taken.path, on_server, passphrase=PASSPHRASE)
    before, files = rows(on_server.database), contents_of(on_server.folder)

    def no_such_step(one: Path, other: Path) -> None:
        assert one != other
        raise Refused(Problem(str(other), "hệ tệp không đổi chỗ được", "…"))

    monkeypatch.setattr(put_back, "exchange", no_such_step)
    with pytest.raises(Refused, match="không đổi chỗ được"):
        put(taken.path, on_server, passphrase=PASSPHRASE, over=True)

    assert rows(on_server.database) == before
    assert contents_of(on_server.folder) | {"lock": b""} == files | {"lock": b""}
    assert tables_in(on_server.database, "visits_%") == 0


@pytest.mark.parametrize("before_it", [True, False], ids=["before the tables", "between tables and home"])
def test_a_restore_that_is_killed_leaves_tables_that_are_whole_and_letters_that_are_held(
    before_it: bool, taken: Taken, on_server: Settings, put: PutBack
) -> None:
    put(taken.path, on_server, passphrase=PASSPHRASE)
    with writing(on_server.database) as session:
        assert confirm(session, BY, on_server)
    engine_for(on_server.database).dispose()
    context = multiprocessing.get_context("fork")
    child = context.Process(target=put_back_and_die, args=(taken.path, on_server, before_it))
    child.start()
    child.join(120)
    assert child.exitcode == -signal.SIGKILL

    assert no_faults(on_server)
    with reading(on_server.database) as session:
        held = held_because(session, on_server)
    assert ("khôi phục từ bản sao" in held) is not before_it
    assert server.is_left_beside(on_server.database) is before_it
    put(taken.path, on_server, passphrase=PASSPHRASE, over=True)
    assert no_faults(on_server)
    assert not server.is_left_beside(on_server.database)


def put_back_and_die(copy: Path, of: Settings, before_it: bool) -> None:
    """A restore that is killed just before the tables change places, or just before the home does."""

    def die(*_arguments: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    use(of)
    owner, name = (server, "change_places") if before_it else (put_back, "exchange")
    setattr(owner, name, die)
    with package.opened(copy) as opened:
        put_back.put_back(PuttingBack(of, opened, NOW + timedelta(days=4), BY, over=True, passphrase=PASSPHRASE))
    sys.exit("nobody has killed it")
