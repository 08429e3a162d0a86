"""What follows where a server gives a letter back, or says that it still tries (RFC 3464, decision 0052).

A letter that is given back for good counts as refused from then on: whoever must have it stops the visit.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from answers.incoming.held_against import Held, held_against
from answers.incoming.outcome import Outcome
from answers.needed_letters import why_not_needed
from database import audit, clock, outbox, visits
from database.incoming import IncomingRow
from database.models import LetterRow
from domain.incoming import MailReading, MailState
from domain.letters_and_documents import CANCELLATIONS
from domain.state import VisitState
from letters.one_line import one_line
from letters.refusal import advice, reason

#: So long a report waits for a letter of which its sender has not said yet how it ended.
_PATIENCE = timedelta(hours=1)


def given_back(session: Session, row: IncomingRow, reading: MailReading) -> Outcome:
    """A letter came back for good: the ledger says so, and a visit that cannot do without it stops (R62, design §5)."""
    letter = _letter(session, row)
    if letter is None:
        return Outcome(MailState.OPEN, f"không rõ thư nào bị trả lại: {_addresses(reading)}")
    held = held_against(session, letter, row, reading)
    if held.in_hand and clock.now(session) - row.stored_at < _PATIENCE:
        return Outcome(MailState.NEW, f"thư {letter.id} đang được gửi: lần đọc sau xem tiếp")
    returned = outbox.returned(session, letter.id, held.gone)
    for address in returned:
        audit.note(
            session, audit.SYSTEM, "thư bị trả lại", letter.visit_id, letter=letter.id, address=address,
            reply=held.gone[address],
        )  # fmt: skip
    return _outcome(session, letter, held, returned)


def still_tried(session: Session, row: IncomingRow, reading: MailReading) -> Outcome:
    """A server has not got it through yet: that stands beside the letter, and stops nothing."""
    letter = _letter(session, row)
    if letter is None:
        return Outcome(MailState.OPEN, f"không rõ thư nào chưa tới nơi: {_addresses(reading)}")
    later = "; ".join(f"{one.among(letter.addresses) or one.address}: {one_line(one.reply)}" for one in reading.failed)
    return Outcome(MailState.DONE, f"thư {letter.id} chưa tới nơi, máy chủ vẫn đang thử ({later})")


def _letter(session: Session, row: IncomingRow) -> LetterRow | None:
    return outbox.locked(session, row.letter_id) if row.letter_id is not None else None


def _addresses(reading: MailReading) -> str:
    return ", ".join(one.address for one in reading.failed) or "thư báo không ghi địa chỉ nào"


def _outcome(session: Session, letter: LetterRow, held: Held, returned: Sequence[str]) -> Outcome:
    """In one sentence; a person must look where the service cannot know who is meant, or no run is left to stop."""
    follows, nobody_stops = _follows(session, letter, returned)
    told = [*_told(letter, held, returned), *([follows] if follows else [])]
    if not told:
        told.append(f"thư {letter.id} bị trả lại, thư báo không ghi địa chỉ nào")
    unclear = bool(held.foreign or held.unsent or held.in_hand) or not (returned or held.settled)
    state = MailState.OPEN if nobody_stops or unclear else MailState.DONE
    # Whoever waited to hear whether it went, or must do without it, looks again.
    is_over = visits.get(session, letter.visit_id).closed_at is not None
    return Outcome(state, "; ".join(told), wakes=bool(returned) and not is_over)


def _told(letter: LetterRow, held: Held, returned: Sequence[str]) -> Iterator[str]:
    """What became of it at each address that the report names."""
    yield from (f"thư {letter.id}: {address} trả lại ({reason(held.gone[address])})" for address in returned)
    yield from (f"thư {letter.id}: {one}" for one in (*held.settled, *held.unsent))
    if held.in_hand:
        yield f"thư {letter.id} chưa rõ đã đi chưa: xác nhận trong sổ thư, rồi xếp lại thư này vào đợt"
    yield from (
        f"thư {letter.id} không gửi tới {one}; có thể nơi nhận chuyển tiếp thư đi, cần xem nơi nào chưa nhận"
        for one in held.foreign
    )


def _follows(session: Session, letter: LetterRow, returned: Sequence[str]) -> tuple[str, bool]:
    """What is to be done about it, empty where nothing is; and whether no run is left that could stop for it."""
    visit, back = visits.get(session, letter.visit_id), letter.addressee
    if returned and visit.state == VisitState.CANCELLED and letter.purpose not in CANCELLATIONS:
        outbox.take_back(session, letter.id)  # sent again it would tell what is off (A23)
        return "việc này đã hủy nên thư được rút, không gửi lại", False
    if not letter.must_arrive or back.address not in returned:
        return "", False
    if why := why_not_needed(session, letter):
        return f"không cần gửi lại: {why}", False
    mend = f"thư không thể thiếu: {advice(back.reply)} rồi gửi lại"
    if visit.closed_at is None:
        return mend, False
    return f"{mend}; việc này đã kết thúc nên không có bước nào dừng lại", True
