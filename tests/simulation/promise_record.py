"""Every answer kept, the record one chain, every paper with its number and true: read off the tables themselves."""

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import Any

from tests.simulation.world import holds


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
            holds(rows.get(number) == row, "every answer is kept as it was given", f"{row[2]} {row[3]} of {row[5]}")
        versions: dict[tuple[int, str], list[int]] = defaultdict(list)
        for _number, visit_id, kind, version, *_ in rows.values():
            versions[visit_id, kind].append(version)
        for of, found in versions.items():
            holds(
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
        holds(
            kept is not None and kept[0] == self._hash,
            "the chain of the record is whole",
            f"line {self._last} is another",
        )
        query = "SELECT id, at, who, what, visit_id, details, previous, hash, seals FROM audit WHERE id > ? ORDER BY id"
        for number, at, who, what, visit_id, details, previous, own, seals in database.execute(query, (self._last,)):
            holds(
                previous == self._hash and number == self._last + 1,
                "the chain of the record is whole",
                f"line {number}",
            )
            moment = datetime.fromisoformat(at).replace(tzinfo=UTC).isoformat(timespec="microseconds")
            parts = [number, moment, who, what, visit_id, json.loads(details), *([json.loads(seals)] if seals else [])]
            said = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            holds(
                own == hashlib.sha256(f"{previous}\n{said}".encode()).hexdigest(),
                "the chain of the record is whole",
                f"hash of line {number}",
            )
            self._last, self._hash = number, own
        last, end = database.execute("SELECT last, hash FROM audit_end").fetchone()
        holds(
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
            holds(used[tuple(series)] == 1, "a number is given once", f"{series} {state}")
        query = (
            "SELECT d.id, d.kind, d.organ_code, d.type_code, d.term, d.number, d.body, d.content_hash, f.content"
            " FROM document d LEFT JOIN document_file f ON f.document_id = d.id AND f.form = 'pdf'"
            " WHERE d.state = 'issued'"
        )
        for number, kind, organ, type_code, term, given, body, own, file in database.execute(query):
            holds(used[organ, type_code, term, given] == 1, "what is issued stands in the register", f"{kind} {given}")
            holds(own == hashlib.sha256(body.encode()).hexdigest(), "an approval is of one text", f"document {number}")
            said = (file or b"").decode()
            holds(f"{given:02d}-{type_code}/{organ}" in said, "a paper bears its number", f"{kind} {given}")

    def at_rest(self, database: sqlite3.Connection) -> None:
        """Whoever was told of chosen meetings was told of those that are chosen now, or is about to be."""
        for (visit_id,) in database.execute(
            "SELECT id FROM visit WHERE kind = 'visit' AND state = 'open' AND wait IN ('meeting_day', 'findings')"
        ):
            chosen, listed = _newest(database, visit_id, "choice"), _newest(database, visit_id, "nominations")
            body = database.execute(_NOTICE, (visit_id,)).fetchone()
            holds(body is not None, "the host is told what was chosen", f"visit {visit_id}")
            for meeting in listed["meetings"]:
                if meeting["number"] in chosen["meetings"]:
                    named = meeting["organisation"] in body[0] and meeting["venue"] in body[0]
                    holds(named, "papers say what the facts say", f"{meeting['organisation']}, {meeting['venue']}")


_NOTICE = (
    "SELECT body FROM document WHERE visit_id = ? AND kind = 'selection_notice' AND state = 'issued'"
    " ORDER BY revision DESC LIMIT 1"
)


def _newest(database: sqlite3.Connection, visit_id: int, kind: str) -> Any:
    query = "SELECT content FROM answer WHERE visit_id = ? AND kind = ? ORDER BY version DESC LIMIT 1"
    return json.loads(database.execute(query, (visit_id, kind)).fetchone()[0])
