"""What came back about letters and settles nothing: a server that still tries, somebody who is away (R62, 0052).

So does a report that waits for a person: that a letter which waits here has left all the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, defer

from answers.incoming.absences import absence_told, sender_called
from database import stored
from database.incoming import IncomingRow
from database.models import LetterRow, RecipientRow
from domain.dates import date_and_time
from domain.incoming import FailedRecipient, MailKind, MailReading, MailState
from domain.state import LetterState
from letters.one_line import one_line

_NOTED = (MailKind.DELAY, MailKind.ABSENCE, MailKind.AUTOMATIC)


@dataclass(frozen=True)
class Beside:
    """One line beside a letter."""

    incoming_id: int
    at: datetime
    text: str


def beside_letters(session: Session, letters: Sequence[LetterRow]) -> Mapping[int, tuple[Beside, ...]]:
    """By letter, the oldest first, in one query; what a later sending or its return has made old is left out."""
    known = {letter.id: letter for letter in letters}
    if not known:
        return {}
    noted = and_(IncomingRow.state == MailState.DONE, IncomingRow.kind.in_(_NOTED))
    still_open = and_(IncomingRow.state == MailState.OPEN, IncomingRow.kind == MailKind.BOUNCE)
    query = select(IncomingRow).where(IncomingRow.letter_id.in_(known), or_(noted, still_open))
    query = query.options(defer(IncomingRow.raw))
    found: dict[int, dict[str, Beside]] = {}
    for row in session.scalars(query.order_by(IncomingRow.id)):
        letter = known[row.letter_id or 0]
        for about, text in _said(letter, row).items():
            found.setdefault(letter.id, {})[about] = Beside(row.id, row.received_at, text)
    return {letter_id: tuple(lines.values()) for letter_id, lines in found.items()}


def _said(letter: LetterRow, row: IncomingRow) -> dict[str, str]:
    """What that message says beside the letter, by what it is about: a newer word about the same takes its place."""
    reading: MailReading = stored.READING.read(row.reading, row.shape)
    if row.kind == MailKind.ABSENCE:
        return {f"away {reading.sender}": f"{sender_called(reading)} {absence_told(reading)}"}
    if row.kind == MailKind.AUTOMATIC:
        return {f"machine {reading.sender}": f"thư tự động của {sender_called(reading)}"}
    if row.state == MailState.OPEN:
        back = {failed.among(letter.addresses) for failed in reading.failed}
        return {f"left {one.address}": _has_left(one, row) for one in letter.recipients if _came_back(one, back)}
    return {
        f"delay {failed.address}": _still_tried(recipient, failed, row)
        for failed in reading.failed
        if (recipient := _waiting(letter, failed, row)) is not None
    }


def _still_tried(recipient: RecipientRow, failed: FailedRecipient, row: IncomingRow) -> str:
    last = f"báo lần cuối {date_and_time(row.received_at)}"
    return f"máy chủ nơi nhận của {recipient.address} vẫn đang thử, {last}: {one_line(failed.reply)}"


def _came_back(recipient: RecipientRow, back: Collection[str]) -> bool:
    """Whether a server gave back there what the ledger says has not left: of a copy put back, say."""
    never_tried = recipient.state == LetterState.QUEUED and recipient.claimed_at is None
    return (never_tried or recipient.state == LetterState.HELD) and recipient.address in back


def _has_left(recipient: RecipientRow, row: IncomingRow) -> str:
    when = date_and_time(row.received_at)
    return f"máy chủ báo lúc {when} là {recipient.address} trả lại thư này: thư có thể đã ra ngoài"


def _waiting(letter: LetterRow, failed: FailedRecipient, row: IncomingRow) -> RecipientRow | None:
    """The recipient whose server still tries, if it is still so that nobody knows more."""
    meant = failed.among(letter.addresses)
    recipient = next((one for one in letter.recipients if one.address == meant), None)
    if recipient is None or recipient.state != LetterState.SENT:
        return None
    noted_before = row.settled_at and recipient.settled_at and row.settled_at < recipient.settled_at
    return None if noted_before else recipient
