"""Who may sign in at the desk: accounts, stand-ins, sessions, and attempts to sign in."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, ScalarSelect, String, delete, false, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.models import AuditRow, Base


class AccountRow(Base):
    """A person who signs in. `password` is an argon2 hash."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")  #: finds the person among the plan's contacts
    roles: Mapped[list[Any]]
    active: Mapped[bool] = mapped_column(default=True)
    password: Mapped[str]
    must_change: Mapped[bool] = mapped_column(default=False)  #: somebody else has set the password
    created_at: Mapped[datetime]
    signed_in_at: Mapped[datetime | None]
    weekly: Mapped[bool] = mapped_column(default=False, server_default=false())  #: wants a letter on Mondays (0052)
    #: how far the record had come when the person last asked for a page
    here_to: Mapped[int] = mapped_column(default=0, server_default="0")
    #: the same as it was before the newest sign-in: what is new to the person begins behind it
    news_from: Mapped[int] = mapped_column(default=0, server_default="0")


class StandInRow(Base):
    """One person takes another's place for a period; both names are kept with what is done."""

    __tablename__ = "stand_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    who_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    for_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    set_by: Mapped[str]
    set_at: Mapped[datetime]
    ended_by: Mapped[str | None]  #: taken back before its time


class SessionRow(Base):
    """One browser that is signed in. Only the hash of its cookie is kept."""

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class AttemptRow(Base):
    """One attempt to sign in that has not succeeded."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_login_at", "login", "at"), Index("ix_attempt_address_at", "address", "at"))
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


@dataclass(frozen=True)
class Place:
    """Whose place somebody takes, and what that person may."""

    name: str
    email: str
    roles: frozenset[str]


def by_login(session: Session, login: str) -> AccountRow | None:
    """The account with that login, active or not."""
    return session.scalars(select(AccountRow).where(AccountRow.login == login)).first()


def everyone(session: Session) -> Sequence[AccountRow]:
    """All accounts by login."""
    return session.scalars(select(AccountRow).order_by(AccountRow.login)).all()


def stand_ins(session: Session, since: date | None = None) -> Sequence[StandInRow]:
    """All stand-ins that were not taken back, newest first; with `since` only those not over before that day."""
    query = select(StandInRow).where(StandInRow.ended_by.is_(None)).order_by(StandInRow.first_day.desc())
    return session.scalars(query.where(StandInRow.last_day >= since) if since else query).all()


def places_of(session: Session, account_id: int, today: date) -> tuple[Place, ...]:
    """Whose place that person takes today."""
    query = select(AccountRow).join(StandInRow, StandInRow.for_id == AccountRow.id)
    query = query.where(StandInRow.who_id == account_id, StandInRow.ended_by.is_(None))
    rows = session.scalars(
        query.where(StandInRow.first_day <= today, StandInRow.last_day >= today).order_by(StandInRow.id)
    )
    return tuple(Place(row.name, row.email, frozenset(row.roles)) for row in rows)


def begin_session(session: Session, account_id: int, token: str, now: datetime) -> None:
    """Keep a browser signed in by the cookie `token`."""
    session.add(SessionRow(token=hashed(token), account_id=account_id, begun_at=now, seen_at=now))


def find_session(session: Session, token: str) -> tuple[SessionRow, AccountRow] | None:
    """The session that this cookie belongs to, however old, with its account."""
    query = select(SessionRow, AccountRow).join(AccountRow, AccountRow.id == SessionRow.account_id)
    row = session.execute(query.where(SessionRow.token == hashed(token))).first()
    return (row[0], row[1]) if row else None


def end_session(session: Session, token: str) -> None:
    """Sign one browser out."""
    session.execute(delete(SessionRow).where(SessionRow.token == hashed(token)))


def end_sessions_of(session: Session, account_id: int, but: str = "") -> None:
    """Sign every browser of a person out, except the one with the cookie `but`."""
    session.execute(delete(SessionRow).where(SessionRow.account_id == account_id, SessionRow.token != hashed(but)))


def drop_old(session: Session, begun_before: datetime, attempted_before: datetime) -> None:
    """Forget sessions and attempts that no longer count."""
    session.execute(delete(SessionRow).where(SessionRow.begun_at < begun_before))
    session.execute(delete(AttemptRow).where(AttemptRow.at < attempted_before))


def attempts(session: Session, since: datetime, *, login: str = "", address: str = "") -> int:
    """How many attempts failed since then for that login, from that address, or both."""
    query = select(func.count()).select_from(AttemptRow).where(AttemptRow.at >= since)
    if login:
        query = query.where(AttemptRow.login == login)
    if address:
        query = query.where(AttemptRow.address == address)
    return session.scalar(query) or 0


def hashed(token: str) -> str:
    """What is kept of a secret token: enough to recognise it, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def mark_seen(session: Session, kept: SessionRow, now: datetime) -> None:
    """Note that a signed-in browser has asked for something, and how far the record has come by then."""
    session.execute(update(SessionRow).where(SessionRow.id == kept.id).values(seen_at=now))
    was_here(session, kept.account_id)


def was_here(session: Session, account_id: int) -> None:
    """Whatever the record says by now, that person has been here since."""
    session.execute(update(AccountRow).where(AccountRow.id == account_id).values(here_to=_end_of_record()))


def come_back(session: Session, row: AccountRow) -> None:
    """Somebody signs in: what is new to the person is what was recorded since the last page that was asked for.

    To whoever signs in for the first time nothing is new: everything would be.
    """
    end = session.scalar(select(_end_of_record())) or 0
    row.news_from = row.here_to if row.signed_in_at else end
    row.here_to = end


def _end_of_record() -> ScalarSelect[int]:
    return select(func.coalesce(func.max(AuditRow.id), 0)).scalar_subquery()


def forget_attempts(session: Session, login: str, address: str) -> None:
    """After a success from there the failures before it do not count."""
    session.execute(delete(AttemptRow).where(AttemptRow.login == login, AttemptRow.address == address))
