"""No letter twice but by a person's word, none lost, each recipient's state the truth: by the servers' own count."""

import sqlite3
from collections import Counter, defaultdict

from tests.simulation.simulated_mail import Mail
from tests.simulation.world import holds

#: A recipient in one of these is settled: only a person's word changes it again.
_SETTLED = ("sent", "on_paper", "withdrawn", "withheld")
_OPEN = ("sending", "uncertain", "queued", "held")
#: While it waits so, letters of a visit may lie.
_LETTERS_LIE = ("mail_server", "run_failed", "run_stopped")


class Letters:
    """No letter twice but by a person's word, none lost, each recipient's state the truth."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail
        self._before: dict[tuple[str, int], tuple[str, str]] = {}
        self.again: Counter[str] = Counter()  #: Message-ID -> how often a person let it go again

    def forget(self) -> None:
        """A copy was put back: what went out since then may go once more, once a person has looked."""
        self._before.clear()
        for name in {name for name, _address in self._mail.taken}:
            self.again[name] += 1

    def look(self, database: sqlite3.Connection) -> None:
        """Against the servers of the recipients, and against the last look."""
        now: dict[tuple[str, int], tuple[str, str]] = {}
        states: dict[str, list[str]] = defaultdict(list)
        told: dict[str, tuple[str, str | None]] = {}
        for name, letter, by, place, address, state in database.execute(_LETTERS):
            now[name, place] = (address, state)
            states[name].append(state)
            told[name] = (letter, by)
            self._arrived(name, address, state)
        for name, (letter, by) in told.items():
            holds(letter == _comes_to(states[name]), "a letter's state is that of its recipients", f"{name}: {letter}")
            holds((by is not None) == ("sending" in states[name]), "a claim is for whom DATA is", f"{name}: {by}")
        self._since_the_last_look(now)
        for (name, address), times in self._mail.taken.items():
            holds(times <= 1 + self.again[name], "no letter goes out twice", f"{name} to {address}: {times} times")
        self._before = now

    def _arrived(self, name: str, address: str, state: str) -> None:
        taken = self._mail.taken.get((name, address), 0)
        if state == "sent":
            holds(taken > 0, "what is sent has arrived", f"{name} to {address}")
        elif taken and not self.again[name]:
            known = state in ("sending", "uncertain", "withdrawn")
            holds(known, "what has arrived is not sent again", f"{name} to {address} is {state}")

    def _since_the_last_look(self, now: dict[tuple[str, int], tuple[str, str]]) -> None:
        for (name, place), (address, state) in self._before.items():
            found = now.get((name, place))
            holds(found is not None, "no letter and no recipient is lost", f"{name} to {address}")
            if found and state in _SETTLED and not self.again[name]:
                holds(found == (address, state), "what is settled stays", f"{name} to {address}: {state}, {found[1]}")

    def at_rest(self, database: sqlite3.Connection) -> None:
        """Nothing is at work, and nothing is due: then no letter lies about that somebody ought to send."""
        for name, wait, state, address in database.execute(_LYING):
            lies = state == "queued" and wait in _LETTERS_LIE
            holds(lies, "a letter that waits is sent", f"{name} to {address} is {state}, its visit waits for {wait}")


_LETTERS = (
    "SELECT l.message_id, l.state, l.sending_by, r.place, r.address, r.state FROM letter l"
    " JOIN letter_recipient r ON r.letter_id = l.id ORDER BY l.id, r.place"
)
_LYING = (
    "SELECT l.message_id, v.wait, r.state, r.address FROM letter l JOIN visit v ON v.id = l.visit_id"
    " JOIN letter_recipient r ON r.letter_id = l.id WHERE r.state IN ('queued', 'sending') AND r.put_off_since IS NULL"
)


def _comes_to(states: list[str]) -> str:
    """The state of a letter, told once more."""
    for state in _OPEN:
        if state in states:
            return state
    return "partly" if states[0] == "sent" and "refused" in states[1:] else states[0]
