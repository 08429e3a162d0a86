"""Links by which people of the office read the year's dates in a calendar of their own: only a hash of each is kept."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from database import clock
from database.accounts import AccountRow, hashed
from database.models import Base


class CalendarLinkRow(Base):
    """One link. Whoever has its key reads the calendar of that account; the key itself is nowhere in the database."""

    __tablename__ = "calendar_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]


def live(session: Session, account_id: int) -> CalendarLinkRow | None:
    """The link of that person that holds, None where there is none."""
    query = select(CalendarLinkRow).where(CalendarLinkRow.account_id == account_id)
    return session.scalars(query.where(CalendarLinkRow.revoked_at.is_(None))).first()


def owner(session: Session, key: str) -> AccountRow | None:
    """Whose calendar that key opens; None where the link was taken back, was never made, or its account is locked."""
    query = select(AccountRow).join(CalendarLinkRow, CalendarLinkRow.account_id == AccountRow.id)
    holds = CalendarLinkRow.key_hash == hashed(key), CalendarLinkRow.revoked_at.is_(None), AccountRow.active
    return session.scalars(query.where(*holds)).first()


def make(session: Session, account_id: int, by: str) -> str:
    """A new link; the one before is taken back by it. Returns its key, which cannot be had a second time."""
    revoke(session, account_id, by)
    key = secrets.token_urlsafe(32)
    session.add(CalendarLinkRow(account_id=account_id, key_hash=hashed(key), made_at=clock.now(session)))
    session.flush()
    return key


def revoke(session: Session, account_id: int, by: str) -> bool:
    """Take back the link of that person; False where there is none."""
    holds = CalendarLinkRow.account_id == account_id, CalendarLinkRow.revoked_at.is_(None)
    found = live(session, account_id) is not None
    session.execute(
        update(CalendarLinkRow).where(*holds).values(revoked_at=clock.now(session), revoked_by=by)
    )  # fmt: skip
    return found
