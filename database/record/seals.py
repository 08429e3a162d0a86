"""The hashes of answers, documents and numbers in the record: a row changed behind the service's back is found (P7).

Whoever writes such rows in a transaction of the service has their hashes put into the record with it
(`database.engine.writing`): nothing needs to be remembered, and nothing can be forgotten.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, UOWTransaction

from database import audit
from database.models import (
    AnswerFileRow,
    AnswerRow,
    AuditEndRow,
    AuditRow,
    Base,
    DocumentFileRow,
    DocumentRow,
    NumberRow,
)  # fmt: skip

#: What is sealed of each kind of row. A column that is empty is left out, so that a new one changes no older seal;
#: whoever adds a column that matters adds it here.
SEALED: Mapping[str, tuple[type[Base], str]] = {
    "answer": (AnswerRow, "visit_id kind version answers content shape by source given_at"),
    "answer_file": (AnswerFileRow, "answer_id name content"),
    "document": (
        DocumentRow,
        "visit_id kind revision state content_hash body changes redrafted drafted_at approved_by approved_at "
        "organ_code type_code term number issued_on issued_by returned_by returned_at return_reason override_by "
        "override_reason on_paper secrecy urgency corrected",
    ),
    "document_file": (DocumentFileRow, "document_id form name content"),
    "number": (NumberRow, "organ_code type_code term number state by at reason document_id"),
}  # fmt: skip

_NAMES = {kind: name for name, (kind, _columns) in SEALED.items()}
_AT_ONCE = 200  # rows: files are among them
#: Where a transaction keeps which rows it has written.
_TOUCHED = "rows written"


def note_written(session: Session, _flush: UOWTransaction) -> None:
    """Remember which of these rows a flush writes or takes out; an event of the sessions that write."""
    touched: dict[tuple[str, int], bool] = session.info.setdefault(_TOUCHED, {})
    for rows, gone in ((session.new, False), (session.dirty, False), (session.deleted, True)):
        for row in rows:
            if name := _NAMES.get(type(row)):
                touched[name, getattr(row, "id")] = gone  # noqa: B009 - each of these kinds has one


def seal_written(session: Session) -> None:
    """Put the hashes of what this transaction has written into the record; the last thing before it is committed."""
    session.flush()
    touched: dict[tuple[str, int], bool] = session.info.pop(_TOUCHED, {})
    seals: dict[str, str | None] = {f"{name}:{number}": None for (name, number), gone in touched.items() if gone}
    for name in SEALED:
        numbers = [number for kind, number in touched if kind == name]
        seals |= {f"{name}:{number}": own for number, own, _row in rows_of(session, name, numbers)}
    if seals:
        audit.seal(session, seals)


def seal_what_is_there(session: Session) -> None:
    """Seal the rows of a database from before there was a key, once, in one line of the record.

    A record that has a seal anywhere is left alone: what is missing in it was taken out.
    """
    if not session.scalars(select(AuditEndRow.last)).one():
        return
    sealed = select(AuditRow.id).where(or_(AuditRow.mac.is_not(None), AuditRow.seals.is_not(None)))
    if session.scalars(sealed.limit(1)).first():
        return
    seals = {f"{name}:{number}": own for name in SEALED for number, own, _row in rows_of(session, name)}
    audit.note(session, audit.SYSTEM, "niêm nhật ký và bản ghi có từ trước", rows=len(seals))
    audit.seal(session, dict(seals))


def rows_of(
    session: Session, name: str, numbers: Collection[int] | None = None
) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Each row of that kind, or those of these ids: its id, its hash, and its columns by name."""
    kind, names = SEALED[name]
    table = kind.__table__
    query = select(table.c.id, *(table.c[column] for column in names.split())).order_by(table.c.id)
    for some in [None] if numbers is None else _portions(sorted(numbers)):
        portion = query if some is None else query.where(table.c.id.in_(some))
        for row in session.execute(portion.execution_options(yield_per=_AT_ONCE)).mappings():
            values = {column: row[column] for column in names.split()}
            yield row["id"], _hash(values), values


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]


def _hash(values: Mapping[str, Any]) -> str:
    said = {name: _spelt(value) for name, value in values.items() if value is not None}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _spelt(value: Any) -> Any:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
