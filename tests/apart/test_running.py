"""What reads a stranger's file can harm nothing but itself: its memory, its time, its end, and what it knows."""

import os
import resource
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from apart import child, reader, running
from apart.running import apart
from apart.unread import Unread
from deployments.service.leftovers import PART_OF, left_in

ROOT = Path(__file__).parents[3]


#: Children of this process from before a test: what other tests have started may end at any time.
_STRANGERS: set[int] = set()


@pytest.fixture(autouse=True)
def _nobody_waits() -> Iterator[None]:
    for starting in threading.enumerate():
        if starting.name == "reader-start":  # the desk of another test wanted one to be ready
            starting.join(20)
    running.close()
    _STRANGERS.clear()
    _STRANGERS.update(child.pid for child in psutil.Process().children())
    yield
    running.close()


def readers() -> list[psutil.Process]:
    """The processes of this one that read, zombies included."""
    own = [one for one in psutil.Process().children() if one.pid not in _STRANGERS]
    return [one for one in own if one.status() == psutil.STATUS_ZOMBIE or _reads(one)]


def _reads(process: psutil.Process) -> bool:
    try:
        return child.__name__ in process.cmdline()
    except psutil.Error:  # it is just ending
        return True


def becomes_true(check: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it does within that time."""
    until = time.monotonic() + seconds
    while not check() and time.monotonic() < until:
        time.sleep(0.02)
    return check()


def test_it_is_another_process_and_the_same_for_the_next_file() -> None:
    first = apart(os.getpid)
    assert first != os.getpid()
    assert apart(os.getpid) == first


def test_it_is_kept_beside_a_service_that_has_grown_large_itself() -> None:
    large = b"x" * (300 * 2**20)
    kept = apart(os.getpid)
    assert apart(os.getpid) == kept
    del large


def test_it_can_be_started_before_a_file_comes() -> None:
    running.get_ready(len)
    assert becomes_true(lambda: bool(running._room.idle))
    (waiting,) = readers()
    running.get_ready(len)
    assert apart(os.getpid) == waiting.pid


def test_what_wants_too_much_memory_is_told_so_and_the_next_file_is_read() -> None:
    with pytest.raises(Unread, match="quá nhiều bộ nhớ"):
        apart(bytearray, 2 * child.MEMORY)
    assert apart(len, b"abc") == 3


def test_what_takes_too_long_by_the_clock_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "WALL_SECONDS", 0.5)
    with pytest.raises(Unread, match="quá nhiều thời gian"):
        apart(time.sleep, 600)
    assert becomes_true(lambda: not readers())


def test_the_kernel_ends_it_after_so_many_seconds_of_work_on_one_file() -> None:
    soft, _hard = apart(resource.getrlimit, resource.RLIMIT_CPU)
    assert 0 < soft <= child.CPU_SECONDS + 2


@pytest.mark.parametrize(("end", "arguments"), [(os._exit, (3,)), (os.abort, ()), (os.kill, ())])
def test_a_process_that_dies_at_a_file_is_a_sentence_and_not_an_error(
    end: Callable[..., object], arguments: tuple[int, ...]
) -> None:
    arguments = arguments or ((apart(os.getpid), 9) if end is os.kill else ())
    with pytest.raises(Unread) as told:
        apart(end, *arguments)
    assert told.value.fault
    assert told.value.remedy
    assert apart(len, b"abc") == 3


def test_one_that_is_killed_from_outside_is_a_sentence_too() -> None:
    said: list[str] = []

    def ask() -> None:
        try:
            apart(time.sleep, 600)
        except Unread as unread:
            said.append(unread.fault)

    asking = threading.Thread(target=ask)
    asking.start()
    assert becomes_true(lambda: bool(readers()))
    for one in readers():
        one.kill()
    asking.join(timeout=20)
    assert [fault for fault in said if "dừng giữa chừng" in fault] == said
    assert said


def test_nothing_of_it_is_left_as_a_zombie_whoever_killed_it_and_whenever() -> None:
    apart(os.getpid)
    (idle,) = readers()
    idle.kill()
    assert becomes_true(lambda: not readers())


def test_an_error_in_it_is_told_politely_and_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Unread):
        apart(int, "không phải số")
    assert "invalid literal" in caplog.text


def test_a_question_that_was_given_up_is_not_answered_to_the_next_person() -> None:
    """A step whose time is over is ended in the middle of waiting for its answer."""

    def over(*_: object) -> None:
        raise TimeoutError

    first = apart(os.getpid)
    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(TimeoutError):
            apart(select.select, [], [], [], 1)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert apart(len, b"abc") == 3
    assert first not in [one.pid for one in readers()]


def test_a_question_that_cannot_be_put_is_a_sentence_too(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Unread, match="dừng giữa chừng"):
        apart(lambda: 1)
    assert "lambda" in caplog.text
    assert len(readers()) <= 1


@pytest.mark.parametrize("answering", [object, complex, OrderedDict])
def test_an_answer_that_is_no_value_is_a_sentence_too(answering: Callable[[], object]) -> None:
    with pytest.raises(Unread, match="dừng giữa chừng"):
        apart(answering)
    assert apart(len, b"abc") == 3


def test_a_machine_that_has_no_room_for_it_is_a_sentence_too() -> None:
    """No more processes, or no more open files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    os.close(lowest_free := os.dup(0))  # the next file would be open under this number
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    try:
        with pytest.raises(Unread, match="quá tải"):
            apart(len, b"abc")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert apart(len, b"abc") == 3


def test_two_files_are_read_at_once_and_a_third_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "WAIT_SECONDS", 0.2)
    two = [threading.Thread(target=apart, args=(time.sleep, 3)) for _ in range(2)]
    for one in two:
        one.start()
    assert becomes_true(lambda: len(readers()) == 2)
    with pytest.raises(Unread, match="đang bận"):
        apart(len, b"abc")
    for one in two:
        one.join()
    assert apart(len, b"abc") == 3
    assert len(readers()) == 1


