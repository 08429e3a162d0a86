"""The record of who did what, to which visit, and when (P7): a chain of lines, each sealed with a key.

A line holds the hash of the one before it, and a seal of its own hash that only the key makes. Whether it is still what
was written is asked in `database.record`. Decision 0027.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, SessionTransaction

from database import clock
from database.models import AuditEndRow, AuditRow, VisitRow
from database.record.key import Key, known_key, own_key
from domain.problem import Problem, Refused

#: How the service itself is named in the record.
SYSTEM = "hệ thống"

#: What stands before the first line.
BEGINNING = "0" * 64

#: Where a transaction keeps the lines it will write, the seals for the last of them, whether a new key seals them …
_LINES, _SEALS, _NEW_KEY = "lines of the record", "seals of the record", "new key of the record"
#: … and how many lines there were at each savepoint.
_AT_SAVEPOINT = "lines at savepoint"


@dataclass(frozen=True)
class _Line:
    """One line that is still to be written."""

    who: str
    what: str
    visit_id: int | None
    details: dict[str, Any]


def note(session: Session, who: str, what: str, visit_id: int | None = None, **details: Any) -> None:
    """Add one line; `details` are JSON values and never hold secrets.

    It is written when the transaction ends (`write_down`): all writers queue for the end of the record, so it is the
    last lock that any of them takes (decision 0039).
    """
    session.info.setdefault(_LINES, []).append(_Line(who, what, visit_id, details))


def note_with_new_key(session: Session, who: str, what: str, **details: Any) -> None:
    """The same, whatever key the lines before were sealed with: from now on it is the one of this process."""
    note(session, who, what, **details)
    session.info[_NEW_KEY] = True


def seal(session: Session, seals: Mapping[str, str | None]) -> None:
    """Put the hashes of rows into the last line of this transaction, or into a new one if it has none."""
    session.info.setdefault(_SEALS, {}).update(seals)


def write_down(session: Session) -> None:
    """Write what was noted at the end of the record; the last thing before a transaction is committed.

    Writers take turns: SQLite has one at a time, elsewhere the row of the end is locked until the transaction is over.
    `Refused` where this process has another key than the one with which the record was sealed so far.
    """
    lines: list[_Line] = session.info.pop(_LINES, [])
    seals: dict[str, str | None] | None = session.info.pop(_SEALS, None)
    new_key = session.info.pop(_NEW_KEY, False)
    if seals and not lines:
        lines = [_Line(SYSTEM, "niêm bản ghi", None, {})]
    if not lines:
        return
    end = session.scalars(select(AuditEndRow).with_for_update().execution_options(populate_existing=True)).one()
    key, now = own_key() if new_key else _key_after(end), clock.now(session)
    for number, line in enumerate(lines, start=1):
        _append(session, end, key, now, line, seals if number == len(lines) else None)
    session.flush()


def count_at_savepoint(session: Session, transaction: SessionTransaction) -> None:
    """Remember where a part of a transaction begins that may be undone by itself; an event of sessions that write."""
    if transaction.nested:
        session.info.setdefault(_AT_SAVEPOINT, {})[transaction] = len(session.info.get(_LINES, ()))


def forget_undone(session: Session, transaction: SessionTransaction) -> None:
    """Of a part that is undone nothing is written down; an event like the one before."""
    if transaction.nested:
        del session.info.get(_LINES, [])[session.info[_AT_SAVEPOINT].pop(transaction) :]


def last_at(session: Session) -> datetime | None:
    """When the newest line was written; None while there is none."""
    return session.scalar(select(AuditRow.at).order_by(AuditRow.id.desc()).limit(1))


def settled(session: Session) -> tuple[int, str]:
    """How many lines the record has and the hash of the last, without those that this transaction will add."""
    end = session.execute(select(AuditEndRow.last, AuditEndRow.hash)).one()
    return end.last, end.hash


def lines_of_letter(session: Session, visit_id: int, letter_id: int, *what: str) -> Sequence[AuditRow]:
    """What the record says of one letter in those words, oldest first; not yet what this transaction will add."""
    query = select(AuditRow).where(AuditRow.visit_id == visit_id, AuditRow.what.in_(what)).order_by(AuditRow.id)
    return [row for row in session.scalars(query) if row.details.get("letter") == letter_id]


def count_lately(session: Session, visit_id: int, what: str, hours: int) -> int:
    """How often that was noted of a visit within so many hours."""
    lately = AuditRow.at > clock.now(session) - timedelta(hours=hours)
    query = select(func.count()).select_from(AuditRow)
    return session.scalar(query.where(AuditRow.visit_id == visit_id, AuditRow.what == what, lately)) or 0


def last_by_people(session: Session, year: int) -> datetime | None:
    """When a person did anything about that year's visits and other obligations last; None if nobody ever did."""
    query = select(func.max(AuditRow.at)).join(VisitRow, VisitRow.id == AuditRow.visit_id)
    return session.scalar(query.where(VisitRow.year == year, AuditRow.who != SYSTEM))


def chained(
    previous: str, number: int, at: datetime, who: str, what: str, visit_id: int | None, details: dict[str, Any],
    seals: dict[str, Any] | None = None,
) -> str:  # fmt: skip
    """The hash of a line: of the hash before it, and of everything it says in one fixed spelling.

    The migration that chained the first lines spells them in the same way; neither may be changed alone. A line without
    seals is spelt as lines were before there were any.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [number, moment, who, what, visit_id, details, *([] if seals is None else [seals])]
    said = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{said}".encode()).hexdigest()


def _append(
    session: Session, end: AuditEndRow, key: Key, now: datetime, line: _Line, seals: dict[str, str | None] | None
) -> None:
    """Give a line its hash and its seal, and let the record end with it."""
    row = AuditRow(
        id=end.last + 1, at=now, who=line.who, what=line.what, visit_id=line.visit_id, details=line.details,
        previous=end.hash, seals=seals or None,
    )  # fmt: skip
    row.hash = chained(row.previous, row.id, row.at, row.who, row.what, row.visit_id, row.details, row.seals)
    row.mac, row.sealed_by = key.mac(row.hash), key.mark
    end.last, end.hash, end.sealed_by = row.id, row.hash, key.mark
    session.add(row)


def _key_after(end: AuditEndRow) -> Key:
    """The key for the next line. It is made only where no line was ever sealed: else it is somewhere, and not here."""
    if end.sealed_by is None:
        return own_key()
    key = known_key()
    if key is None or key.mark != end.sealed_by:
        fault = "không thấy khóa" if key is None else "khóa của tiến trình này không phải khóa"
        remedy = "cho lệnh này dùng đúng khóa của dịch vụ (VISITS_SECRET_RECORD_FILE); nếu khóa đã mất: visits up"
        raise Refused(Problem("nhật ký", f"{fault} đã niêm các dòng trước", remedy))
    return key
