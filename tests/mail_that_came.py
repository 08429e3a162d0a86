"""Messages that have come in, as rows, for tests of what follows; how mail is read is tested with the inbox."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from answers.incoming.acting import act
from answers.incoming.outcome import Outcome
from config.settings import settings
from database import clock, incoming, stored
from database.engine import reading, writing
from database.incoming import IncomingRow
from database.models import LetterRow
from domain.incoming import Attending, CalendarAnswer, FailedRecipient, MailKind, MailReading
from domain.record import to_data
from letters.invitation import uid

NO_SUCH_USER = "550 5.1.1 user unknown"
FULL = "452 4.2.2 mailbox full"


def bounce(*failed: tuple[str, str] | str, for_good: bool = True, **more: Any) -> MailReading:
    """A report about these addresses; each with the server's word, or with the usual one."""
    both = [(one, NO_SUCH_USER) if isinstance(one, str) else one for one in failed]
    kind = MailKind.BOUNCE if for_good else MailKind.DELAY
    said = tuple(FailedRecipient(address, for_good, reply) for address, reply in both)
    return came(kind, "mailer-daemon@bien-hoa.example", failed=said, **more)


def absence(sender: str, name: str = "", back_on: date | None = None) -> MailReading:
    """Somebody is away."""
    return came(MailKind.ABSENCE, sender, name, back_on=back_on)


def calendar_reply(
    visit: str, meeting: int, attendee: str, attending: Attending, *, sequence: int = 0, sender: str = "",
    delegate: str = "", comment: str = "",
) -> MailReading:  # fmt: skip
    """An answer to one of our calendar entries."""
    entry = uid(visit, meeting, settings().mail_domain)
    answer = CalendarAnswer(entry, sequence, attendee, attending, delegate, comment)
    return came(MailKind.CALENDAR, sender or attendee, calendar=(answer,))


def came(kind: MailKind, sender: str, name: str = "", **more: Any) -> MailReading:
    """Any message."""
    return MailReading(kind, sender, name, more.pop("subject", "Re: thư"), "", **more)


def store(said: MailReading, letter: LetterRow | None, visit_id: int | None = None, at: datetime | None = None) -> int:
    """A row as the inbox leaves it for the rules: matched with that letter, or with a visit alone."""
    with writing(settings().database) as session:
        now = clock.now(session)
        key = secrets.token_hex(32)  # of a Message-ID that no other message has
        row = IncomingRow(
            key=key, sha256=key, received_at=at or now,
            stored_at=now, size=1, raw=b"", kind=said.kind.value, sender=said.sender, subject=said.subject,
            reading=to_data(said), shape=stored.READING.shape, letter_id=letter.id if letter else None,
            visit_id=letter.visit_id if letter else visit_id, matched_by="reply" if letter else "",
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def deal_with(
    said: MailReading, letter: LetterRow | None, visit_id: int | None = None, at: datetime | None = None
) -> Outcome:
    """Store it, and let its rule act."""
    outcome = act(store(said, letter, visit_id, at))
    assert outcome is not None, "it was new"
    return outcome


def rows_of(visit_id: int) -> Sequence[IncomingRow]:
    """What came about a visit, newest first."""
    with reading(settings().database) as session:
        return incoming.of_visit(session, visit_id)
