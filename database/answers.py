"""People's answers as rows: versioned, never changed, first writer wins (design §4)."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database import clock, sought, stored
from database.models import AnswerFileRow, AnswerRow
from domain.answer_kind import AnswerKind
from domain.problem import Overtaken, Problem
from domain.text import printable


def latest(session: Session, visit_id: int, kind: str) -> AnswerRow | None:
    """The newest version of an answer, or None."""
    query = select(AnswerRow).where(AnswerRow.visit_id == visit_id, AnswerRow.kind == kind)
    return session.scalars(query.order_by(AnswerRow.version.desc())).first()


def versions(session: Session, visit_id: int) -> list[AnswerRow]:
    """Every answer of a visit, in the order in which they were given."""
    query = select(AnswerRow).where(AnswerRow.visit_id == visit_id)
    return list(session.scalars(query.order_by(AnswerRow.given_at, AnswerRow.id)))


#: Where a session counts the answers that were recorded in it.
_RECORDED = "answers recorded"


def recorded(session: Session) -> int:
    """How many answers this session has tried to record: what was read before the last may be no longer the newest."""
    count: int = session.info.get(_RECORDED, 0)
    return count


def record(
    session: Session,
    visit_id: int,
    kind: str,
    content: object,
    *,
    by: str,
    source: str,
    answers: int = 0,
    seen: int | None = None,
    after: AnswerRow | None = None,
) -> AnswerRow:
    """Store the next version of an answer; `content` is a value of the class of its kind (`database.stored`).

    `seen` is the version the writer had before his eyes (0: none yet); if another has come since, he is refused
    and told so. None means that the newest counts. `after` is the answer that this one was
    made from: what of it this version of the service does not know is carried on.
    """
    session.info[_RECORDED] = recorded(session) + 1
    query = select(func.coalesce(func.max(AnswerRow.version), 0))
    last = session.scalar(query.where(AnswerRow.visit_id == visit_id, AnswerRow.kind == kind)) or 0
    if seen is not None and seen != last:
        raise Overtaken(_taken(session, visit_id, kind))
    row = AnswerRow(
        visit_id=visit_id, kind=kind, version=last + 1, answers=answers,
        content=_printable(stored.written(kind, content, after)), shape=stored.ANSWERS[AnswerKind(kind)].shape,
        by=by, source=source, given_at=clock.now(session),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise Overtaken(_taken(session, visit_id, kind)) from None
    sought.keep_names(session, row)
    return row


def _printable(data: Any) -> Any:
    """Whatever way it came in by: one control mark would make the year's tables and papers impossible for good."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, list):
        return [_printable(item) for item in data]
    if isinstance(data, dict):
        return {name: _printable(item) for name, item in data.items()}
    return data


def keep_file(session: Session, answer: AnswerRow, name: str, content: bytes) -> None:
    """Keep the file that came with an answer."""
    digest = hashlib.sha256(content).hexdigest()
    session.add(AnswerFileRow(answer_id=answer.id, name=name, sha256=digest, content=content))
    session.flush()


def files_of(session: Session, answer_id: int) -> Sequence[AnswerFileRow]:
    """The files that came with an answer."""
    return session.scalars(select(AnswerFileRow).where(AnswerFileRow.answer_id == answer_id)).all()


def _taken(session: Session, visit_id: int, kind: str) -> Problem:
    first = latest(session, visit_id, kind)
    who = f"{first.by} đã trả lời lúc {first.given_at:%H:%M %d/%m/%Y}" if first else "người khác vừa trả lời"
    return Problem(kind, who, "xem lại rồi quyết định")
