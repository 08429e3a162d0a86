"""The outbox: every letter once, and at any moment the truth about how far it has come (design §5)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from database import clock
from database.models import LetterRow, VisitRow

#: States from which nothing more happens by itself.
SETTLED = ("sent", "refused", "held", "withheld", "withdrawn")


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


def counts(session: Session) -> dict[str, int]:
    """How many letters are in each state."""
    rows = session.execute(select(LetterRow.state, func.count()).group_by(LetterRow.state))
    return {state: number for state, number in rows}  # noqa: C416 - a result has keys(), so dict() misreads it


def visits_over_with_letters(session: Session) -> Sequence[int]:
    """The visits that are over although a letter of theirs still waits to be sent."""
    query = select(LetterRow.visit_id).join(VisitRow, VisitRow.id == LetterRow.visit_id).distinct()
    over = VisitRow.closed_at.is_not(None)
    return session.scalars(query.where(over, LetterRow.state.in_(("queued", "sending")))).all()


def stopped_with_letters(session: Session) -> Sequence[int]:
    """The visits that stand still although a letter about that waits to be sent."""
    query = select(LetterRow.visit_id).join(VisitRow, VisitRow.id == LetterRow.visit_id).distinct()
    still = VisitRow.trouble.is_not(None) & VisitRow.closed_at.is_(None)
    return session.scalars(query.where(still, LetterRow.state == "queued")).all()


def withdraw(session: Session, visit_id: int, purpose: str) -> None:
    """Take back what has not gone out of that purpose: what it says is no longer so."""
    query = update(LetterRow).where(LetterRow.visit_id == visit_id, LetterRow.purpose == purpose)
    session.execute(query.where(LetterRow.state == "queued").values(state="withdrawn"))


def take(session: Session, letter_id: int, worker: str) -> bool:
    """Claim a queued letter for sending; False when somebody else has it. Commit before DATA."""
    return _move(session, letter_id, "queued", "sending", sending_by=worker, attempts=LetterRow.attempts + 1)


def settle(session: Session, letter_id: int, state: str, reply: str = "") -> bool:
    """Store how a sending ended: `sent`, `refused`, `held` or `uncertain`."""
    changes: dict[str, object] = {"reply": reply, "failing_since": None, "sending_by": None}
    if state == "sent":
        changes["sent_at"] = clock.now(session)
    return _move(session, letter_id, "sending", state, **changes)


def put_back(session: Session, letter_id: int, reply: str) -> datetime:
    """A letter that surely did not go is queued again. Returns since when it fails."""
    row = session.get_one(LetterRow, letter_id)
    since = row.failing_since or clock.now(session)
    row.state, row.sending_by, row.reply, row.failing_since = "queued", None, reply, since
    return since


def _move(session: Session, letter_id: int, before: str, after: str, **changes: object) -> bool:
    result = session.execute(
        update(LetterRow)
        .where(LetterRow.id == letter_id, LetterRow.state == before)
        .values(state=after, **changes)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
