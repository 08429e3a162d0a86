"""A refused letter goes again to whoever has not got it, under the same Message-ID, to today's address (0013)."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from database import outbox
from database.dossier import open_dossier
from database.models import LetterRow, RecipientRow
from domain.plan import Contact
from domain.state import LetterState
from letters.readdress import readdress
from papers.recipients import addressed


def queue_again(session: Session, letter: LetterRow) -> list[str]:
    """Queue a locked letter again for those who refused it; returns their addresses of today.

    Nobody who has it gets it again. Raises `Refused` for an unusable address.
    """
    dossier, before = open_dossier(session, letter.visit_id), letter.addresses
    contacts = _by_place(letter, addressed(dossier, letter))
    for one in [recipient for recipient in letter.recipients if recipient.state == LetterState.REFUSED]:
        if one in letter.recipients:  # two may have become one
            _use(session, letter, one, contacts[one.place].email)
    if letter.addresses != before:
        to, *cc = (replace(contacts[recipient.place], email=recipient.address) for recipient in letter.recipients)
        letter.raw = readdress(letter.raw, to, cc, dossier.now)
    outbox.move(session, letter, "refused", "queued")
    return [recipient.address for recipient in letter.recipients if recipient.state == LetterState.QUEUED]


def _by_place(letter: LetterRow, today: Sequence[Contact]) -> dict[int, Contact]:
    """Today's contact for each place; an address that is still one of theirs, or that nobody knows of, stays."""
    known, found = {one.email: one for one in today}, dict(enumerate(today))
    return {
        recipient.place: known.get(recipient.address)
        or found.get(recipient.place)
        or Contact(recipient.address, recipient.address)
        for recipient in letter.recipients
    }


def _use(session: Session, letter: LetterRow, recipient: RecipientRow, address: str) -> None:
    """Give a recipient that address; where another one of the letter has it, one mailbox gets one letter."""
    other = next((one for one in letter.recipients if one is not recipient and one.address == address), None)
    if other is None:
        recipient.address = address
    elif other.state == LetterState.SENT:
        _has_it(letter, recipient, other)
    elif other.state in (LetterState.REFUSED, LetterState.QUEUED):
        keep, drop = sorted((recipient, other), key=lambda one: one.place)
        letter.recipients.remove(drop)
        session.flush()  # the address is free only when its row is gone
        keep.address, keep.state = address, LetterState.REFUSED


def _has_it(letter: LetterRow, recipient: RecipientRow, other: RecipientRow) -> None:
    """Whoever reads the same mailbox has the letter since that one has it; what is counted from there counts."""
    recipient.state, recipient.reply = LetterState.SENT, f"{other.address} đã nhận thư này: {other.reply or ''}"
    recipient.settled_at, recipient.claimed_at, recipient.returned_at = other.settled_at, other.claimed_at, None
    if not recipient.is_copy:
        letter.sent_at = letter.sent_at or other.settled_at
