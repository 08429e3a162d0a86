"""A letter as its recipient opens it: text, files, calendar entries."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from icalendar import Calendar, Event

from database.models import LetterRow


def mail(letter: LetterRow) -> EmailMessage:
    """The letter as the recipient's mail program reads it."""
    message = message_from_bytes(letter.raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def words(letter: LetterRow) -> str:
    """The text of a letter."""
    body = mail(letter).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def enclosed(letter: LetterRow) -> list[str]:
    """The names of the files that go with a letter, calendars among them."""
    return [str(part.get_filename()) for part in mail(letter).iter_attachments()]


def calendars(letter: LetterRow) -> list[Any]:
    """The calendar files of a letter, the one that mail programs act on first."""
    parts = [part for part in mail(letter).walk() if part.get_content_type() == "text/calendar"]
    return [Calendar.from_ical(part.get_payload(decode=True)) for part in parts]


def event(calendar: Any) -> Event:
    """The one entry of a calendar file."""
    (entry,) = calendar.walk("VEVENT")
    assert isinstance(entry, Event)
    return entry
