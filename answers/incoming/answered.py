"""A message from which an answer is taken: kept from others, settled with the answer, and never taken twice (R62)."""

from sqlalchemy.orm import Session

from answers.incoming.storing import keep_named_only
from database import audit, incoming
from database.incoming import IncomingRow
from database.models import VisitRow
from domain.dates import short_date
from domain.incoming import MailState, MatchedBy
from domain.problem import Overtaken, Problem, Refused


def held(session: Session, incoming_id: int | None) -> IncomingRow | None:
    """That message, for nobody else to change; None where the answer comes from none.

    `Refused` for a message that is not there, `Overtaken` for one that waits for nobody any more.
    """
    if incoming_id is None:
        return None
    row = incoming.find(session, incoming_id, lock=True)
    if row is None:
        raise Refused(Problem(f"thư đến số {incoming_id}", "không có thư này", "mở lại trang Thư đến"))
    refuse_settled(row)
    return row


def refuse_settled(row: IncomingRow) -> None:
    """`Overtaken` with who has dealt with the message, and when."""
    if row.state in (MailState.DONE, MailState.ASIDE) and row.settled_at is not None:
        when = f"{row.settled_at:%H:%M} {short_date(row.settled_at)}"
        done = "đã để riêng thư này" if row.state == MailState.ASIDE else "đã xử lý thư này"
        raise Overtaken(Problem("", f"{row.settled_by} {done} lúc {when} ({row.outcome})", "xem lại trang Thư đến"))


def refuse_other_unit(session: Session, row: IncomingRow, visit: VisitRow) -> None:
    """A message that was assigned to another unit or year is no answer of this one."""
    of = session.get(VisitRow, row.visit_id) if row.visit_id else None
    if of is None or (of.year, of.unit) != (visit.year, visit.unit):
        raise Refused(Problem(f"thư đến số {row.id}", "không được xếp vào đợt này", "xếp lại ở trang Thư đến"))


def answered(session: Session, row: IncomingRow, visit: VisitRow, what: str, by: str) -> None:
    """The message has become an answer about that visit."""
    if row.visit_id != visit.id:  # the letter was about the visit, the answer belongs to its follow-up
        incoming.assign(row, visit.id, row.letter_id, MatchedBy(row.matched_by))
    keep_named_only(session, row, visit)
    incoming.settle(session, row, MailState.DONE, f"{what} từ thư này", by)
    audit.note(
        session, by, f"xử lý thư đến: {what}", visit.id, source="mail", message=row.id, sender=row.sender,
        came_on=short_date(row.received_at),
    )  # fmt: skip
