"""What is done by itself about messages that need no rule of their own: little, and never an answer (R62)."""

from sqlalchemy.orm import Session

from answers.incoming.outcome import Outcome
from database.incoming import IncomingRow
from domain.incoming import MailReading, MailState


def written_by_a_person(_session: Session, row: IncomingRow, reading: MailReading) -> Outcome:
    """Somebody writes in words: a person reads it."""
    if row.raw is None:
        return Outcome(MailState.OPEN, "thông tin của đợt có độ mật, đọc thư trong hộp thư của cơ quan")
    if reading.fault:
        return Outcome(MailState.OPEN, f"chờ cán bộ đọc thư; {reading.fault}")
    return Outcome(MailState.OPEN, "chờ cán bộ đọc thư" if row.visit_id else "chưa rõ trả lời thư nào, chờ cán bộ xếp")


def written_by_a_machine(_session: Session, row: IncomingRow, _reading: MailReading) -> Outcome:
    """Noted beside the letter that it answers; a machine is never answered, and nothing waits for it."""
    return Outcome(MailState.DONE, "ghi bên thư đã gửi" if row.letter_id else "chỉ ghi nhận")


def not_readable(_session: Session, _row: IncomingRow, reading: MailReading) -> Outcome:
    """Nothing is guessed: a person opens it with his own mail program."""
    fault = reading.fault or "không đọc được thư"
    return Outcome(MailState.OPEN, f"{fault}; mở thư trong hộp thư của cơ quan")
