"""Links by which somebody outside answers without an account: one visit, one purpose, one recipient (R62, R14)."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from database import clock
from database.models import Base


class LinkRow(Base):
    """One link. It is known by a random key, so that a restored database never revives the link of another unit."""

    __tablename__ = "link"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    purpose: Mapped[str]  #: `nominations`, `findings`, `scores`, `self_report`, `remedies`
    recipient: Mapped[str]  #: `host`, `inspector:1`, as in the letters
    name: Mapped[str]  #: as whom the recipient answers
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
    uses: Mapped[int] = mapped_column(default=0)  #: how many answers came by it; looking counts nothing
    last_used_at: Mapped[datetime | None]

    def state_at(self, now: datetime) -> str:
        """`live`, `revoked` or `expired` at that moment."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if now > self.expires_at else "live"


def find(session: Session, key: str) -> LinkRow | None:
    """The link with that key."""
    return session.scalars(select(LinkRow).where(LinkRow.key == key)).first()


def of_visit(session: Session, visit_id: int) -> Sequence[LinkRow]:
    """All links of a visit, the newest first."""
    return session.scalars(select(LinkRow).where(LinkRow.visit_id == visit_id).order_by(LinkRow.id.desc())).all()


def latest(session: Session, visit_id: int, purpose: str, recipient: str) -> LinkRow | None:
    """The newest link of that recipient for that purpose, whatever has become of it."""
    query = select(LinkRow).where(
        LinkRow.visit_id == visit_id, LinkRow.purpose == purpose, LinkRow.recipient == recipient
    )
    return session.scalars(query.order_by(LinkRow.id.desc())).first()


def make(
    session: Session, visit_id: int, purpose: str, recipient: str, name: str, *, expires_at: datetime, by: str
) -> LinkRow:
    """A new link; those the recipient had before for the same purpose are revoked, so that one alone lives."""
    _revoke(session, by, LinkRow.visit_id == visit_id, LinkRow.purpose == purpose, LinkRow.recipient == recipient)
    row = LinkRow(
        key=secrets.token_urlsafe(12), visit_id=visit_id, purpose=purpose, recipient=recipient, name=name,
        made_at=clock.now(session), made_by=by, expires_at=expires_at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def revoke(session: Session, link_id: int, by: str) -> None:
    """Take a link back; who opens it is told that it holds no longer."""
    _revoke(session, by, LinkRow.id == link_id)


def note_use(session: Session, link_id: int) -> None:
    """Count an answer that came by the link."""
    session.execute(
        update(LinkRow).where(LinkRow.id == link_id).values(uses=LinkRow.uses + 1, last_used_at=clock.now(session))
    )


def _revoke(session: Session, by: str, *which: object) -> None:
    values = {"revoked_at": clock.now(session), "revoked_by": by}
    session.execute(update(LinkRow).where(LinkRow.revoked_at.is_(None), *which).values(values))  # type: ignore[arg-type]  # each is a condition
