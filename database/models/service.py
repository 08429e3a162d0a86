"""The clock, what the service says of itself, and the record of who did what."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from database.models.base import Base

#: The lines that say of one address that it gave a letter back: by these very words a query finds their index.
GIVEN_BACK = "what = 'thư bị trả lại'"


class ClockRow(Base):
    """The one clock. `rehearsal_now` is empty when the clock is real (design §6)."""

    __tablename__ = "clock"
    id: Mapped[int] = mapped_column(primary_key=True)
    rehearsal_now: Mapped[datetime | None]


class ServiceNoteRow(Base):
    """The newest word of the service about itself under each name (`database.service_notes`)."""

    __tablename__ = "service_note"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]  #: on the machine's own clock
    text: Mapped[str] = mapped_column(default="")


class AuditRow(Base):
    """Who did what, in order; lines are only ever added, each chained to the one before it (P7, `database.audit`)."""

    __tablename__ = "audit"
    # Of a few lines alone: what was done may be longer than a key of an index can be on PostgreSQL.
    __table_args__ = (
        Index("ix_audit_given_back", "at", sqlite_where=text(GIVEN_BACK), postgresql_where=text(GIVEN_BACK)),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str]
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    details: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))  #: the hash of the line before
    hash: Mapped[str] = mapped_column(String(64))  #: of `previous` and of what this line says
    #: the hashes of the rows that were written with it (`database.record.seals`), part of what the line says
    seals: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    mac: Mapped[str | None] = mapped_column(String(64))  #: of `hash`, made with a key; None before there was one
    sealed_by: Mapped[str | None] = mapped_column(String(16))  #: by which that key is known again


class AuditEndRow(Base):
    """Where the record ends. Its one row is what writers queue for, and what shows that the last lines are gone."""

    __tablename__ = "audit_end"
    id: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]  #: the number of the last line; 0 when there is none
    hash: Mapped[str] = mapped_column(String(64))
    sealed_by: Mapped[str | None] = mapped_column(String(16))  #: the key of the last line
