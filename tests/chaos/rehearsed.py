"""The same in a rehearsal: a whole year is played while its parts die, stand still, are locked out and lose their runs.

The play itself goes on by what it finds, as people do; the year must end as an undisturbed one does.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import psutil

from config.settings import ROOT
from deployments.service.leftovers import left_in
from rehearsal.outside import break_mail_server, mend_mail_server
from tests.chaos.office import PARTS
from tests.live.service import free_ports
from tests.rehearsal.test_year_under_fire import (
    assert_every_letter_arrived_once,
    assert_six_steps_each,
    assert_the_year_is_whole,
    steps_at_work,
)

_LASTS = 900.0


class RehearsedYear:
    """One year of a rehearsal, as a process of its own."""

    def __init__(self, home: Path, chance: random.Random) -> None:
        self.home, self.chance = home, chance
        ports = zip(("PREFECT", "MAILBOX", "DESK"), free_ports(3), strict=True)
        clean = {name: text for name, text in os.environ.items() if not name.startswith(("VISITS_", "PREFECT_"))}
        command = [sys.executable, "-m", "cli.main", "rehearse", "2024", "--json", "--home", f"{home}"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**clean, **{f"VISITS_{name}_PORT": f"{port}" for name, port in ports}},
            stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def begins(self) -> None:
        """The first letter has gone."""
        while not list(self.home.glob("mailbox/*.eml")):
            assert self.process.poll() is None, "the rehearsal ended before it began"
            time.sleep(0.5)

    def parts(self, name: str) -> list[psutil.Process]:
        """The processes of a part, the first one first."""
        found = []
        for process in left_in(self.home):
            with suppress(psutil.NoSuchProcess):
                if PARTS[name] in " ".join(process.cmdline()):
                    found.append(process)
        return found

    def ends(self) -> None:
        """Nine of nine, every letter once, the figures those of the records."""
        said, _ = self.process.communicate(timeout=_LASTS)
        result = json.loads(said.splitlines()[-1])
        assert (result["visits"], result["completed"], result["stuck"]) == (9, 9, []), result
        assert_every_letter_arrived_once(self.home)
        assert_the_year_is_whole(self.home, result)
        assert_six_steps_each(self.home)

    def end(self) -> None:
        """Whatever happens, nothing of it is left."""
        for process in [*left_in(self.home)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.kill()
        self.process.wait()


def _kill(name: str) -> Callable[[RehearsedYear], None]:
    return lambda year: [process.kill() for process in year.parts(name)[:1]] and None


def _kill_step(year: RehearsedYear) -> None:
    for _ in range(500):
        if victims := steps_at_work(year.home):
            year.chance.choice(victims).kill()
            return
        time.sleep(0.02)


def _stand_still(name: str) -> Callable[[RehearsedYear], None]:
    def stands(year: RehearsedYear) -> None:
        for process in year.parts(name)[:1]:
            process.send_signal(signal.SIGSTOP)
            time.sleep(year.chance.uniform(4, 8))
            process.send_signal(signal.SIGCONT)

    return stands


def _mail(mode: str) -> Callable[[RehearsedYear], None]:
    def fails(year: RehearsedYear) -> None:
        break_mail_server(year.home / "mailbox", mode)
        time.sleep(year.chance.uniform(2, 4))
        mend_mail_server(year.home / "mailbox")

    return fails


def _lock(year: RehearsedYear) -> None:
    with closing(sqlite3.connect(year.home / "visits.db", isolation_level=None, timeout=60)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(10)
        other.rollback()


def _lose_runs(year: RehearsedYear) -> None:
    """Prefect's database, and its server with it."""
    servers = year.parts("server")[:1]
    for path in (year.home / "prefect").glob("prefect.db*"):
        path.unlink()
    for process in servers:
        process.kill()


HAPPENS: dict[str, Callable[[RehearsedYear], None]] = {
    "kill -9 of the server": _kill("server"), "of the runner": _kill("runner"), "of a worker": _kill_step,
    "of the desk": _kill("desk"), "SIGSTOP of the server": _stand_still("server"),
    "of the runner for seconds": _stand_still("runner"), "a mail server that is down": _mail("down"),
    "puts off": _mail("later"), "hangs up at DATA": _mail("drop"), "dies before its word": _mail("unanswered"),
    "a database locked for 10 s": _lock, "Prefect's database lost": _lose_runs,
}  # fmt: skip


NAME = f"a rehearsed year with all of these: {', '.join(HAPPENS)}"


def rehearsed(folder: Path, chance: random.Random) -> None:
    """Play it; `AssertionError` where the year does not end as it must."""
    year = RehearsedYear(folder / "rehearsal", chance)
    try:
        year.begins()
        for happens in chance.sample(list(HAPPENS.values()), len(HAPPENS)):
            time.sleep(chance.uniform(0.5, 3))
            if year.process.poll() is None:
                with suppress(psutil.NoSuchProcess):
                    happens(year)
        year.ends()
    finally:
        year.end()
