"""Processes that read the office's inbox and are killed somewhere in the middle of it."""

import multiprocessing
import random
import signal
import time
from collections import Counter
from multiprocessing.synchronize import Event

from sqlalchemy import func, select

from config.settings import Settings, settings, use
from database.engine import reading
from database.incoming import IncomingRow
from domain.incoming import MailState
from tasks.incoming import read_inbox


def _read(of: Settings, begins: Event) -> None:
    use(of)
    begins.set()
    read_inbox()


class KilledReaders:
    """Lets one reader after another begin and kills it after a time that `chance` names."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._processes = multiprocessing.get_context("forkserver")
        self._processes.set_forkserver_preload(["tasks.incoming"])
        self._seconds = 1.0  #: how long a reading takes, as far as is known
        self.killed = 0
        self.met: Counter[str] = Counter()  #: what a killed one had come to

    def die(self, times: int) -> None:
        """So many are killed; one that ends before it is killed does not count, and another takes its place."""
        wanted = self.killed + times
        while self.killed < wanted:
            self._one_begins()

    def _one_begins(self) -> None:
        before, begins = _rows(), self._processes.Event()
        process = self._processes.Process(target=_read, args=(settings(), begins))
        process.start()
        assert begins.wait(60), "the reader did not begin"
        begun = time.monotonic()
        process.join(self._chance.uniform(0, self._seconds))
        process.kill()
        process.join()
        if process.exitcode == -signal.SIGKILL:
            self.killed += 1
            self.met[_came_to(before, _rows())] += 1
        else:
            assert process.exitcode == 0, f"the reader failed: {process.exitcode}"
            self._seconds = (self._seconds + time.monotonic() - begun) / 2


def _rows() -> tuple[int, int]:
    """How many messages are rows, and how many of them nothing was done about yet."""
    with reading(settings().database) as session:
        count = select(func.count()).select_from(IncomingRow)
        return session.scalar(count) or 0, session.scalar(count.where(IncomingRow.state == MailState.NEW)) or 0


def _came_to(before: tuple[int, int], after: tuple[int, int]) -> str:
    if before == after:
        return "nothing changed"
    return "a row that nothing was done about" if after[1] else "all of its rows dealt with"
