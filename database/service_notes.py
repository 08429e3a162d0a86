"""What the service last said of itself: that it looked after its runs, what keeps failing, what a person must know."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database.models import ServiceNoteRow
from domain.dates import OFFICE_ZONE


def note(session: Session, name: str, text: str = "") -> None:
    """Keep the newest word under that name. The time is the machine's own: a rehearsal's clock says nothing of it."""
    now = datetime.now(OFFICE_ZONE)
    row = session.get(ServiceNoteRow, name, with_for_update=True) or _added(session, name, now)
    row.at, row.text = now, text


def _added(session: Session, name: str, now: datetime) -> ServiceNoteRow:
    try:
        with session.begin_nested():
            session.add(row := ServiceNoteRow(name=name, at=now, text=""))
    except IntegrityError:  # another process has just said something under that name
        return session.get_one(ServiceNoteRow, name, with_for_update=True)
    return row


def read(session: Session) -> Mapping[str, ServiceNoteRow]:
    """Everything it has said, by name."""
    return {row.name: row for row in session.scalars(select(ServiceNoteRow))}


def forget(session: Session, name: str) -> None:
    """Take a word back: what it was about is over."""
    session.execute(delete(ServiceNoteRow).where(ServiceNoteRow.name == name))
