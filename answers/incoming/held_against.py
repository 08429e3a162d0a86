"""What a report of a server says of each recipient of a letter, held against the ledger (RFC 3464, decision 0052)."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.orm import Session

from database import audit
from database.incoming import IncomingRow
from database.models import LetterRow, RecipientRow
from domain.dates import date_and_time
from domain.incoming import FailedRecipient, MailReading
from domain.state import LetterState
from letters.one_line import one_line
from letters.refusal import reason

#: A report that is older than the newest sending, by more than clocks differ, is about one before.
CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass
class Held:
    """A report held against its letter, address by address, as the ledger writes them."""

    gone: dict[str, str] = field(default_factory=dict)  #: given back, whatever the reason: the server's word
    settled: list[str] = field(default_factory=list)  #: what needs nothing any more, in words
    foreign: list[str] = field(default_factory=list)  #: addresses that the letter never went to
    unsent: list[str] = field(default_factory=list)  #: the ledger says that it never went there, in words
    in_hand: bool = False  #: it is being sent there, or was when its sender died: the next look knows more


def held_against(session: Session, letter: LetterRow, row: IncomingRow, reading: MailReading) -> Held:
    """Whom of the letter the report is about, and what follows for each; nothing is changed."""
    held, before = Held(), _given_back_before(session, letter)
    for failed in reading.failed:
        address, meant = failed.address.strip().casefold(), failed.among(letter.addresses)
        recipient = next((one for one in letter.recipients if one.address == meant), None)
        if recipient is not None:
            _hold(held, letter, recipient, row, failed, known=address in before)
        elif address in before:
            held.settled.append(f"{failed.address} là địa chỉ cũ, thư đã gửi lại tới địa chỉ khác")
        else:
            held.foreign.append(failed.address)
    return held


def _hold(
    held: Held, letter: LetterRow, recipient: RecipientRow, row: IncomingRow, failed: FailedRecipient, *, known: bool
) -> None:
    said = one_line(failed.reply) or "máy chủ không nói lý do"
    if recipient.state == LetterState.SENDING:
        held.in_hand = True
    elif recipient.state in (LetterState.QUEUED, LetterState.HELD) and not known:
        held.unsent.append(f"{recipient.address} {recipient.called}, {_PROOF} ({reason(said)})")
    elif why := _needs_nothing(letter, recipient, row):
        held.settled.append(f"{recipient.address} {why}")
    else:
        held.gone[recipient.address] = said


#: Of a letter that waits here, in a database put back from a copy say.
_PROOF = "nhưng máy chủ báo trả lại thư này: thư có thể đã ra ngoài, xem trước khi cho gửi"


def _given_back_before(session: Session, letter: LetterRow) -> set[str]:
    """The addresses that refused this letter, or gave it back, at any time: it may go to others now."""
    lines = audit.lines_of_letter(session, letter.visit_id, letter.id, "thư bị trả lại", "thư bị từ chối")
    return {f"{line.details.get('address', '')}".casefold() for line in lines}


def _needs_nothing(letter: LetterRow, recipient: RecipientRow, row: IncomingRow) -> str:
    """Why a report about this recipient is no news; empty where it is."""
    if recipient.state == LetterState.REFUSED:
        return "đã ghi là trả lại từ trước" if recipient.returned_at else "đã ghi là từ chối từ trước"
    if recipient.state == LetterState.WITHDRAWN:
        return "không cần nhận nữa: thư đã rút"
    if recipient.state in (LetterState.QUEUED, LetterState.HELD):
        return "đã ghi là trả lại từ trước, đang chờ gửi lại"
    if recipient.state not in (LetterState.SENT, LetterState.UNCERTAIN):
        return f"không ghi là đã gửi đi ({recipient.called})"
    again = recipient.claimed_at if letter.attempts > 1 else None
    if again is not None and row.received_at < again - CLOCKS_DIFFER:
        return f"được gửi lại lúc {date_and_time(again)}, sau khi có báo này"
    return ""
