"""What somebody whom a secret visit does not concern still sees of it: that the plan has it (A20, P3, trap 22)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import plans
from database.models import VisitRow
from database.secrecy import marked_ids, marks_in, unmarked
from domain.plan import Contacts
from web.desk.access import SEES_EVERY_YEAR, Person, sees_findings_of
from web.standing.lines import Line, VisitLine
from web.standing.standing import Standing

_L = TypeVar("_L", bound=Line)


#: Whether a row is one that the reader must not see into.
Hidden = Callable[[VisitRow], bool]


def _nothing(_row: VisitRow) -> bool:
    return False


def hidden_from(person: Person, session: Session, year: int, contacts: Contacts) -> Hidden:
    """Says of each obligation of that year whether this person must not see into it; one query at most."""
    if sees_findings_of(person, contacts):
        return _nothing
    mark = marks_in(session, year)
    return _nothing if mark is unmarked else lambda row: bool(mark(row))


def hidden_ids(session: Session, year: int, hidden: Hidden) -> frozenset[int]:
    """The ids of all obligations of that year that are hidden; one query, none where nothing is."""
    if hidden is _nothing:
        return frozenset()
    of_a_row = (VisitRow.id, VisitRow.year, VisitRow.kind, VisitRow.month, VisitRow.unit)
    rows = session.execute(select(*of_a_row).where(VisitRow.year == year))
    return frozenset(row.id for row in rows if hidden(cast(VisitRow, row)))  # a mark asks for no other column


def hidden_of_all_years(person: Person, session: Session) -> frozenset[int]:
    """The obligations of all years that this person must not see into: nothing of them is found, told or counted."""
    if person.may(*SEES_EVERY_YEAR):
        return frozenset()
    marked = marked_ids(session)
    sees = {year: sees_findings_of(person, plans.read(session, year)[1]) for year in set(marked.values())}
    return frozenset(number for number, year in marked.items() if not sees[year])


def cover(line: _L) -> _L:
    """The line without what has happened: neither state, days nor steps, for whom it waits, how late it is."""
    nothing: dict[str, Any] = {
        "standing": Standing(()), "wait": None, "whom": "", "what": "", "since": None, "until": None, "closed_on": None,
        "run": "", "asked": "", "state": "", "covered": True,
    }  # fmt: skip
    if isinstance(line, VisitLine):
        nothing |= {"step": None, "steps": {}, "meetings": (), "stretches": ()}
    return replace(line, **nothing)
