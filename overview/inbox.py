"""What can be said of the office's inbox today: when it was read, and what waits in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from config.settings import Settings
from database import incoming, service_notes
from database.health import INBOX, INBOX_FAULT
from domain.dates import date_and_time


@dataclass(frozen=True)
class InboxNow:
    """How the inbox stands."""

    is_set: bool
    read_at: datetime | None  #: the end of the last round; None before the first one
    fault: str  #: why the newest round failed; empty where it did not
    waiting: int  #: messages that wait for a person


def inbox_now(session: Session, of: Settings) -> InboxNow:
    """Two queries."""
    notes = service_notes.read(session)
    read, fault = notes.get(INBOX), notes.get(INBOX_FAULT)
    waiting = incoming.open_count(session)
    return InboxNow(bool(of.inbox.host), read.at if read else None, fault.text if fault else "", waiting)


def told_of_inbox(session: Session, of: Settings) -> Iterator[str]:
    """The same as sentences; nothing where no inbox is set."""
    now = inbox_now(session, of)
    if now.is_set:
        when = f"đọc lần cuối {date_and_time(now.read_at)}" if now.read_at else "chưa đọc lần nào"
        yield f"Hộp thư đến: {when}; {now.waiting} thư chờ người xem."
        if now.fault:
            yield f"Lần đọc gần nhất không được: {now.fault}"
