"""What must hold after every act, looked at in the tables themselves and not by the code that filled them."""

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.simulation.dates import Dates
from tests.simulation.simulated_mail import Mail
from tests.simulation.world import Fault

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
            _holds(letter == _comes_to(states[name]), "a letter's state is that of its recipients", f"{name}: {letter}")
            _holds((by is not None) == ("sending" in states[name]), "a claim is for whom DATA is", f"{name}: {by}")
        self._since_the_last_look(now)
        for (name, address), times in self._mail.taken.items():
            _holds(times <= 1 + self.again[name], "no letter goes out twice", f"{name} to {address}: {times} times")
        self._before = now

    def _arrived(self, name: str, address: str, state: str) -> None:
        taken = self._mail.taken[name, address] if (name, address) in self._mail.taken else 0
        if state == "sent":
            _holds(taken > 0, "what is sent has arrived", f"{name} to {address}")
        elif taken and not self.again[name]:
            known = state in ("sending", "uncertain", "withdrawn")
            _holds(known, "what has arrived is not sent again", f"{name} to {address} is {state}")

    def _since_the_last_look(self, now: dict[tuple[str, int], tuple[str, str]]) -> None:
        for (name, place), (address, state) in self._before.items():
            found = now.get((name, place))
            _holds(found is not None, "no letter and no recipient is lost", f"{name} to {address}")
            if found and state in _SETTLED and not self.again[name]:
                _holds(found == (address, state), "what is settled stays", f"{name} to {address}: {state}, {found[1]}")

    def at_rest(self, database: sqlite3.Connection) -> None:
        """Nothing is at work, and nothing is due: then no letter lies about that somebody ought to send."""
        for name, wait, state, address in database.execute(_LYING):
            lies = state == "queued" and wait in _LETTERS_LIE
            _holds(lies, "a letter that waits is sent", f"{name} to {address} is {state}, its visit waits for {wait}")


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


