"""What the service last said of itself: that it looked after its runs, what keeps failing, what a person must know."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from database.models import ServiceNoteRow
from domain.dates import OFFICE_ZONE


def note(session: Session, name: str, text: str = "") -> None:
    """Keep the newest word under that name. The time is the machine's own: a rehearsal's clock says nothing of it."""
    row = session.get(ServiceNoteRow, name)
    if row is None:
        row = ServiceNoteRow(name=name)
        session.add(row)
    row.at, row.text = datetime.now(OFFICE_ZONE), text


def read(session: Session) -> Mapping[str, ServiceNoteRow]:
    """Everything it has said, by name."""
    return {row.name: row for row in session.scalars(select(ServiceNoteRow))}


def forget(session: Session, name: str) -> None:
    """Take a word back: what it was about is over."""
    session.execute(delete(ServiceNoteRow).where(ServiceNoteRow.name == name))
