"""One service for each home; whoever has it is named; its death lets the next one in."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import ROOT
from deployments.service.home_lock import HomeLock
from domain.problem import Refused

HOLDS = (
    "import sys, time; from pathlib import Path; from deployments.service.home_lock import HomeLock;"
    "HomeLock(Path(sys.argv[1])).take(); print('held', flush=True); time.sleep(60)"
)


def test_a_second_service_is_refused_and_told_who_has_the_home(tmp_path: Path) -> None:
    HomeLock(tmp_path).take()

    with pytest.raises(Refused) as refused:
        HomeLock(tmp_path).take()

    said = f"đang chạy: tiến trình {os.getpid()} trên máy {socket.gethostname()} từ "
    assert re.search(re.escape(said) + r"\d+ giờ \d\d, \d\d/\d+/\d{4} → dừng nó trước", f"{refused.value}")


def test_it_is_free_again_when_it_was_released(tmp_path: Path) -> None:
    first = HomeLock(tmp_path)
    first.take()
    first.release()
    first.release()

    HomeLock(tmp_path).take()


def test_another_home_is_another_lock(tmp_path: Path) -> None:
    HomeLock(tmp_path).take()
    other = tmp_path / "other"
    other.mkdir()

    HomeLock(other).take()


def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(Refused, match=f"tiến trình {holder.pid} "):
        HomeLock(tmp_path).take()

    holder.kill()
    holder.wait()

    HomeLock(tmp_path).take()
