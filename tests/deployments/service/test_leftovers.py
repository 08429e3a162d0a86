"""What a killed service left running is ended before a new one starts, and nothing else is touched."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import ROOT
from deployments.service.leftovers import end_leftovers, left_in, marked

SLEEPS = "import time; print('there', flush=True); time.sleep(60)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPS
SAYS_GOODBYE = "import signal; signal.signal(signal.SIGTERM, lambda *_: exit(print('goodbye', flush=True))); " + SLEEPS

Started = list[subprocess.Popen[bytes]]


@pytest.fixture
def started() -> Iterator[Started]:
    """Processes of a test; all of them are ended."""
    processes: Started = []
    yield processes
    for one in processes:
        one.kill()
        one.wait()


def start(started: Started, code: str, **environment: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=os.environ | environment, stdout=subprocess.PIPE, start_new_session=True
    )
    started.append(process)
    assert process.stdout
    process.stdout.readline()
    return process


def test_parts_are_ended_politely_and_those_that_do_not_listen_for_good(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deployments.service.leftovers._PATIENCE", 0.5)
    polite, deaf = (start(started, code, **marked(tmp_path)) for code in (SAYS_GOODBYE, DEAF))
    assert {one.pid for one in left_in(tmp_path)} == {polite.pid, deaf.pid}

    said = end_leftovers(tmp_path)

    assert said == "lần chạy trước bị ngắt giữa chừng: đã kết thúc 2 tiến trình còn sót"
    assert polite.stdout
    assert deaf.stdout
    assert (polite.stdout.read(), deaf.stdout.read()) == (b"goodbye\n", b"")  # to its end: both are gone


def test_another_home_and_a_command_line_with_this_home_are_let_alone(started: Started, tmp_path: Path) -> None:
    other = start(started, SLEEPS, **marked(tmp_path / "other"))
    typed = start(started, SLEEPS, VISITS_HOME=str(tmp_path))

    assert end_leftovers(tmp_path) == ""

    assert (other.poll(), typed.poll()) == (None, None)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start ends what was left")
def test_a_part_ends_with_its_parent_however_that_ends(tmp_path: Path) -> None:
    """The parent starts a part as the service does, and is killed."""
    parent_code = (
        "import os, time; from pathlib import Path; from deployments.service.part_log import PartLog;"
        "from deployments.service.parts import Part;"
        f"part = Part('desk', ['-c', {SLEEPS!r}], lambda log: False, '', PartLog(Path({str(tmp_path)!r}) / 'log'),"
        f"dict(os.environ) | {marked(tmp_path)!r}, (1,), 60);"
        "part.look(); print(part.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", parent_code], cwd=ROOT, stdout=subprocess.PIPE)
    assert parent.stdout
    child = int(parent.stdout.readline())
    deadline = time.monotonic() + 20
    while not (tmp_path / "log").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert [one.pid for one in left_in(tmp_path)] == [child]

    parent.kill()
    parent.wait()

    while left_in(tmp_path):
        assert time.monotonic() < deadline
        time.sleep(0.05)
