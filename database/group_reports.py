"""The number of a working group's report, a paper of the group, which counts its reports of a year (R73, D9)."""

from sqlalchemy import func, select
from sqlalchemy.orm import object_session

from database.models import DocumentRow, VisitRow

#: How the group signs its papers: it has no series in the office's register (F22).
SERIES = "BC/TCT"


def symbol_of(row: DocumentRow) -> str:
    """`03-BC/TCT`: the report of the third visit of that year of which one was drawn up; a later revision keeps it."""
    session = object_session(row)
    assert session is not None, "a row is looked at while its transaction is open"
    year = select(VisitRow.year).where(VisitRow.id == row.visit_id).scalar_subquery()
    first = (
        select(DocumentRow.visit_id, func.min(DocumentRow.id).label("id"))
        .join(VisitRow, VisitRow.id == DocumentRow.visit_id)
        .where(DocumentRow.kind == row.kind, VisitRow.year == year)
        .group_by(DocumentRow.visit_id)
        .subquery()
    )
    own = select(first.c.id).where(first.c.visit_id == row.visit_id).scalar_subquery()
    number = session.scalar(select(func.count()).select_from(first).where(first.c.id <= own))
    return f"{number:02d}-{SERIES}"
