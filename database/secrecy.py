"""Whether what is known of a visit is secret: the one place that decides (A20, P3, trap 22).

A mark belongs to information. Whatever is made from the facts of a document that bears one bears it too: each letter,
invitation and link of that visit, the reminders of its recommendations, the annual report that counts it.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.models import DocumentRow, VisitRow
from domain.obligation import Kind
from domain.secrecy import highest


def mark_of(session: Session, visit: VisitRow) -> str:
    """The highest mark of any document, in whatever revision, from whose facts this is made; empty where there is none.

    A follow-up is made from its visit's facts, the summary from those of its whole year.
    """
    of_this = VisitRow.id == visit.id
    if visit.kind == Kind.FOLLOW_UP:
        of_this |= (VisitRow.year == visit.year) & (VisitRow.month == visit.month) & (VisitRow.unit == visit.unit)
    elif visit.kind == Kind.SUMMARY:
        of_this |= VisitRow.year == visit.year
    marks = select(DocumentRow.secrecy).join(VisitRow, VisitRow.id == DocumentRow.visit_id)
    return highest(session.scalars(marks.where(of_this, DocumentRow.secrecy.is_not(None))))
