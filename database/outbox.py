"""The outbox: every letter once to each recipient, and at any moment the truth about how far it has come (0013).

Whatever changes a recipient locks the letter first and ends by summing up: `LetterRow.state` is never set by itself.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Exists, exists, func, select
from sqlalchemy.orm import Session, defer

from database import clock
from database.models import LetterRow, RecipientRow, VisitRow
from domain.post import letter_state
from domain.state import LetterState, VisitState

#: Asked every few minutes: the few letters of which something is open are found by their index.
_IS_OPEN = LetterRow.state.in_((LetterState.QUEUED, LetterState.SENDING, LetterState.UNCERTAIN))


def recipients(addresses: Sequence[str], state: str = "queued") -> list[RecipientRow]:
    """The rows of a new letter: the addressee, then the copies; an address that is named twice gets it once."""
    return [
        RecipientRow(place=place, address=address, state=state)
        for place, address in enumerate(dict.fromkeys(addresses))
    ]


def has(session: Session, visit_id: int, purpose: str, recipient: str, revision: int) -> bool:
    """Whether that letter was ever queued."""
    return bool(
        session.scalar(
            select(
                exists().where(
                    LetterRow.visit_id == visit_id, LetterRow.purpose == purpose,
                    LetterRow.recipient == recipient, LetterRow.revision == revision,
                )
            )
        )
    )  # fmt: skip


def of_visit(session: Session, visit_id: int, *states: str) -> Sequence[LetterRow]:
    """A visit's letters in the order in which they were queued, of all states or of some."""
    query = select(LetterRow).where(LetterRow.visit_id == visit_id).order_by(LetterRow.id)
    return session.scalars(query.where(LetterRow.state.in_(states)) if states else query).all()


def newest_id(session: Session) -> int:
    """The id of the letter that was queued last, of whatever visit; 0 before the first."""
    return session.scalar(select(func.max(LetterRow.id))) or 0


def after(session: Session, letter_id: int) -> Sequence[LetterRow]:
    """The letters of all visits that were queued after that one, in their order."""
    return session.scalars(select(LetterRow).where(LetterRow.id > letter_id).order_by(LetterRow.id)).all()


def to_send(session: Session, visit_id: int) -> Sequence[LetterRow]:
    """A visit's letters of which a recipient waits, whatever became of the others; not those that are being sent."""
    free = LetterRow.sending_by.is_(None)
    query = select(LetterRow).where(LetterRow.visit_id == visit_id, free, _waits()).order_by(LetterRow.id)
    return session.scalars(query).all()


def counts(session: Session) -> dict[str, int]:
    """How many letters are in each state."""
    rows = session.execute(select(LetterRow.state, func.count()).group_by(LetterRow.state))
    return {state: number for state, number in rows}  # noqa: C416 - a result has keys(), so dict() misreads it


def refusals(session: Session, state: str) -> Sequence[str]:
    """What the server said to those who refused letters that are in that state now, each answer once."""
    query = select(RecipientRow.reply).join(LetterRow, LetterRow.id == RecipientRow.letter_id).distinct()
    return [
        reply or ""
        for reply in session.scalars(query.where(LetterRow.state == state, RecipientRow.state == LetterState.REFUSED))
    ]


def visits_over_with_letters(session: Session) -> Sequence[int]:
    """The visits that are over although a letter of theirs still waits to be sent."""
    query = select(LetterRow.visit_id).join(VisitRow, VisitRow.id == LetterRow.visit_id).distinct()
    left = (LetterRow.state == LetterState.SENDING) | _waits()
    return session.scalars(query.where(_IS_OPEN, VisitRow.closed_at.is_not(None), left)).all()


def stopped_with_letters(session: Session) -> Sequence[int]:
    """The visits that stand still although a letter about that waits, or go on without one that is put off."""
    query = select(LetterRow.visit_id).join(VisitRow, VisitRow.id == LetterRow.visit_id).distinct()
    still = VisitRow.trouble.is_not(None) & _waits()
    put_off = VisitRow.worker.is_(None) & _waits(RecipientRow.put_off_since.is_not(None))
    return session.scalars(query.where(_IS_OPEN, VisitRow.closed_at.is_(None), still | put_off)).all()