class Answers:
    """Every answer that was taken is kept, and none is changed."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Any, ...]] = {}

    def forget(self) -> None:
        """A copy was put back."""
        self._kept.clear()

    def look(self, database: sqlite3.Connection) -> None:
        """Against the last look."""
        rows = {
            row[0]: row
            for row in database.execute("SELECT id, visit_id, kind, version, content, by, given_at FROM answer")
        }
        for number, row in self._kept.items():
            _holds(rows.get(number) == row, "every answer is kept as it was given", f"{row[2]} {row[3]} of {row[5]}")
        versions: dict[tuple[int, str], list[int]] = defaultdict(list)
        for _number, visit_id, kind, version, *_ in rows.values():
            versions[visit_id, kind].append(version)
        for of, found in versions.items():
            _holds(
                sorted(found) == list(range(1, len(found) + 1)), "versions of an answer are counted", f"{of}: {found}"
            )
        self._kept = rows


class Record:
    """The record is one chain, of which nothing is taken out; what was confirmed to a person stands in it."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """A copy was put back."""
        self._last, self._hash = 0, "0" * 64

    def look(self, database: sqlite3.Connection) -> None:
        """Go on from where the last look ended, with a spelling of our own."""
        kept = (
            database.execute("SELECT hash FROM audit WHERE id = ?", (self._last,)).fetchone()
            if self._last
            else (self._hash,)
        )
        _holds(
            kept is not None and kept[0] == self._hash,
            "the chain of the record is whole",
            f"line {self._last} is another",
        )
        query = "SELECT id, at, who, what, visit_id, details, previous, hash, seals FROM audit WHERE id > ? ORDER BY id"
        for number, at, who, what, visit_id, details, previous, own, seals in database.execute(query, (self._last,)):
            _holds(
                previous == self._hash and number == self._last + 1,
                "the chain of the record is whole",
                f"line {number}",
            )
            moment = datetime.fromisoformat(at).replace(tzinfo=UTC).isoformat(timespec="microseconds")
            parts = [number, moment, who, what, visit_id, json.loads(details), *([json.loads(seals)] if seals else [])]
            said = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            _holds(
                own == hashlib.sha256(f"{previous}\n{said}".encode()).hexdigest(),
                "the chain of the record is whole",
                f"hash of line {number}",
            )
            self._last, self._hash = number, own
        last, end = database.execute("SELECT last, hash FROM audit_end").fetchone()
        _holds(
            (last, end) == (self._last, self._hash),
            "the chain of the record is whole",
            f"it ends at {last}, not {self._last}",
        )

    def has_line_since(self, database: sqlite3.Connection, line: int) -> bool:
        """Whether anything was recorded since that line."""
        return bool(database.execute("SELECT 1 FROM audit WHERE id > ?", (line,)).fetchone())

    @property
    def last(self) -> int:
        """The last line that was looked at."""
        return self._last


class Papers:
    """What leaves the office has a number of its own, and says what was decided."""

    def look(self, database: sqlite3.Connection) -> None:
        """Every issued document against the register and its own files."""
        used: Counter[tuple[Any, ...]] = Counter()
        for *series, state in database.execute("SELECT organ_code, type_code, term, number, state FROM number"):
            used[tuple(series)] += 1
            _holds(used[tuple(series)] == 1, "a number is given once", f"{series} {state}")
        query = (
            "SELECT d.id, d.kind, d.organ_code, d.type_code, d.term, d.number, d.body, d.content_hash, f.content"
            " FROM document d LEFT JOIN document_file f ON f.document_id = d.id AND f.form = 'pdf' WHERE d.state = 'issued'"
        )
        for number, kind, organ, type_code, term, given, body, own, file in database.execute(query):
            _holds(used[organ, type_code, term, given] == 1, "what is issued stands in the register", f"{kind} {given}")
            _holds(own == hashlib.sha256(body.encode()).hexdigest(), "an approval is of one text", f"document {number}")
            said = (file or b"").decode()
            _holds(f"{given:02d}-{type_code}/{organ}" in said, "a paper bears its number", f"{kind} {given}")

    def at_rest(self, database: sqlite3.Connection) -> None:
        """Whoever was told of chosen meetings was told of those that are chosen now, or is about to be."""
        for (visit_id,) in database.execute(
            "SELECT id FROM visit WHERE kind = 'visit' AND state = 'open' AND wait IN ('meeting_day', 'findings')"
        ):
            chosen, listed = _newest(database, visit_id, "choice"), _newest(database, visit_id, "nominations")
            body = database.execute(_NOTICE, (visit_id,)).fetchone()
            _holds(body is not None, "the host is told what was chosen", f"visit {visit_id}")
            for meeting in listed["meetings"]:
                if meeting["number"] in chosen["meetings"]:
                    named = meeting["organisation"] in body[0] and meeting["venue"] in body[0]
                    _holds(named, "papers say what the facts say", f"{meeting['organisation']}, {meeting['venue']}")


_NOTICE = (
    "SELECT body FROM document WHERE visit_id = ? AND kind = 'selection_notice' AND state = 'issued'"
    " ORDER BY revision DESC LIMIT 1"
)


def _newest(database: sqlite3.Connection, visit_id: int, kind: str) -> Any:
    query = "SELECT content FROM answer WHERE visit_id = ? AND kind = ? ORDER BY version DESC LIMIT 1"
    return json.loads(database.execute(query, (visit_id, kind)).fetchone()[0])


class Runs:
    """Every open row has a run that will run, or is shown as stopped; nothing that waits is overlooked."""

    def at_rest(
        self, database: sqlite3.Connection, now: datetime, states: dict[str, tuple[str, str]], shown: dict[str, str]
    ) -> None:
        """`states` are those of the runs in Prefect, by id; `shown` the name of each wait."""
        for key, flow_run, wait, until, wanted, seen, worker, trouble, again in database.execute(_UNDER_WAY):
            state = states.get(flow_run or "")
            told = f"{key} waits for {wait}, its run {flow_run} is {state}"
            _holds(state is not None, "every open row has a run", told)
            _holds(worker is None, "nobody is named who is not at work", f"{told}: {worker}")
            _holds(wait is not None, "an open row waits for something", told)
            if trouble:
                _holds(
                    state is not None and state[0] in ("FAILED", "CANCELLED", "CRASHED"),
                    "what stands still is shown",
                    told,
                )
                continue
            _holds(wanted <= seen and again is None, "no answer is slept through", f"{told}: {wanted} > {seen}")
            _holds(state == ("PAUSED", shown[wait]), "a run is parked as its row says", told)
            due = until is not None and datetime.fromisoformat(until).replace(tzinfo=UTC) <= now
            _holds(not due, "what is due is called", f"{told} until {until}")


class Asked:
    """Nobody is asked for what he has answered."""

    def at_rest(self, database: sqlite3.Connection) -> None:
        """What is waited for has not been given."""
        query = "SELECT id, wait FROM visit WHERE state = 'open' AND trouble IS NULL AND wait IS NOT NULL"
        for visit_id, wait in database.execute(query).fetchall():
            if wait in _ANSWERED_BY:
                given = database.execute("SELECT 1 FROM answer WHERE visit_id = ? AND kind = ?", (visit_id, _ANSWERED_BY[wait]))
                _holds(given.fetchone() is None, "nobody is asked for what he has answered", f"visit {visit_id}: {wait}")
            if wait in _ENDED_BY:
                kind, state = _ENDED_BY[wait]
                query = "SELECT state FROM document WHERE visit_id = ? AND kind = ? ORDER BY revision DESC LIMIT 1"
                found = database.execute(query, (visit_id, kind)).fetchone()
                _holds(found is None or found[0] != state, "nobody is asked for what he has done", f"visit {visit_id}: {wait}")


_ANSWERED_BY = {"nominations": "nominations", "nominations_overdue": "nominations", "choice": "choice", "proposals": "proposals"}
_ENDED_BY = {
    "request_issue": ("nomination_request", "issued"), "notice_issue": ("selection_notice", "issued"),
    "change_issue": ("selection_notice", "issued"), "result_issue": ("result_notice", "issued"),
    "result_approval": ("result_notice", "approved"), "report_approval": ("group_report", "approved"),
    "plan_issue": ("annual_plan", "issued"), "summary_issue": ("annual_report", "issued"),
    "summary_approval": ("annual_report", "approved"), "self_report_issue": ("year_end_request", "issued"),
}  # fmt: skip
_UNDER_WAY = (
    "SELECT kind || ' ' || month || ' ' || unit, flow_run_id, wait, waiting_until, wake_wanted, wake_seen, worker, trouble, rerun_by"
    " FROM visit WHERE state = 'open' OR (state = 'cancelled' AND closed_at IS NULL AND opened_at IS NOT NULL)"
)


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
            _holds(
                self.record.has_line_since(database, line), "what was confirmed is kept", f"nothing after line {line}"
            )


def _holds(so: bool, about: str, told: str) -> None:
    if not so:
        raise Fault(about, told)


def steps_are_done_once(database: sqlite3.Connection) -> None:
    """A step has one record, and none is done before those that come before it."""
    done: dict[int, list[int]] = defaultdict(list)
    for visit_id, step in database.execute("SELECT visit_id, step FROM step ORDER BY id"):
        done[visit_id].append(step)
    for visit_id, steps in done.items():
        _holds(
            steps == list(range(1, len(steps) + 1)),
            "every step is done once, in its order",
            f"visit {visit_id}: {steps}",
        )
