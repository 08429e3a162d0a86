"""What a person does about a message: says what it is about, sets it aside, takes it back (R62, P7)."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from answers.answering import Giver
from answers.incoming.acting import ruled
from answers.incoming.answered import refuse_settled
from answers.incoming.held_against import CLOCKS_DIFFER
from answers.incoming.outcome import Outcome
from answers.incoming.storing import keep_named_only
from answers.incoming.their_files import read_of, weigh
from answers.incoming.whose import say_whose
from config.settings import settings
from database import audit, clock, incoming, outbox, visits
from database.engine import again_if_undone, reading, writing
from database.incoming import IncomingRow
from database.models import LetterRow, VisitRow
from domain.dates import short_date
from domain.incoming import MailKind, MailState, MatchedBy
from domain.problem import Overtaken, Problem, Refused
from domain.text import clean


def seen_of(row: IncomingRow) -> str:
    """How a message stands, short enough for a form: whoever acts says what he has seen."""
    return f"{row.id}-{row.state}-{row.visit_id or 0}-{row.letter_id or 0}"


@again_if_undone
def assign(incoming_id: int, reference: str, giver: Giver, *, looked_at: str, whose: str = "") -> Outcome:
    """Say which visit a message is about; then its kind's rule acts as if it had been known from the beginning.

    Its letter stays where it is one of that visit; else it is the newest that went to the sender, or to an address
    that a report names. `whose`: of those who were written to, whose the unknown addresses of the message are
    (`answers.incoming.whose`). `Refused` for a visit that is not there or an address that it cannot be, `Overtaken`
    where the message stands otherwise than it was seen.
    """
    with reading(settings().database) as session:
        visit_id = visits.find(session, reference).id
    weighed = weigh(incoming_id, visit_id)
    with _holding(incoming_id, looked_at) as (session, row):
        refuse_settled(row)
        visit = visits.get(session, visit_id, lock=True)  # after the message, before its letter (0039)
        letter = _letter_of(session, visit, row)
        incoming.assign(row, visit.id, letter.id if letter else None, MatchedBy.PERSON)
        if whose:
            say_whose(session, row, whose)
        keep_named_only(session, row, visit)
        outcome = ruled(session, row, read_of(row), weighed)
        _settle(session, row, outcome, giver)
        said = {"whose": whose} if whose else {}
        audit.note(session, giver.name, "xếp thư đến vào đợt", visit.id, source=giver.source, message=row.id, **said)
        if outcome.wakes:
            visits.ask_to_wake(session, visit.id)
        return outcome


@again_if_undone
def set_aside(incoming_id: int, reason: str, giver: Giver, *, looked_at: str) -> None:
    """Nothing is to be done about it; it stays, and can be taken back."""
    with _holding(incoming_id, looked_at) as (session, row):
        refuse_settled(row)
        words = clean(reason)[:300] or "không cần làm gì"
        incoming.settle(session, row, MailState.ASIDE, words, giver.name)
        audit.note(session, giver.name, "để riêng thư đến", row.visit_id, source=giver.source, message=row.id)


@again_if_undone
def take_back(incoming_id: int, giver: Giver, *, looked_at: str) -> None:
    """It waits for a person again."""
    with _holding(incoming_id, looked_at) as (session, row):
        if row.state != MailState.ASIDE:
            raise Refused(Problem("", "thư này không được để riêng", "xem lại trang Thư đến"))
        incoming.settle(session, row, MailState.OPEN, "được lấy lại để xem", giver.name)
        audit.note(session, giver.name, "lấy lại thư đã để riêng", row.visit_id, source=giver.source, message=row.id)


@contextmanager
def _holding(incoming_id: int, looked_at: str) -> Iterator[tuple[Session, IncomingRow]]:
    """The message, before anything else that is locked (decision 0039)."""
    with writing(settings().database) as session:
        row = incoming.find(session, incoming_id, lock=True)
        if row is None:
            raise Refused(Problem(f"thư đến số {incoming_id}", "không có thư này", "mở lại trang Thư đến"))
        if looked_at != seen_of(row):
            refuse_settled(row)
            told = f"đã có thay đổi từ lúc mở trang: {_newest(row)}"
            raise Overtaken(Problem("", told, "xem lại rồi gửi lần nữa"))
        yield session, row


def _newest(row: IncomingRow) -> str:
    """What was done last, by whom and when."""
    if row.settled_by and row.settled_at:
        return (
            f"{row.settled_by} đã xếp thư này lúc {row.settled_at:%H:%M} {short_date(row.settled_at)} ({row.outcome})"
        )
    return f"thư này nay {MailState(row.state).called} ({row.outcome or 'chưa xử lý'})"


def _settle(session: Session, row: IncomingRow, outcome: Outcome, giver: Giver) -> None:
    if outcome.state == MailState.NEW:  # the next round acts, and knows by then what it is about
        row.state, row.outcome = MailState.NEW, ""
        return
    incoming.settle(session, row, outcome.state, outcome.words, giver.name)
    row.settled_at, row.settled_by = clock.now(session), giver.name  # of an open one: who has assigned it


def _letter_of(session: Session, visit: VisitRow, row: IncomingRow) -> LetterRow | None:
    """The letter that it answers or reports about, of that visit; of a report none that was written after it."""
    known = session.get(LetterRow, row.letter_id) if row.letter_id else None
    if known is not None and known.visit_id == visit.id:
        return known
    reports = row.kind in (MailKind.BOUNCE, MailKind.DELAY)
    wanted = {one.address.casefold() for one in read_of(row).failed} if reports else {row.sender.casefold()}
    letters = reversed(outbox.of_visit(session, visit.id))
    may_be = (one for one in letters if not reports or one.queued_at <= row.received_at + CLOCKS_DIFFER)
    return next((one for one in may_be if wanted & {address.casefold() for address in one.addresses}), None)
