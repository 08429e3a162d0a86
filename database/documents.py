"""Official documents: drafted by the machine, approved, numbered and issued by people (2.4, F22, F23)."""

import hashlib
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database import clock
from database.models import DocumentRow
from domain.plan import Plan
from domain.problem import Problem, Refused

#: Which type of document each kind is, and so which series its number comes from (2.5).
TYPE_CODES = {"selection_notice": "TB", "group_report": "BC", "result_notice": "TB"}


def latest(session: Session, visit_id: int, kind: str) -> DocumentRow | None:
    """The newest revision of a visit's document, or None."""
    query = select(DocumentRow).where(DocumentRow.visit_id == visit_id, DocumentRow.kind == kind)
    return session.scalars(query.order_by(DocumentRow.revision.desc())).first()


def latest_issued(session: Session, visit_id: int, kind: str) -> DocumentRow | None:
    """The newest revision of a visit's document that was issued, or None."""
    query = select(DocumentRow).where(DocumentRow.visit_id == visit_id, DocumentRow.kind == kind)
    return session.scalars(query.where(DocumentRow.state == "issued").order_by(DocumentRow.revision.desc())).first()


def of_visit(session: Session, visit_id: int) -> Sequence[DocumentRow]:
    """All documents of a visit in the order in which they were drafted."""
    return session.scalars(select(DocumentRow).where(DocumentRow.visit_id == visit_id).order_by(DocumentRow.id)).all()


def draft(
    session: Session, visit_id: int, kind: str, body: str, plan: Plan, changes: Sequence[str] = ()
) -> DocumentRow:
    """The draft of that body: the newest revision if it says the same, else a new one that supersedes it."""
    content_hash = hashlib.sha256(body.encode()).hexdigest()
    last = latest(session, visit_id, kind)
    if last and last.content_hash == content_hash:
        return last
    if last and last.state != "issued":
        last.state = "superseded"
    row = DocumentRow(
        visit_id=visit_id, kind=kind, revision=last.revision + 1 if last else 1, state="draft",
        content_hash=content_hash, body=body, changes=list(changes), drafted_at=clock.now(session),
        organ_code=plan.issuer.organ_code, type_code=TYPE_CODES[kind], term=plan.term,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def approve(session: Session, row: DocumentRow, by: str) -> None:
    """Approve exactly this revision; `Refused` if it is not a draft any more."""
    if row.state != "draft":
        raise Refused(Problem(row.kind, f"bản {row.revision} đang ở trạng thái {row.state}", "xem lại bản mới nhất"))
    row.state, row.approved_by, row.approved_at = "approved", by, clock.now(session)


def issue(session: Session, row: DocumentRow, number: int, issued_on: date, by: str) -> None:
    """Give the number and date; the number is unique per organ, type and term, not per year (F22)."""
    if row.state == "issued":
        raise Refused(Problem(row.kind, f"đã phát hành số {row.symbol}", "không phát hành lần hai"))
    if number < 1:
        raise Refused(Problem("số", f"{number} không phải số văn bản", "ghi số từ 1"))
    taken = Problem(
        "số",
        f"số {number:02d}-{row.type_code}/{row.organ_code} đã dùng trong nhiệm kỳ {row.term}",
        "lấy số khác",
    )
    try:
        # Inside, because a savepoint is only set after what changed before it has been written.
        with session.begin_nested():
            row.number, row.issued_on, row.issued_by, row.state = number, issued_on, by, "issued"
            session.flush()
    except IntegrityError:
        raise Refused(taken) from None
