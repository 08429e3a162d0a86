"""What machines write by themselves: who is away, and all the rest; noted beside the letter, never answered (0052)."""

from sqlalchemy.orm import Session

from answers.incoming.outcome import Outcome
from database.incoming import IncomingRow
from domain.dates import short_date
from domain.incoming import MailReading, MailState


def away(_session: Session, row: IncomingRow, reading: MailReading) -> Outcome:
    """Somebody is away; the letter has arrived all the same, so nothing waits for anybody because of it."""
    return Outcome(MailState.DONE, f"{sender_called(reading)} {absence_told(reading)}{_beside(row)}")


def by_a_machine(_session: Session, row: IncomingRow, reading: MailReading) -> Outcome:
    """A receipt, a ticket, a list: it is kept, and is no answer."""
    return Outcome(MailState.DONE, f"thư tự động của {sender_called(reading)}{_beside(row)}")


def sender_called(reading: MailReading) -> str:
    """Who wrote, by name and address, within a sentence."""
    if not reading.sender:
        return "người gửi không rõ"
    named = reading.sender_name not in ("", reading.sender)
    return f"{reading.sender_name} ({reading.sender})" if named else reading.sender


def absence_told(reading: MailReading) -> str:
    """Until when, within a sentence, where the message says it."""
    return f"báo vắng đến ngày {short_date(reading.back_on)}" if reading.back_on else "báo vắng"


def _beside(row: IncomingRow) -> str:
    return f", ghi cạnh thư {row.letter_id}" if row.letter_id is not None else ""
