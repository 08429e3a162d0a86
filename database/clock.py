"""The one clock that every process reads: real, or a rehearsal's (design §6)."""

from datetime import datetime

from sqlalchemy.orm import Session

from database.models import ClockRow
from domain.dates import OFFICE_ZONE


def now(session: Session) -> datetime:
    """This moment on the clock of the database, in the office's zone."""
    return look(session)[0]


def is_rehearsal(session: Session) -> bool:
    """Whether the clock is a rehearsal's."""
    return look(session)[1]


def look(session: Session) -> tuple[datetime, bool]:
    """Both at one look."""
    row = session.get(ClockRow, 1)
    rehearsed = row.rehearsal_now if row else None
    return rehearsed or datetime.now(OFFICE_ZONE), rehearsed is not None


def set_rehearsal(session: Session, moment: datetime) -> None:
    """Put the rehearsal's clock to a moment; it never goes back (ValueError)."""
    row = session.get(ClockRow, 1)
    if row is None:
        session.add(ClockRow(id=1, rehearsal_now=moment))
        return
    if row.rehearsal_now and moment < row.rehearsal_now:
        raise ValueError(f"a rehearsal's clock does not go back: {row.rehearsal_now} -> {moment}")
    row.rehearsal_now = moment
