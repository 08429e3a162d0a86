"""Finds what people's answers name: nominated organisations, guests, the symbols of the units' own letters."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.addresses import page_of
from database.models import VisitRow
from database.sought import SoughtRow
from web.search.found import Hit, Sought
from web.search.units import period


def find_names(session: Session, sort: str, sought: Sought, hidden: frozenset[int]) -> Iterator[Hit]:
    """Names of one sort, of the newest answers first; nothing of what this person must not see into."""
    query = select(SoughtRow.name, VisitRow).join(VisitRow, VisitRow.id == SoughtRow.visit_id)
    found = query.where(SoughtRow.sort == sort, sought.within(SoughtRow.key)).order_by(SoughtRow.id.desc())
    for name, row in session.execute(found.execution_options(yield_per=100)):
        if row.id not in hidden:
            yield Hit(name, page_of(row.obligation), period(row.kind, row.year, row.month))
