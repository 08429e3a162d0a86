"""What must hold after every act, looked at in the tables themselves and not by the code that filled them."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from tests.simulation.dates import Dates
from tests.simulation.promise_letters import Letters
from tests.simulation.promise_record import Answers, Papers, Record
from tests.simulation.promise_runs import Asked, Runs, steps_are_done_once
from tests.simulation.simulated_mail import Mail, id_of
from tests.simulation.world import holds, world


class Promises:
    """All of them."""

    def __init__(self, mail: Mail, path: Path) -> None:
        self._path = path
        self.letters, self.answers, self.record, self.papers, self.runs = (
            Letters(mail),
            Answers(),
            Record(),
            Papers(),
            Runs(),
        )
        self.dates, self.asked = Dates(), Asked()

    def a_letter_arrives(self, raw: bytes) -> None:
        """It comes from whoever has claimed it, and from nobody whom others have taken it from."""
        process, name = world().current, id_of(raw)
        with closing(sqlite3.connect(self._path)) as database:
            by = database.execute("SELECT sending_by FROM letter WHERE message_id = ?", (name,)).fetchone()
        sender = process.name if process else None
        holds(by == (sender,), "only who has claimed a letter sends it", f"{name}: {sender}, claimed by {by}")

    def forget(self) -> None:
        """A copy was put back."""
        self.letters.forget()
        self.answers.forget()
        self.record.forget()

    def length_of_record(self) -> int:
        """How many lines the record has."""
        with closing(sqlite3.connect(self._path)) as database:
            return int(database.execute("SELECT last FROM audit_end").fetchone()[0])

    def look(self) -> None:
        """After an act, whatever is at work."""
        with closing(sqlite3.connect(self._path)) as database:
            for one in (self.letters, self.answers, self.record, self.papers):
                one.look(database)
            steps_are_done_once(database)

    def look_at_rest(self, now: datetime, states: dict[str, tuple[str, str]], shown: dict[str, str]) -> None:
        """When nothing is due any more, and everything that went wrong had time to be mended."""
        with closing(sqlite3.connect(self._path)) as database:
            self.letters.at_rest(database)
            self.papers.at_rest(database)
            self.runs.at_rest(database, now, states, shown)
            self.dates.at_rest(database, now)
            self.asked.at_rest(database)

    def confirmed(self, line: int) -> None:
        """A person was told that it is done: so it stands in the record."""
        with closing(sqlite3.connect(self._path)) as database:
            holds(
                self.record.has_line_since(database, line), "what was confirmed is kept", f"nothing after line {line}"
            )
