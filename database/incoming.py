"""The office's inbox as rows: each message whole, once, before anything is done about it (R62, P26)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, defer, mapped_column

from database import clock, service_notes
from database.models import Base, ServiceNoteRow
from domain.incoming import MailState, MatchedBy


class IncomingRow(Base):
    """One message as it came, what was read in it, and what was done about it."""

    __tablename__ = "incoming"
    __table_args__ = (
        UniqueConstraint("key", "copy"),
        Index("ix_incoming_visit_id_kind", "visit_id", "kind"),
        Index("ix_incoming_letter_id", "letter_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))  #: SHA-256 of the Message-ID; of the whole where it has none
    #: 0; more for another text under a Message-ID that was there before, which no rule may act upon
    copy: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64))  #: of the body: the same message that is delivered twice has one
    received_at: Mapped[datetime]  #: when it came to the office's mail server (INTERNALDATE)
    stored_at: Mapped[datetime]
    size: Mapped[int]  #: bytes, of the whole message
    raw: Mapped[bytes | None]  #: None where it is secret and stays in the inbox, or too large to keep
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default="new", index=True)
    sender: Mapped[str]
    subject: Mapped[str]
    trust: Mapped[str] = mapped_column(String(16), default="unknown")
    reading: Mapped[dict[str, Any]]  #: `domain.incoming.MailReading` as JSON
    shape: Mapped[int] = mapped_column(default=1)
    matched_by: Mapped[str] = mapped_column(String(16), default="")
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))  #: the letter it answers or reports about
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    outcome: Mapped[str] = mapped_column(default="")  #: what was done, or why a person must look, in Vietnamese
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]


def find(session: Session, incoming_id: int, *, lock: bool = False) -> IncomingRow | None:
    """That message; with `lock`, for nobody else to change until the transaction ends."""
    return session.get(IncomingRow, incoming_id, with_for_update={"key_share": True} if lock else None)


def with_key(session: Session, key: str) -> Sequence[IncomingRow]:
    """All messages under that Message-ID, the first one first."""
    query = select(IncomingRow).where(IncomingRow.key == key).order_by(IncomingRow.copy)
    return session.scalars(query.options(defer(IncomingRow.raw))).all()


#: The note of how far the inbox was read.
_PLACE = "inbox place"


@dataclass(frozen=True)
class Place:
    """How far one folder of the inbox was read."""

    folder: str  #: by which account and folder are known
    validity: int  #: its UIDVALIDITY; 0 where its server does not say
    uid: int  #: the number of the last message that is a row

    def same_folder(self, other: "Place") -> bool:
        """Whether the same number means the same message there."""
        return self.validity > 0 and (self.folder, self.validity) == (other.folder, other.validity)


def place(session: Session) -> Place:
    """Where the next round begins."""
    row = session.get(ServiceNoteRow, _PLACE)
    folder, validity, uid = row.text.split() if row else ("", "0", "0")
    return Place(folder, int(validity), int(uid))


def keep_place(session: Session, at: Place) -> None:
    """Write it in the transaction that keeps the message."""
    service_notes.note(session, _PLACE, f"{at.folder} {at.validity} {at.uid}")


def counts(session: Session) -> Mapping[tuple[str, str], int]:
    """How many messages there are of each kind in each state."""
    query = select(IncomingRow.kind, IncomingRow.state, func.count()).group_by(IncomingRow.kind, IncomingRow.state)
    return {(kind, state): count for kind, state, count in session.execute(query)}


def newest(session: Session, limit: int, state: str = "") -> Sequence[IncomingRow]:
    """The newest messages, of all states or of one, without their bytes."""
    query = select(IncomingRow).options(defer(IncomingRow.raw)).order_by(IncomingRow.id.desc()).limit(limit)
    return session.scalars(query.where(IncomingRow.state == state) if state else query).all()


def new_ids(session: Session) -> Sequence[int]:
    """What is a row and was not acted upon yet, oldest first."""
    return session.scalars(
        select(IncomingRow.id).where(IncomingRow.state == MailState.NEW).order_by(IncomingRow.id)
    ).all()


def of_visit(session: Session, visit_id: int, *kinds: str) -> Sequence[IncomingRow]:
    """What came about a visit, the newest first, of all kinds or of some."""
    query = select(IncomingRow).where(IncomingRow.visit_id == visit_id).options(defer(IncomingRow.raw))
    return session.scalars(
        (query.where(IncomingRow.kind.in_(kinds)) if kinds else query).order_by(IncomingRow.id.desc())
    ).all()


def of_letter(session: Session, letter_id: int) -> Sequence[IncomingRow]:
    """What came about one letter, the oldest first."""
    query = select(IncomingRow).where(IncomingRow.letter_id == letter_id).options(defer(IncomingRow.raw))
    return session.scalars(query.order_by(IncomingRow.id)).all()


def open_count(session: Session) -> int:
    """How many messages wait for a person."""
    return session.scalar(select(func.count()).where(IncomingRow.state == MailState.OPEN)) or 0


def assign(row: IncomingRow, visit_id: int | None, letter_id: int | None, matched_by: MatchedBy) -> None:
    """Say which letter and visit it is about; whoever calls has locked it."""
    row.visit_id, row.letter_id, row.matched_by = visit_id, letter_id, matched_by


def settle(session: Session, row: IncomingRow, state: MailState, outcome: str, by: str) -> None:
    """Say what was done about it, or why a person must look; whoever calls has locked it."""
    row.state, row.outcome = state, outcome
    row.settled_at, row.settled_by = (None, None) if state == MailState.OPEN else (clock.now(session), by)
