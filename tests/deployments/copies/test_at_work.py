"""Nothing is put back or upgraded under somebody who is still at work, whether he has the lock of the home or not."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from config.settings import Settings, use
from database import leases
from database.engine import engine_for, writing
from database.leases import Process
from deployments.copies.take import Taken
from deployments.copies.upgrade import upgrade
from domain.problem import Refused
from tasks.worker import keep_lease
from tests.deployments.copies.conftest import NOW, PutBack
from tests.files import contents_of

pytestmark = pytest.mark.only_sqlite("a server names whoever is connected before anybody's lease is asked for")


def be_at_work(of: Settings, ready: Connection) -> None:
    """A worker of a pool: it has a lease and no lock."""
    use(of)
    keep_lease("run")
    engine_for(of.database).dispose()
    ready.send(os.getpid())
    signal.pause()


@pytest.fixture
def worker(taken: Taken, live: Settings) -> Iterator[int]:
    """The number of a process that works on the home's runs."""
    assert taken.path.exists()
    engine_for(live.database).dispose()
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=be_at_work, args=(live, there))
    process.start()
    yield here.recv()
    process.kill()
    process.join()


def test_a_restore_names_a_worker_that_goes_on_and_waits_for_no_dead_one(
    worker: int, taken: Taken, live: Settings, put: PutBack
) -> None:
    before = contents_of(live.folder)
    with pytest.raises(Refused, match=rf"còn 1 tiến trình.*run {worker}.*party-visits-worker@"):
        put(taken.path, over=True)
    assert contents_of(live.folder) | {"lock": b""} == before | {"lock": b""}

    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    _work, old = put(taken.path, over=True)
    assert old


def test_an_upgrade_takes_no_copy_while_a_worker_goes_on(worker: int, live: Settings, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=f"run {worker}"):
        upgrade(live, tmp_path / "others", NOW, "Nguyễn Văn Ví Dụ", list, despite=False)
    assert not (tmp_path / "others").exists()


def test_who_cannot_be_looked_up_counts_until_his_lease_is_over(taken: Taken, live: Settings, put: PutBack) -> None:
    """In another container: its numbers mean nothing here."""
    elsewhere = Process("f" * 16, "another machine/1", "may-2", 4711, "1", "run")
    with writing(live.database) as session:
        leases.grant(session, elsewhere, 60)
    with pytest.raises(Refused, match=r"run 4711 \(may-2\).*chờ 40 giây"):
        put(taken.path, over=True)

    with writing(live.database) as session:
        leases.grant(session, elsewhere, -1)
    _work, old = put(taken.path, over=True)
    assert old


def test_a_database_that_cannot_be_read_keeps_nobody_from_putting_a_copy_in_its_place(
    taken: Taken, live: Settings, put: PutBack
) -> None:
    engine_for(live.database).dispose()
    (live.folder / "visits.db").write_bytes(b"half a page" * 1000)
    _work, old = put(taken.path, over=True)
    assert old
