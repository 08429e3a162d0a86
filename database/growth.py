"""How much the home grows: its size day by day, and the room that another month needs."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from database import service_notes
from database.models import ServiceNoteRow

GREW = "grew"  #: the note that keeps it
_DAYS = 30
#: Bytes; a year of the office with its history in Prefect needs about a third of it. Less is never enough for a month.
LEAST_ROOM = 300 * 2**20


def record(session: Session, day: date, size: int) -> None:
    """Keep the size of the home on that day, beside those of the month before it."""
    kept = {one: held for one, held in _sizes(session).items() if day - timedelta(days=_DAYS) <= one < day}
    text = json.dumps({f"{one}": held for one, held in {**kept, day: size}.items()})
    service_notes.note(session, GREW, text)


def month_of_room(session: Session) -> int:
    """Bytes a month needs: what the home grew in the last thirty days, as far as recorded, and never too little."""
    sizes = _sizes(session)
    grew = max(sizes.values()) - min(sizes.values()) if sizes else 0
    return max(LEAST_ROOM, grew)


def _sizes(session: Session) -> Mapping[date, int]:
    row = session.get(ServiceNoteRow, GREW)
    return {date.fromisoformat(day): size for day, size in json.loads(row.text).items()} if row else {}
