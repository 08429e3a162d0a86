"""A calendar entry as two parsers that share no code read it (RFC 5545)."""

from datetime import UTC
from email.message import Message
from typing import Any

import vobject
from icalendar import Calendar

from database.models import LetterRow


class Entry:
    """The calendar entry of one letter, as two parsers that share no code read the bytes that go out."""

    def __init__(self, letter: LetterRow, part: Message) -> None:
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        calendar: Any = Calendar.from_ical(content)
        (event,) = calendar.walk("VEVENT")
        other: Any = vobject.readOne(content.decode())
        self.uid, self.sequence = str(event["UID"]), int(event["SEQUENCE"])
        self.method, self.starts_at = str(calendar["METHOD"]), event["DTSTART"].dt.astimezone(UTC)
        self.attendee, self.stamp = str(event["ATTENDEE"]), event["DTSTAMP"].dt
        assert part.get_param("method") == self.method == other.method.value  # RFC 6047
        assert (other.vevent.uid.value, int(other.vevent.sequence.value)) == (self.uid, self.sequence)
        assert other.vevent.dtstart.value.astimezone(UTC) == self.starts_at
        assert other.vevent.attendee.value == self.attendee == f"mailto:{letter.addresses[0]}"
        assert str(event["STATUS"]) == {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}[self.method]
