"""`visits up` as somebody types it: killed in the middle, it leaves a home that the next one takes over."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest

from config.settings import ROOT
from database import outbox, service_notes, visits
from database.engine import reading
from deployments.service.leftovers import left_in
from rehearsal.outside import message_ids
from tests.deployments.conftest import free_port

#: A start takes 15 s on a machine that has nothing else to do, and minutes on one that is busy.
PATIENCE = 600.0
PLAN = "2026/ke-hoach"


class Up:
    """`visits up` in a home of its own, started as often as a test wants."""

    def __init__(self, home: Path) -> None:
        self.home, self.prefect = home, free_port()
        ports = {"PREFECT": self.prefect, "MAILBOX": free_port(), "DESK": free_port()}
        self.desk = ports["DESK"]
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("VISITS_")}
        self._environment |= {f"VISITS_{name}_PORT": f"{port}" for name, port in ports.items()}
        self._environment |= {"VISITS_HOME": str(home), "VISITS_RESTART_PAUSES": "[0.5, 1, 2, 5]"}
        self._starts = 0
        self.process: subprocess.Popen[bytes]

    def start(self) -> None:
        """Type it once more."""
        self._starts += 1
        with self._log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli.main", "up"], cwd=ROOT, env=self._environment,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip

    @property
    def _log(self) -> Path:
        return self.home.parent / f"up-{self._starts}.log"

    @property
    def said(self) -> str:
        """What it has said since it was typed last."""
        return self._log.read_text(encoding="utf-8")

    def until(self, what: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait; that it ends meanwhile is a failure."""
        deadline = time.monotonic() + seconds
        while not what():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.2)

    def says(self, words: str) -> Callable[[], bool]:
        """Whether it has said that."""
        return lambda: words in self.said

    def parts(self, name: str) -> list[psutil.Process]:
        """The processes of a part: `server`, `runner` with its forks, or `desk`."""
        word = {"server": "prefect server start", "runner": "deployments.warm.runner", "desk": "web.serve"}[name]
        found = []
        for one in left_in(self.home):
            with suppress(psutil.NoSuchProcess):
                if word in " ".join(one.cmdline()):
                    found.append(one)
        return found

    def types(self, *words: str) -> str:
        """What the command line answers to somebody in this home."""
        typed = [sys.executable, "-m", "cli.main", *words]
        return subprocess.run(
            typed, cwd=ROOT, env=self._environment, check=True, capture_output=True, text=True, timeout=300
        ).stdout

    @property
    def _database(self) -> str:
        return f"sqlite:///{self.home / 'visits.db'}"

    def notes(self) -> set[str]:
        """What the service says of itself."""
        with reading(self._database) as session:
            return set(service_notes.read(session))

    def waits(self, key: str) -> str | None:
        """What that waits for."""
        with reading(self._database) as session:
            return visits.find(session, key).waiting_state

    def letters(self) -> Counter[str]:
        """How many letters are in which state."""
        with reading(self._database) as session:
            return Counter(outbox.counts(session))


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    """Not started yet; whatever it has started is ended."""
    up = Up(tmp_path / "live")
    yield up
    if up.process.poll() is None:
        up.process.terminate()
        up.process.wait(30)
    for one in left_in(up.home):
        one.kill()


@pytest.mark.prefect
def test_a_killed_service_is_taken_over_within_seconds_and_one_server_is_on_the_database(up: Up) -> None:
    """Its server is stopped in its tracks, so that it cannot end with its parent: the next start must end it."""
    up.start()
    up.until(lambda: up.parts("server") and up.parts("desk"))
    up.until(lambda: (up.home / "logs" / "server.log").stat().st_size > 0)
    (first,) = up.parts("server")
    first.suspend()
    # On a busy machine it stops later; until then the end of its parent would reach it first, and end it as it should.
    up.until(lambda: first.status() == psutil.STATUS_STOPPED)
    up.process.kill()
    up.process.wait()

    up.start()
    up.until(up.says("hộp thư tại chỗ đã chạy"), seconds=60)
    assert "lần chạy trước bị ngắt giữa chừng: đã kết thúc" in up.said
    # Where nobody takes note of orphans that have ended, their number stays.
    assert not first.is_running() or first.status() == psutil.STATUS_ZOMBIE
    up.until(up.says("Ctrl-C để dừng."))

    assert len(up.parts("server")) == 1
    up.until(lambda: "tended" in up.notes())  # its schedule's first run, asked for at the start
    up.process.terminate()
    assert up.process.wait(60) == 0
    assert left_in(up.home) == []


@pytest.mark.prefect
def test_a_service_whose_log_was_deleted_says_so_ends_in_order_and_goes_on_at_the_next_start(up: Up) -> None:
    up.types("plan", "load", "config/plans/2026-vi-du.yaml")
    up.start()
    up.until(up.says("Ctrl-C để dừng."))
    for ending in ("-wal", "-shm"):
        (up.home / f"visits.db{ending}").unlink()
    up.until(lambda: "home" in (up.home / "visits.db.log-kept").read_text(), seconds=30)
    up.until(lambda: httpx.get(f"http://127.0.0.1:{up.desk}/dang-nhap").status_code == 503, seconds=30)
    assert "doctor" in httpx.get(f"http://127.0.0.1:{up.desk}/dang-nhap").text

    up.process.terminate()
    assert up.process.wait(60) == 0
    assert left_in(up.home) == []

    up.start()
    up.until(up.says("Ctrl-C để dừng."))
    assert up.waits(PLAN) == "Chờ quyết định"
    assert httpx.get(f"http://127.0.0.1:{up.desk}/dang-nhap").status_code == 200


@pytest.mark.year
def test_every_letter_of_a_plan_goes_once_through_two_storms_and_up_never_ends(up: Up) -> None:
    """The parts die sixty times in two storms, many of them while they start or send; after each comes a calm."""
    chance = random.Random(int(os.environ.get("VISITS_TEST_SEED", "11")))
    up.types("plan", "load", "config/plans/2026-vi-du.yaml")
    up.start()
    up.until(up.says("Ctrl-C để dừng."))
    up.types("take-up", PLAN, "--open", "--by", "thử")
    up.until(lambda: up.waits(PLAN) == "Chờ phát hành kế hoạch")
    up.types("issue", PLAN, "plan", "--number", "26", "--date", "01/12/2025", "--by", "thử")
    for _storm in range(2):
        for _ in range(30):
            time.sleep(chance.uniform(0.2, 4))
            if victims := up.parts(chance.choice(("server", "runner", "desk"))):
                with suppress(psutil.NoSuchProcess):
                    chance.choice(victims).kill()
            assert up.process.poll() is None, up.said
        up.until(lambda: len(up.parts("server")) == 1 and answers(f"http://127.0.0.1:{up.prefect}/api/health"))
        up.until(lambda: answers(f"http://127.0.0.1:{up.desk}/suc-khoe") and up.parts("runner"))
        up.until(lambda: not {name for name in up.notes() if name.startswith("part:")})
    up.until(lambda: set(up.letters()) <= {"held", "uncertain"})
    states, arrived = up.letters(), Counter(message_ids(up.home / "mailbox"))
    print(f"{len(arrived)} letters arrived through two storms, {states}")
    assert states["held"] > 200
    assert max(arrived.values()) == 1
    # Of a letter whose sender died within DATA a person is asked; it may have arrived.
    assert states["held"] <= len(arrived) <= states["held"] + states["uncertain"]
    assert states["uncertain"] <= 10

    up.process.terminate()
    assert up.process.wait(60) == 0
    assert left_in(up.home) == []


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).is_success
    except httpx.HTTPError:
        return False
