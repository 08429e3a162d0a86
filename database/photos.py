"""Photos of a page or a room that go with a finding: part of the visit's file, under its mark of secrecy (A20, P3)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, defer, mapped_column

from database import clock
from database.models import Base


class PhotoRow(Base):
    """One photo as it is kept: drawn anew (`scans.picture`), so nothing of the camera or the telephone is in it."""

    __tablename__ = "photo"
    __table_args__ = (UniqueConstraint("visit_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    number: Mapped[int]  #: within the visit, given once
    item: Mapped[str] = mapped_column(String(16))  #: `R17`, empty for a photo of no item of the checklist
    note: Mapped[str]  #: what is to be seen
    by: Mapped[str]
    source: Mapped[str]
    kept_at: Mapped[datetime]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes | None]  #: PNG; None once it was taken out


def of_visit(session: Session, visit_id: int) -> Sequence[PhotoRow]:
    """The photos that a visit has, oldest first, without their pictures."""
    query = select(PhotoRow).where(PhotoRow.visit_id == visit_id, PhotoRow.content.is_not(None))
    return session.scalars(query.options(defer(PhotoRow.content)).order_by(PhotoRow.number)).all()


def find(session: Session, visit_id: int, number: int) -> PhotoRow | None:
    """That photo of the visit; None where there is none, or none any more."""
    query = select(PhotoRow).where(PhotoRow.visit_id == visit_id, PhotoRow.number == number)
    return session.scalars(query.where(PhotoRow.content.is_not(None))).first()


def add(
    session: Session, visit_id: int, content: bytes, sha256: str, *, item: str, note: str, by: str, source: str
) -> PhotoRow:
    """Keep one more; whoever calls has locked the visit."""
    last = session.scalar(select(func.max(PhotoRow.number)).where(PhotoRow.visit_id == visit_id)) or 0
    row = PhotoRow(
        visit_id=visit_id, number=last + 1, item=item, note=note, by=by, source=source,
        kept_at=clock.now(session), sha256=sha256, content=content,
    )  # fmt: skip
    session.add(row)
    return row
