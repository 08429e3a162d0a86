"""Which process is at work is told by its lease, and on one machine by its number and its start as well (0046)."""

import os
import subprocess
import sys
import time

import psutil
import pytest

import tasks.worker
from config.settings import Settings, settings, use
from database import leases, visits
from database.engine import reading, writing
from tasks.worker import Hold, LeaseLost, _started, alive, end_lease, fence, keep_lease, lay_down, me, take_up
from tests.at_work import a_dead_worker, at_work
from tests.desk import Desk

pytestmark = pytest.mark.usefixtures("desk")


def test_a_process_without_a_lease_is_not_at_work() -> None:
    assert not alive(me())
    assert not alive(None)
    assert not alive("vm:4711:5cb4ec6d-82915")  # as releases up to 0.2.0 called a process


def test_a_process_with_a_lease_is_at_work_until_it_ends_it() -> None:
    keep_lease("runner")
    assert alive(me())

    end_lease()

    assert not alive(me())


def test_a_fork_is_somebody_else() -> None:
    reads, writes = os.pipe()
    if os.fork() == 0:
        os.write(writes, me().encode())
        os._exit(0)
    os.wait()

    assert os.read(reads, 100).decode() != me()


def test_a_process_that_has_ended_is_dead_at_once_where_its_number_can_be_looked_up() -> None:
    assert not alive(a_dead_worker())


def test_a_process_that_nobody_has_taken_note_of_is_dead_as_well() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        worker = at_work(process.pid)
        assert alive(worker)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert not alive(worker)


def test_a_later_process_with_the_same_number_is_another_one() -> None:
    assert not alive(at_work(os.getpid(), "0"))


def test_of_another_machine_the_lease_alone_tells_whatever_that_machine_is_called() -> None:
    """A container may have the same name, and a process of the same number here is none of it."""
    worker = at_work(os.getpid(), "0", where="another kernel", seconds=0.3)
    assert alive(worker)

    time.sleep(0.4)

    assert not alive(worker)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere psutil counts by the wall clock alone")
def test_setting_the_clock_makes_nobody_look_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the kernel says of its boot moves with the wall clock, as it is reckoned back from it."""
    keep_lease("runner")
    at_boot, started = psutil.boot_time(), psutil.Process().create_time()

    monkeypatch.setattr("psutil._pslinux.boot_time", lambda: at_boot - 3600)

    assert psutil.Process().create_time() < started - 3500, "so psutil would see another process"
    assert alive(me())
    assert _started(psutil.Process()) != f"{started:.2f}"


def test_a_lease_is_renewed_as_long_as_a_visit_is_in_hand_and_no_longer(
    desk: Desk, home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.worker, "_own", {})  # another test's thread may sleep for a third of the usual time
    use(home.model_copy(update={"lease_seconds": 2}))
    claim(desk)
    time.sleep(2.5)
    assert alive(me())

    lay_down(desk.visit.id)
    time.sleep(3)

    assert not alive(me())


def test_who_was_silent_too_long_must_not_write_to_a_visit_that_another_has_taken(desk: Desk) -> None:
    claim(desk)
    with writing(settings().database) as session:
        row = visits.get(session, desk.visit.id, lock=True)
        fence(row)
        row.worker = at_work_elsewhere = "another"
    assert at_work_elsewhere

    with writing(settings().database) as session, pytest.raises(LeaseLost):
        fence(visits.get(session, desk.visit.id, lock=True))
    lay_down(desk.visit.id)


def test_nor_to_one_that_was_only_taken_from_it(desk: Desk) -> None:
    """Whoever takes it over begins in a moment."""
    claim(desk)
    with writing(settings().database) as session:
        visits.get(session, desk.visit.id, lock=True).worker = None

    with writing(settings().database) as session, pytest.raises(LeaseLost):
        fence(visits.get(session, desk.visit.id, lock=True))
    lay_down(desk.visit.id)


def test_before_a_letter_leaves_it_is_asked_how_long_ago_its_lease_was_granted(home: Settings) -> None:
    use(home.model_copy(update={"lease_seconds": 2}))
    with writing(settings().database) as session:
        hold = Hold(session)
    hold.check()

    time.sleep(1.7)

    with pytest.raises(LeaseLost):
        hold.check()


def test_leases_of_a_machine_that_was_started_anew_are_over() -> None:
    """Its seconds began again at nought: an old lease would run for weeks."""
    keep_lease("runner")
    with writing(settings().database) as session:
        session.get_one(leases.WorkerRow, me()).clock = "before the machine was started anew"

    with reading(settings().database) as session:
        assert leases.of(session, me()) is None
        assert [one.id for one in leases.over(session, "runner")] == [me()]


def claim(desk: Desk) -> None:
    """This process takes the visit up, as a run does."""
    with writing(settings().database) as session:
        row = visits.get(session, desk.visit.id, lock=True)
        take_up(session, row.id)
        row.worker = me()
