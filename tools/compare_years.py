"""Holds two rehearsals of a year against each other: every letter, every record. `python -m tools.compare_years A B`.

What must differ is left out: keys and passwords are made anew, ids follow the order in which runs came to their turn,
and the computer's own times are not the year's.
"""

import email
import email.policy
import hashlib
import io
import json
import re
import sqlite3
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

_LINK = re.compile(r"/tra-loi/[\w.\-~=]+")
#: Headers that the computer's clock or the way of the letter makes.
_NOT_OURS = ("content-type", "date", "received", "x-visits-record")
#: Columns that differ between any two rehearsals, by table; `*` is every table.
_NOISE = {
    "*": ("id", "visit_id", "letter_id", "document_id", "answer_id", "reminder_id", "flow_run_id", "worker_seen_at"),
    "account": ("password",),
    "audit": ("hash", "previous", "seals", "mac", "sealed_by"),
    "audit_end": ("hash", "sealed_by"),
    "calendar": ("loaded_at",),
    "calendar_link": ("key_hash",),
    "due_date": ("noted_at",),
    "letter": ("reply", "raw"),  # the mail itself is compared whole
    "letter_recipient": ("reply",),
    "link": ("key",),
    "service_note": ("at", "text"),
    "worker": ("host", "machine", "pid", "started", "begun_at", "clock", "renewed", "until", "uses"),
}


def letters(home: Path) -> Counter[tuple[object, ...]]:
    """Every letter that arrived, without the keys in its links."""
    return Counter(_letter(path) for path in (home / "mailbox").glob("*.eml"))


def _letter(path: Path) -> tuple[object, ...]:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    headers = tuple(sorted((name, str(value)) for name, value in message.items() if name.lower() not in _NOT_OURS))
    parts = [part for part in message.walk() if not part.is_multipart()]
    return headers, tuple((part.get_content_type(), part.get_filename(), _content(part)) for part in parts)


def _content(part: Any) -> str:
    data: bytes = part.get_payload(decode=True) or b""
    if part.get_content_maintype() == "text":
        return _LINK.sub("/tra-loi/…", data.decode())
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return hashlib.sha256(data).hexdigest()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return " ".join(f"{name} {hashlib.sha256(packed.read(name)).hexdigest()}" for name in sorted(packed.namelist()))


def records(home: Path, columns: Mapping[str, Sequence[str]]) -> dict[str, Counter[tuple[object, ...]]]:
    """Every row of every table, in these columns."""
    with sqlite3.connect(home / "visits.db") as database:
        return {table: Counter(_rows(database, table, names)) for table, names in columns.items()}


def _rows(database: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[tuple[object, ...]]:
    wanted = ", ".join(f"[{name}]" for name in columns)
    yield from database.execute(f"SELECT {wanted} FROM {table}")


def common_columns(*homes: Path) -> dict[str, list[str]]:
    """By table, the columns that all of them have, without what differs between any two rehearsals."""
    found = [_columns(home) for home in homes]
    known = {
        table: [name for name in names if all(name in one.get(table, ()) for one in found)]
        for table, names in found[0].items()
    }
    noise = {table: {*_NOISE["*"], *_NOISE.get(table, ())} for table in known}
    kept = {table: [name for name in names if name not in noise[table]] for table, names in known.items()}
    return {table: names for table, names in kept.items() if names and not table.startswith(("sqlite_", "alembic"))}


def _columns(home: Path) -> dict[str, list[str]]:
    with sqlite3.connect(home / "visits.db") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")] for table in tables}


def compare(before: Path, after: Path) -> dict[str, Any]:
    """How many letters and rows each has, how many are the same, and the first that are not."""
    first, second = letters(before), letters(after)
    told: dict[str, Any] = {"letters": _held(first, second)}
    columns = common_columns(before, after)
    rows, others = records(before, columns), records(after, columns)
    told["tables"] = {name: _held(rows[name], others[name]) for name in columns}
    return told


def _held(first: Counter[tuple[object, ...]], second: Counter[tuple[object, ...]]) -> dict[str, Any]:
    told: dict[str, Any] = {"before": first.total(), "after": second.total(), "same": (first & second).total()}
    if first != second:
        told["only_before"], told["only_after"] = (
            [repr(one)[:400] for one in (a - b)][:5] for a, b in ((first, second), (second, first))
        )
    return told


if __name__ == "__main__":
    found = compare(Path(sys.argv[1]), Path(sys.argv[2]))
    print(json.dumps(found, ensure_ascii=False, indent=2))
    differs = any("only_before" in one for one in (found["letters"], *found["tables"].values()))
    sys.exit(1 if differs else 0)