def test_a_third_waits_a_little_for_its_turn() -> None:
    two = [threading.Thread(target=apart, args=(time.sleep, 0.5)) for _ in range(2)]
    for one in two:
        one.start()
    assert becomes_true(lambda: len(readers()) == 2)
    assert apart(len, b"abc") == 3
    for one in two:
        one.join()


def test_it_knows_no_setting_no_secret_and_no_connection_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISITS_SMTP__PASSWORD", "bí mật")
    with socket.socket() as connection:
        connection.set_inheritable(True)
        assert apart(os.getenv, "VISITS_SMTP__PASSWORD") is None
        held = [apart(os.readlink, f"/proc/self/fd/{number}") for number in apart(os.listdir, "/proc/self/fd")[:-1]]
    assert not [one for one in held if not one.startswith(("pipe:", "/dev/null"))]
    assert apart(os.getcwd) == "/"


def test_a_service_finds_what_it_left_running_by_its_mark(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(PART_OF, str(tmp_path.resolve()))
    assert [one.pid for one in left_in(tmp_path)] == []
    reading = apart(os.getpid)
    assert [one.pid for one in left_in(tmp_path)] == [reading]


def test_it_can_write_no_file(tmp_path: Path) -> None:
    with pytest.raises(Unread):
        apart(Path.write_bytes, tmp_path / "x", b"abc")
    assert (tmp_path / "x").stat().st_size == 0


def test_a_fork_has_one_of_its_own_and_leaves_its_parent_s_alone() -> None:
    own = apart(os.getpid)
    seen, told = os.pipe()
    fork = os.fork()
    if fork == 0:
        os.write(told, str(apart(os.getpid)).encode())
        running.close()
        os._exit(0)
    assert os.waitpid(fork, 0)[1] == 0
    assert int(os.read(seen, 20)) not in (own, os.getpid())
    assert apart(os.getpid) == own
    os.close(seen)
    os.close(told)


def test_it_ends_with_its_parent_however_that_ended() -> None:
    code = "import os; from apart.running import apart; print(apart(os.getpid), flush=True); os._exit(9)"
    parent = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        check=False,
    )
    orphan = int(parent.stdout)
    assert becomes_true(
        lambda: not psutil.pid_exists(orphan) or psutil.Process(orphan).status() == psutil.STATUS_ZOMBIE
    )
