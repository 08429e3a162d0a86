"""What must hold after each fault, on the real database: the promises of the simulator, and what people look at."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from domain.wait import Wait
from tests.chaos.office import PATIENCE, Office
from tests.chaos.people import Stirred, until
from tests.simulation.promise_letters import Letters
from tests.simulation.promise_record import Answers, Record
from tests.simulation.promise_runs import Asked, Runs, steps_are_done_once
from tests.simulation.simulated_mail import Mail
from tests.simulation.world import Fault, holds

_SHOWN = {wait.value: wait.shown for wait in Wait}
_SECONDS = 60.0  #: Prefect hears a little later than the row how a run has ended
#: What a loop of Prefect's server failed at is told for a quarter of an hour after the last time.
_STAYS = "của máy chủ lỗi liên tiếp"


class Promises:
    """Held against the servers of the recipients, and against the last look."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.letters, self.answers, self.record = Letters(Mail(taken=office.mail.taken)), Answers(), Record()
        self._runs, self._asked = Runs(), Asked()

    @property
    def _path(self) -> Path:
        return self._office.settings.folder / "visits.db"

    def forget(self) -> None:
        """A copy was put back by a person, who lets letters go that went since."""
        self.letters.forget()
        self.answers.forget()
        self.record.forget()

    def look(self, play: Stirred, again: list[str]) -> None:
        """After a fault, when nothing is due any more."""
        for name in again:
            self.letters.again[name] += 1
        again.clear()
        with closing(sqlite3.connect(self._path)) as database:
            for promise in (self.letters, self.answers, self.record):
                promise.look(database)
            steps_are_done_once(database)
            self.letters.at_rest(database)
            self._asked.at_rest(database)
            holds(self.record.last >= play.confirmed, "what was confirmed is kept", f"line {play.confirmed}")
        said = self._run_not_as_its_row_says
        until(lambda: said() is None, _SECONDS, "each run is as its row says:", said)

    def _run_not_as_its_row_says(self) -> Fault | None:
        with closing(sqlite3.connect(self._path)) as database:
            runs = [name for (name,) in database.execute("SELECT flow_run_id FROM visit WHERE flow_run_id IS NOT NULL")]
            try:
                self._runs.at_rest(database, self._office.clock.now(), self._office.states(runs), _SHOWN)
            except Fault as fault:
                return fault
        return None

    def service_goes_on(self) -> None:
        """All parts are there, the service says nothing is wrong with them, and the doctor agrees."""
        until(self._office.is_up, PATIENCE, "all parts answer", self._office.said)
        until(lambda: not self._in_trouble(), PATIENCE, "no part is in trouble", self._in_trouble)
        code, said = self._office.types("doctor")
        told = [line for line in _faults_in(said) if _STAYS not in line]
        content = code == 0 or (_STAYS in said and not [line for line in told if line.startswith(" ")])
        holds(content, "the doctor is content", "\n".join(told))

    def _in_trouble(self) -> list[str]:
        return [f"{name}: {row.text}" for name, row in self._office.notes().items() if name.startswith("part:")]


def _faults_in(said: str) -> Iterator[str]:
    """What the doctor calls a fault, and what follows each."""
    is_fault = False
    for line in said.splitlines():
        if not line.startswith(" "):
            is_fault = line[:1] not in ("✓", "!")
        if is_fault:
            yield line
