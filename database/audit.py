"""The record of who did what, to which visit, and when (P7): a chain, so that a changed or missing line is found."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database import clock
from database.models import AuditEndRow, AuditRow
from domain.problem import Problem

#: How the service itself is named in the record.
SYSTEM = "hệ thống"

#: What stands before the first line.
BEGINNING = "0" * 64

_REMEDY = "so với bản sao lưu gần nhất, báo người phụ trách"


def note(session: Session, who: str, what: str, visit_id: int | None = None, **details: Any) -> None:
    """Add one line; `details` are JSON values and never hold secrets.

    Writers take turns: SQLite has one at a time, elsewhere the row of the end is locked until the transaction is over.
    """
    end = session.scalars(select(AuditEndRow).with_for_update()).one()
    row = AuditRow(
        id=end.last + 1, at=clock.now(session), who=who, what=what, visit_id=visit_id, details=details,
        previous=end.hash,
    )  # fmt: skip
    row.hash = chained(row.previous, row.id, row.at, who, what, visit_id, details)
    session.add(row)
    end.last, end.hash = row.id, row.hash


def count_lately(session: Session, visit_id: int, what: str, hours: int) -> int:
    """How often that was noted of a visit within so many hours."""
    lately = AuditRow.at > clock.now(session) - timedelta(hours=hours)
    query = select(func.count()).select_from(AuditRow)
    return session.scalar(query.where(AuditRow.visit_id == visit_id, AuditRow.what == what, lately)) or 0


def chained(
    previous: str, number: int, at: datetime, who: str, what: str, visit_id: int | None, details: dict[str, Any]
) -> str:
    """The hash of a line: of the hash before it, and of everything it says in one fixed spelling.

    The migration that chained the first lines spells them in the same way; neither may be changed alone.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    said = json.dumps(
        [number, moment, who, what, visit_id, details], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(f"{previous}\n{said}".encode()).hexdigest()


def faults(session: Session) -> Iterator[Problem]:
    """Every place at which the record is not what was written: a changed, missing or inserted line."""
    end = session.scalars(select(AuditEndRow)).one_or_none()
    last_number, last_hash = 0, BEGINNING
    # Single columns: a hundred thousand lines as objects would take seconds.
    columns = (
        AuditRow.id, AuditRow.at, AuditRow.who, AuditRow.what, AuditRow.visit_id, AuditRow.details, AuditRow.previous,
        AuditRow.hash,
    )  # fmt: skip
    for number, at, who, what, visit_id, details, previous, own in session.execute(
        select(*columns).order_by(AuditRow.id)
    ):
        if chained(previous, number, at, who, what, visit_id, details) != own:
            yield Problem(f"nhật ký, dòng {number}", "đã bị sửa hoặc được chèn thêm", _REMEDY)
        elif previous != last_hash:
            yield Problem(f"nhật ký, dòng {number}", _break(last_number, number), _REMEDY)
        last_number, last_hash = number, own
    if end is None or (end.last, end.hash) != (last_number, last_hash):
        yield Problem("nhật ký, cuối sổ", _wrong_end(end.last if end else 0, last_number), _REMEDY)


def _break(before: int, number: int) -> str:
    if number - before > 1:
        missing = f"dòng {before + 1}" if number - before == 2 else f"các dòng từ {before + 1} đến {number - 1}"
        return f"mất {missing} ở trước nó"
    return f"không nối với dòng {before}: dòng {before} đã bị thay"


def _wrong_end(expected: int, found: int) -> str:
    if found < expected:
        return f"sổ phải hết ở dòng {expected}, nay hết ở dòng {found}: các dòng cuối đã mất"
    if found > expected:
        return f"sổ phải hết ở dòng {expected}, nay có đến dòng {found}: có dòng được chèn thêm"
    return f"dòng cuối ({found}) không phải dòng đã ghi"