def withdraw(session: Session, visit_id: int, purpose: str) -> None:
    """Take back what has not gone out of that purpose: what it says is no longer so."""
    for letter in of_visit(session, visit_id, "queued", "uncertain"):
        if letter.purpose == purpose:
            take_back(session, letter.id)


def supersede(session: Session, visit_id: int, purpose: str, recipients: Collection[str], revision: int) -> None:
    """Take back what still waits to be handed to them of that purpose and an earlier revision: a newer one is there."""
    for letter in of_visit(session, visit_id, "by_hand"):
        if letter.purpose == purpose and letter.recipient in recipients and letter.revision < revision:
            move(session, _lock(session, letter.id), "by_hand", "withdrawn")


def withhold(session: Session, visit_id: int) -> list[LetterRow]:
    """Keep back for good what has not gone out of a visit: it is secret now. Returns those letters (A20, P3)."""
    kept = []
    for found in of_visit(session, visit_id, "queued", "held", "partly"):
        letter = _lock(session, found.id)
        if letter.sending_by is not None:
            continue
        moved = [one for state in ("queued", "held") for one in move(session, letter, state, "withheld")]
        if moved:
            kept.append(letter)
    return kept


def holds_up(letter: LetterRow) -> bool:
    """Whether its visit waits for it: not for an address that puts it off, unless it must arrive just there."""
    return any(
        recipient.state == LetterState.QUEUED
        and (recipient.put_off_since is None or (letter.must_arrive and not recipient.is_copy))
        for recipient in letter.recipients
    )


def held_up(session: Session, visit_id: int) -> list[LetterRow]:
    """The letters of an open visit that must arrive and are held here: until they are let go, the visit waits."""
    if session.scalar(select(VisitRow.state).where(VisitRow.id == visit_id)) != VisitState.OPEN:
        return []
    return [
        letter for letter in of_visit(session, visit_id, "held")
        if letter.must_arrive and letter.addressee.state == LetterState.HELD
    ]  # fmt: skip


def held_count(session: Session) -> int:
    """How many letters are held here."""
    return session.scalar(select(func.count()).where(LetterRow.state == LetterState.HELD)) or 0


def take(session: Session, letter_id: int, worker: str, addresses: Collection[str] | None = None) -> bool:
    """Claim a letter for those addresses, all that wait if none are named; False when somebody else has one of them.

    Commit before DATA: what is `sending` is what that DATA is for.
    """
    letter = _lock(session, letter_id)
    waiting = {recipient.address: recipient for recipient in letter.recipients if recipient.state == LetterState.QUEUED}
    wanted = set(waiting if addresses is None else addresses)
    if letter.sending_by is not None or not wanted or not wanted <= set(waiting):
        return False
    now = clock.now(session)
    for address in wanted:
        waiting[address].state, waiting[address].claimed_at = LetterState.SENDING, now
    letter.sending_by, letter.attempts = worker, letter.attempts + 1
    _sum_up(letter)
    return True


def settle(session: Session, letter_id: int, state: str, reply: str = "", worker: str = "") -> bool:
    """Store how DATA ended for those it was for: `sent`, `refused`, `held`, `uncertain`, or `queued` again.

    With `worker`, only while that one is its sender: False when others have taken the letter out of his hands.
    """
    letter = _lock(session, letter_id)
    if worker not in ("", letter.sending_by):
        return False
    sending = [recipient for recipient in letter.recipients if recipient.state == LetterState.SENDING]
    move(session, letter, "sending", state, reply)
    if sending:
        letter.reply, letter.sending_by = reply, None
    return bool(sending)


def refuse(session: Session, letter_id: int, replies: Mapping[str, str]) -> list[str]:
    """Store what the server said for good to addresses that still waited; returns those."""
    letter, now = _lock(session, letter_id), clock.now(session)
    refused = [
        recipient
        for recipient in letter.recipients
        if recipient.state == LetterState.QUEUED and recipient.address in replies
    ]
    for one in refused:
        one.state, one.reply, one.settled_at = LetterState.REFUSED, replies[one.address], now
        letter.reply = one.reply
    _sum_up(letter)
    return [one.address for one in refused]


