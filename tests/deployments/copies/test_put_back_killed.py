"""A restore that is killed, wherever it was, leaves a home that is whole: the old one or the new one."""

import hashlib
import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from config.settings import Settings, use
from database import audit
from database.engine import engine_for, reading, writing
from database.record.check import faults
from deployments.copies import package
from deployments.copies.homes import left_beside
from deployments.copies.put_back import put_back
from deployments.copies.putting_back import PuttingBack
from deployments.copies.take import Taken
from tests.deployments.copies.conftest import NOW
from tests.files import contents_of
from tests.holding import held_because

#: What a process does to files, as Python tells whoever asks (`sys.addaudithook`).
TOUCHES = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree", "sqlite3.connect", "ctypes.dlsym")


def put_back_and_die(copy: Path, of: Settings, at: int, touched: Connection) -> None:
    """A restore that is killed at its n-th touch of a file; with 0 it ends and tells how many there were."""
    count = 0

    def touch(event: str, _arguments: object) -> None:
        nonlocal count
        if event not in TOUCHES:
            return
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    use(of)
    with package.opened(copy) as opened:
        work = PuttingBack(of, opened, NOW, "Nguyễn Văn Ví Dụ", over=True)
        sys.addaudithook(touch)
        put_back(work)
    touched.send(count)


def in_a_process(copy: Path, of: Settings, at: int) -> int:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    child = context.Process(target=put_back_and_die, args=(copy, of, at, there))
    child.start()
    child.join()
    assert child.exitcode == (-signal.SIGKILL if at else 0)
    return int(here.recv()) if at == 0 else 0


def test_whoever_is_killed_at_any_touch_of_a_file_leaves_the_old_home_whole_or_the_new_one(
    taken: Taken, live: Settings, tmp_path: Path
) -> None:
    with writing(live.database) as session:
        audit.note(session, "thử", "có việc sau bản sao")
    engine_for(live.database).dispose()
    (live.folder / "lock").touch()
    old = contents_of(live.folder)
    total = in_a_process(taken.path, home_again(live, tmp_path / "counted"), 0)
    seen = set()
    for at in sorted({*range(1, total, max(1, total // 20)), *range(total - 10, total)}):
        of = home_again(live, tmp_path / f"killed-{at}")
        in_a_process(taken.path, of, at)
        seen.add(which_is_there(of, old, taken))
    assert seen == {"old", "new"}


@pytest.mark.parametrize("at", [60, -3])
def test_what_a_killed_restore_left_behind_keeps_nobody_from_trying_again(
    at: int, taken: Taken, live: Settings, tmp_path: Path
) -> None:
    engine_for(live.database).dispose()
    old = contents_of(live.folder)
    total = in_a_process(taken.path, home_again(live, tmp_path / "counted"), 0)
    of = home_again(live, tmp_path / "killed")
    in_a_process(taken.path, of, at if at > 0 else total + at)
    (told,) = left_beside(of.folder)
    assert ("thư mục cũ còn nguyên" if at < 0 else "dữ liệu trải dở") in told.fault

    in_a_process(taken.path, of, 0)

    assert which_is_there(of, old, taken) == "new"
    assert list(left_beside(of.folder)) == []
    assert contents_of(next(of.folder.parent.glob("home.before*")))["secrets/record"] == old["secrets/record"]


def home_again(live: Settings, there: Path) -> Settings:
    shutil.copytree(live.folder, there / "home")
    return live.model_copy(update={"home": there / "home"})


def which_is_there(of: Settings, old: Mapping[str, bytes], taken: Taken) -> str:
    """By every file: the home of before, or all of the copy, its record right and its letters held."""
    now = contents_of(of.folder)
    if now.get("visits.db") == old["visits.db"]:
        assert {name: now[name] for name in old if name != "lock"} == {n: old[n] for n in old if n != "lock"}
        return "old"
    for name, mark in taken.manifest.files.items():
        if name.startswith(("mailbox/", "configuration/")):
            assert hashlib.sha256(now[name]).hexdigest() == mark.sha256
    assert now["secrets/record"] == old["secrets/record"]
    try:
        with reading(of.database) as session:
            assert "khôi phục từ bản sao" in held_because(session, of)
            assert [one for one in faults(session, of) if not one.warning] == []
    finally:
        engine_for(of.database).dispose()
    return "new"
