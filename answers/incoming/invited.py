"""Who was invited or sent to which meeting, by which letter, and what they have answered in their calendars (D6, 0052).

The one reading of it: the rule holds an answer against it, and whoever shows who comes (`overview.attending`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from config.settings import settings
from database import incoming, stored
from database.addressees import addressee_key, meeting_of
from database.models import LetterRow, VisitRow
from domain.incoming import CalendarAnswer, MailKind, MailReading, MailState
from domain.letters_and_documents import Purpose
from domain.state import LetterState
from domain.text import slug
from letters.invitation import entry_of

_TELLS = (Purpose.INVITATION, Purpose.GROUP_NOTICE)
_TAKES_BACK = (Purpose.INVITATION_CANCELLED, Purpose.GROUP_CANCELLED)
_ABOUT_MEETINGS = (*_TELLS, *_TAKES_BACK)
#: Letters that told nobody of anything.
_NEVER_LEFT = (LetterState.WITHDRAWN, LetterState.WITHHELD)


@dataclass(frozen=True)
class Entry:
    """One invited person or body and one meeting, as the newest letter about it says."""

    key: str  #: of the addressee: `body:party_office`, `guest:1`, `inspector:2`
    meeting: int  #: its number; 0 where the letter is about all that were chosen
    sequence: int  #: of the calendar entry that the letter brought
    addresses: frozenset[str]  #: lower case
    letter: LetterRow


@dataclass(frozen=True)
class Answered:
    """One answer out of a calendar, as it came."""

    meeting: int
    answer: CalendarAnswer
    sender: str  #: another than the invited address where the message was forwarded or written for somebody
    at: datetime  #: when the office's mail server received it


@dataclass(frozen=True)
class Invited:
    """All of one visit."""

    visit: str  #: its key
    entries: tuple[Entry, ...]
    answers: tuple[Answered, ...]  #: that a rule or a person has taken, the oldest first

    def meeting_of(self, entry_uid: str) -> int | None:
        """The number of the meeting that an entry is about; None where it is none of this visit's."""
        return _number(self.visit, entry_uid)

    def knows(self, address: str) -> bool:
        """Whether that address was invited, or somebody who was has sent it instead."""
        wanted = address.casefold()
        sent_instead = {one.answer.delegate.casefold() for one in self.answers}
        return wanted in sent_instead or any(wanted in one.addresses for one in self.entries)


def of_visit(session: Session, visit: VisitRow, letters: Sequence[LetterRow] | None = None) -> Invited:
    """Who was invited to the meetings of a visit and not taken back since, with what they answered.

    `letters` are all of the visit in their order, for whoever has read them already.
    """
    if letters is None:
        query = select(LetterRow).where(LetterRow.visit_id == visit.id, LetterRow.purpose.in_(_ABOUT_MEETINGS))
        letters = session.scalars(query.options(defer(LetterRow.raw)).order_by(LetterRow.id)).all()
    told = (one for one in letters if one.purpose in _ABOUT_MEETINGS and one.state not in _NEVER_LEFT)
    newest = {letter.recipient: letter for letter in told}
    entries = tuple(_entry(letter) for letter in newest.values() if letter.purpose in _TELLS)
    return Invited(visit.key, entries, tuple(_answers(session, visit)) if entries else ())


def _entry(letter: LetterRow) -> Entry:
    addresses = frozenset(one.casefold() for one in letter.addresses)
    key, meeting = addressee_key(letter.recipient), meeting_of(letter.recipient)
    return Entry(key, meeting, letter.revision - 1, addresses, letter)


def _answers(session: Session, visit: VisitRow) -> Sequence[Answered]:
    """What was set aside, or is still open, says nothing."""
    found = []
    for row in reversed(incoming.of_visit(session, visit.id, MailKind.CALENDAR)):
        if row.state != MailState.DONE:
            continue
        reading: MailReading = stored.READING.read(row.reading, row.shape)
        for one in reading.calendar:
            meeting = _number(visit.key, one.uid)
            if meeting is not None:
                found.append(Answered(meeting, one, reading.sender, row.received_at))
    return found


def _number(key: str, entry_uid: str) -> int | None:
    found = entry_of(entry_uid, settings().mail_domain)
    return found[1] if found and found[0] == slug(key) else None
