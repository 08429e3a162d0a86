"""Somebody is away, says a program for them; until when, if it says so (RFC 3834)."""

import re
from dataclasses import dataclass
from datetime import date
from email.message import Message
from email.utils import parsedate_to_datetime

from domain.dates import OFFICE_ZONE
from domain.text import loose_key
from inbox.back_on import back_on
from inbox.headers import header
from inbox.machine_signs import answered_by_program, automatic_subject, nobodys_address, sent_by_itself
from inbox.machine_words import ACKNOWLEDGED, AWAY, AWAY_SUBJECTS

_VACATION = re.compile(r"vacation|out.?of.?office|oof|rule-ooo|ooo", re.IGNORECASE)


@dataclass(frozen=True)
class Absence:
    """What such a message says."""

    back_on: date | None


def read_absence(message: Message, text: str) -> Absence | None:
    """`None` where nobody is said to be away. For what a program has sent: a person who tells it is answering."""
    if nobodys_address(message) and not answered_by_program(message):
        return None
    words, subject = loose_key(text[:20_000]), loose_key(header(message, "Subject"))
    if not _away(message, subject, words):
        return None
    return Absence(back_on(f"{header(message, 'Subject')}\n{text[:20_000]}", _sent_on(message)))


def _away(message: Message, subject: str, words: str) -> bool:
    if AWAY_SUBJECTS.search(subject):
        return True
    if not (sent_by_itself(message) or automatic_subject(message)):
        return False
    if AWAY.search(words) or back_on(words, _sent_on(message)):
        return True
    return not ACKNOWLEDGED.search(words) and (automatic_subject(message) or _by_vacation_program(message))


def _by_vacation_program(message: Message) -> bool:
    names = (
        "Auto-Submitted",
        "X-Mailer",
        "User-Agent",
        "X-Autoreply",
        "X-MS-Exchange-Generated-Message-Source",
        "Message-ID",
    )
    return any(_VACATION.search(header(message, name)) for name in names)


def _sent_on(message: Message) -> date | None:
    try:
        moment = parsedate_to_datetime(header(message, "Date"))
        return moment.astimezone(OFFICE_ZONE).date() if moment.tzinfo else moment.date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
