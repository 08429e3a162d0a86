"""Whose a message is that names an address to which the office never wrote: somebody forwards his mail (0052).

The service cannot know it; a person can, and says which of those who were written to it is.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from answers.incoming import invited
from answers.incoming.their_files import read_of
from database import stored, visits
from database.incoming import IncomingRow
from database.models import LetterRow
from domain.incoming import MailKind, MailReading
from domain.problem import Problem, Refused
from domain.record import to_data
from domain.state import LetterState


def may_be(session: Session, row: IncomingRow) -> tuple[str, ...]:
    """The addresses one of which it can be; empty where the message names none that is unknown, or nobody was asked."""
    written_to = _written_to(session, row)
    strange = [one for one in _named(read_of(row)) if one.casefold() not in {known.casefold() for known in written_to}]
    return tuple(address for address, may_have_it in written_to.items() if may_have_it) if strange else ()


def say_whose(session: Session, row: IncomingRow, whose: str) -> None:
    """Let the unknown addresses of a message stand for that one; whoever calls has locked it, and lets its rule act.

    What was read in it says so from then on; the message itself stays as it came. `Refused` for an address that it
    cannot be.
    """
    choice = {one.casefold(): one for one in may_be(session, row)}
    known = {one.casefold() for one in _written_to(session, row)}
    if whose.strip().casefold() not in choice:
        raise Refused(Problem("whose", "thư không phải của địa chỉ này", "chọn lại một địa chỉ"))
    row.reading = to_data(_as_of(read_of(row), choice[whose.strip().casefold()], known))
    row.shape = stored.READING.shape


def _as_of(reading: MailReading, meant: str, known: Collection[str]) -> MailReading:
    def of(address: str) -> str:
        return address if address.casefold() in known else meant

    failed = tuple(replace(one, address=of(one.address)) for one in reading.failed)
    calendar = tuple(replace(one, attendee=of(one.attendee)) for one in reading.calendar)
    return replace(reading, failed=failed, calendar=calendar)


def _named(reading: MailReading) -> list[str]:
    if reading.kind is MailKind.BOUNCE:
        return [one.address for one in reading.failed]
    return [one.attendee for one in reading.calendar] if reading.kind is MailKind.CALENDAR else []


def _written_to(session: Session, row: IncomingRow) -> Mapping[str, bool]:
    """Every address that the letter or the invitations went to, and whether somebody may have got it there."""
    if row.visit_id is None:
        return {}
    if row.kind == MailKind.CALENDAR:
        entries = invited.of_visit(session, visits.get(session, row.visit_id)).entries
        return dict.fromkeys(sorted({entry.letter.addressee.address for entry in entries}), True)
    letter = session.get(LetterRow, row.letter_id) if row.letter_id else None
    took = (LetterState.SENT, LetterState.UNCERTAIN)
    return {one.address: one.state in took for one in letter.recipients} if letter else {}