def returned(session: Session, letter_id: int, replies: Mapping[str, str]) -> list[str]:
    """Store that a letter was given back for good by those who had taken it, or may have; returns those (0052).

    `replies` is by address, one line each. Whoever has not got it again after that has not got it: so the moment at
    which it went is open too where that is its addressee.
    """
    letter, now = _lock(session, letter_id), clock.now(session)
    gave_back = [
        recipient
        for recipient in letter.recipients
        if recipient.state in (LetterState.SENT, LetterState.UNCERTAIN) and recipient.address in replies
    ]
    for recipient in gave_back:
        recipient.state, recipient.reply = LetterState.REFUSED, replies[recipient.address]
        recipient.returned_at = recipient.settled_at = now
        letter.reply = recipient.reply
        if not recipient.is_copy:
            letter.sent_at = None
    _sum_up(letter)
    return [recipient.address for recipient in gave_back]


def put_off(session: Session, letter_id: int, replies: Mapping[str, str], give_up: timedelta) -> list[str]:
    """Store what the server said for now to addresses that still wait; returns those that count as refused by that.

    They do when they were put off for so long; only the addressee of a letter that must arrive is left to a person.
    """
    letter, now = _lock(session, letter_id), clock.now(session)
    for recipient in letter.recipients:
        if recipient.state == LetterState.QUEUED and recipient.address in replies:
            recipient.put_off_since, recipient.reply = recipient.put_off_since or now, replies[recipient.address]
            letter.reply, letter.failing_since = recipient.reply, letter.failing_since or now
    long_enough = {
        recipient.address: recipient.reply or ""
        for recipient in letter.recipients
        if recipient.address in replies and recipient.put_off_since and now - recipient.put_off_since >= give_up
        and (recipient.is_copy or not letter.must_arrive)
    }  # fmt: skip
    return refuse(session, letter_id, long_enough)


def put_back(session: Session, letter_id: int, reply: str, worker: str = "") -> bool:
    """A letter that surely did not go, because the server cannot be used now, waits again; False if it does not wait.

    With `worker`, one that somebody else is sending is left to him.
    """
    letter = _lock(session, letter_id)
    if letter.sending_by is not None and worker not in ("", letter.sending_by):
        return False
    move(session, letter, "sending", "queued", reply)
    if all(recipient.state != LetterState.QUEUED for recipient in letter.recipients):
        return False
    letter.sending_by, letter.reply = None, reply
    letter.failing_since = letter.failing_since or clock.now(session)
    return True


def move(session: Session, letter: LetterRow, before: str, after: str, reply: str | None = None) -> list[RecipientRow]:
    """Give all recipients in one state another one; returns them. The caller has locked the letter."""
    moved = [recipient for recipient in letter.recipients if recipient.state == before]
    now = clock.now(session) if moved else None
    for one in moved:
        one.state, one.reply = after, one.reply if reply is None else reply
        one.settled_at = None if after in ("queued", "sending") else now
        if after in ("queued", "sending"):
            one.returned_at = None
        else:
            one.put_off_since = None
    if after in ("sent", "on_paper") and moved:
        letter.sent_at = letter.sent_at or now
    _sum_up(letter)
    return moved


def take_back(session: Session, letter_id: int) -> None:
    """Take a letter back from those who have not got it, held, withheld or refused ones too.

    Nothing of it goes out any more, nor from hand to hand.
    """
    letter = _lock(session, letter_id)
    for state in ("queued", "refused", "held", "withheld", "by_hand"):
        move(session, letter, state, "withdrawn")


def locked(session: Session, letter_id: int) -> LetterRow | None:
    """The letter, for nobody else to change until the transaction ends; None if there is none."""
    return session.get(
        LetterRow, letter_id, with_for_update={"key_share": True}, populate_existing=True,
        options=[defer(LetterRow.raw)],
    )  # fmt: skip


def _lock(session: Session, letter_id: int) -> LetterRow:
    letter = locked(session, letter_id)
    assert letter is not None, "letters are never deleted"
    return letter


def _sum_up(letter: LetterRow) -> None:
    letter.state = letter_state(*(recipient.state for recipient in letter.recipients))
    if all(recipient.state != LetterState.QUEUED for recipient in letter.recipients):
        letter.failing_since = None


def _waits(*more: ColumnElement[bool]) -> Exists:
    return exists().where(RecipientRow.letter_id == LetterRow.id, RecipientRow.state == LetterState.QUEUED, *more)
