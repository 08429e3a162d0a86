"""The record of who did what, to which visit, and when (P7): a chain of lines, each sealed with a key.

A line holds the hash of the one before it, and a seal of its own hash that only the key makes. Whether it is still what
was written is asked in `database.record`. Decision 0027.
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database import clock
from database.models import AuditEndRow, AuditRow, VisitRow
from database.record.key import Key, known_key, own_key
from domain.problem import Problem, Refused

#: How the service itself is named in the record.
SYSTEM = "hệ thống"

#: What stands before the first line.
BEGINNING = "0" * 64

#: Where a transaction keeps what the record came to before its own first line.
_BEFORE = "record before"


def note(session: Session, who: str, what: str, visit_id: int | None = None, **details: Any) -> None:
    """Add one line; `details` are JSON values and never hold secrets.

    Writers take turns: SQLite has one at a time, elsewhere the row of the end is locked until the transaction is over.
    `Refused` where this process has another key than the one with which the record was sealed so far.
    """
    end = _end(session)
    _append(session, end, _key_after(end), who, what, visit_id, details)


def note_with_new_key(session: Session, who: str, what: str, **details: Any) -> None:
    """The same, whatever key the lines before were sealed with: from this line on it is the one of this process."""
    _append(session, _end(session), own_key(), who, what, None, details)


def seal(session: Session, seals: dict[str, str | None]) -> None:
    """Put the hashes of rows into the last line of this transaction, or into a new one if it has none.

    The line is not what other processes see yet: they wait for the end of the transaction.
    """
    end = _end(session)
    before = session.info.get(_BEFORE)
    if before is None or before[0] == end.last:
        _append(session, end, _key_after(end), SYSTEM, "niêm bản ghi", None, {}, seals)
        return
    row = session.get_one(AuditRow, end.last)
    row.seals = {**(row.seals or {}), **seals}
    _close(row, end, _key_after(end))


def last_at(session: Session) -> datetime | None:
    """When the newest line was written; None while there is none."""
    return session.scalar(select(AuditRow.at).order_by(AuditRow.id.desc()).limit(1))


def settled(session: Session) -> tuple[int, str]:
    """How many lines the record has and the hash of the last, without those that this transaction has added."""
    before: tuple[int, str] | None = session.info.get(_BEFORE)
    if before is not None:
        return before
    end = session.execute(select(AuditEndRow.last, AuditEndRow.hash)).one()
    return end.last, end.hash


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


def _end(session: Session) -> AuditEndRow:
    return session.scalars(select(AuditEndRow).with_for_update()).one()


def _append(
    session: Session, end: AuditEndRow, key: Key, who: str, what: str, visit_id: int | None, details: dict[str, Any],
    seals: dict[str, str | None] | None = None,
) -> None:  # fmt: skip
    session.info.setdefault(_BEFORE, (end.last, end.hash))
    row = AuditRow(
        id=end.last + 1, at=clock.now(session), who=who, what=what, visit_id=visit_id, details=details,
        previous=end.hash, seals=seals,
    )  # fmt: skip
    _close(row, end, key)
    session.add(row)


def _close(row: AuditRow, end: AuditEndRow, key: Key) -> None:
    """Give a line its hash and its seal, and let the record end with it."""
    row.hash = chained(row.previous, row.id, row.at, row.who, row.what, row.visit_id, row.details, row.seals)
    row.mac, row.sealed_by = key.mac(row.hash), key.mark
    end.last, end.hash, end.sealed_by = row.id, row.hash, key.mark


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
