"""What somebody is still writing, field by field, and files between preview and confirmation; neither is an answer."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database import clock
from database.models import Base

#: An uploaded file that nobody has confirmed is thrown away after so long.
KEPT = timedelta(days=2)


class DraftRow(Base):
    """One form that somebody is filling in. Its `turn` is one more than the answers given from drafts before it."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("visit_id", "owner", "turn"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    owner: Mapped[str]  #: `person:3`, `link:12`
    turn: Mapped[int]
    fields: Mapped[dict[str, Any]]  #: field -> [what was typed, when on the typist's clock, in milliseconds]
    saved_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class UploadRow(Base):
    """The bytes of a file whose preview somebody is looking at."""

    __tablename__ = "upload"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))  #: None where a form is about no visit
    owner: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes]
    kept_at: Mapped[datetime]


def turn_of(session: Session, visit_id: int, owner: str) -> int:
    """The turn of the form that is open: 1, or one more than the last that was answered."""
    query = select(func.max(DraftRow.turn)).where(DraftRow.visit_id == visit_id, DraftRow.owner == owner)
    return (session.scalar(query.where(DraftRow.answered_at.is_not(None))) or 0) + 1


def find(session: Session, visit_id: int, owner: str, turn: int) -> DraftRow | None:
    """That draft, or None if nothing of it was saved yet."""
    query = select(DraftRow).where(DraftRow.visit_id == visit_id, DraftRow.owner == owner, DraftRow.turn == turn)
    return session.scalars(query).first()


def keep(session: Session, visit_id: int, owner: str, turn: int, fields: dict[str, Any]) -> DraftRow:
    """Store the fields of a draft as they are now."""
    row = find(session, visit_id, owner, turn)
    if row is None:
        row = DraftRow(visit_id=visit_id, owner=owner, turn=turn, fields=fields, saved_at=clock.now(session))
        session.add(row)
    else:
        row.fields, row.saved_at = fields, clock.now(session)
    session.flush()
    return row


def close(session: Session, visit_id: int, owner: str, turn: int) -> None:
    """The draft has become an answer: the next form that is opened is a new turn."""
    row = find(session, visit_id, owner, turn) or keep(session, visit_id, owner, turn, {})
    row.answered_at = clock.now(session)
    session.flush()


def keep_upload(session: Session, visit_id: int, owner: str, name: str, content: bytes) -> str:
    """Keep a file until its preview is confirmed; returns the key that asks for it."""
    now = clock.now(session)
    session.execute(delete(UploadRow).where(UploadRow.kept_at < now - KEPT))
    # One at a time for each person and visit: what is looked at is what was sent last.
    session.execute(delete(UploadRow).where(UploadRow.visit_id == visit_id, UploadRow.owner == owner))
    key = secrets.token_urlsafe(16)
    session.add(UploadRow(key=key, visit_id=visit_id, owner=owner, name=name, content=content, kept_at=now))
    return key


def upload(session: Session, key: str, visit_id: int, owner: str) -> UploadRow | None:
    """The kept file, for the very person and visit it was kept for."""
    query = select(UploadRow).where(UploadRow.key == key, UploadRow.visit_id == visit_id, UploadRow.owner == owner)
    return session.scalars(query).first()


def drop_upload(session: Session, key: str) -> None:
    """The file has become an answer, or nobody wants it."""
    session.execute(delete(UploadRow).where(UploadRow.key == key))
