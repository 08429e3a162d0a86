"""Which process is at work is told by its number and its start, whatever becomes of the clock (design §3)."""

import os
import subprocess
import sys
from datetime import datetime, timedelta

import psutil
import pytest

from domain.dates import OFFICE_ZONE
from tasks.worker import is_alive, me

NOW, SILENT = datetime(2024, 3, 1, 8, tzinfo=OFFICE_ZONE), timedelta(minutes=10)


def alive(worker: str, seen_at: datetime | None = None) -> bool:
    return is_alive(worker, seen_at, NOW, SILENT)


def test_a_process_knows_itself_alive() -> None:
    assert alive(me())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere psutil counts by the wall clock alone")
def test_setting_the_clock_makes_nobody_look_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the kernel says of its boot moves with the wall clock, as it is reckoned back from it."""
    before, at_boot, started = me(), psutil.boot_time(), psutil.Process().create_time()

    monkeypatch.setattr("psutil._pslinux.boot_time", lambda: at_boot - 3600)

    assert psutil.Process().create_time() < started - 3500, "so psutil would see another process"
    assert alive(before)


def test_a_later_process_with_the_same_number_is_another_one() -> None:
    host, number, _started = me().rsplit(":", 2)

    assert not alive(f"{host}:{number}:0")


def test_a_process_that_has_ended_is_dead_before_and_after_anybody_takes_note() -> None:
    asked = "from tasks.worker import me; print(me())"
    with subprocess.Popen([sys.executable, "-c", asked], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        worker = process.stdout.read().strip()
        assert worker.rsplit(":", 2)[1] == f"{process.pid}"
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert not alive(worker)
    assert not alive(worker)


def test_on_another_machine_only_silence_tells() -> None:
    there = "máy-khác:1:0"

    assert alive(there, NOW - timedelta(minutes=9))
    assert not alive(there, NOW - timedelta(minutes=11))
    assert not alive(there)
