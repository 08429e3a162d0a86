"""Whether what is known of a visit is secret: the one place that decides (A20, P3, trap 22).

A mark belongs to information. Whatever is made from the facts of a document that bears one bears it too: each letter,
invitation and link of that visit, the reminders of its recommendations, the annual report that counts it. What an
office says of restricted units belongs to everything that is known of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from config.settings import settings
from database import plans
from database.models import DocumentRow, LetterRow, VisitRow
from domain.letters_and_documents import purpose_called
from domain.obligation import Kind
from domain.secrecy import highest


def mark_of(session: Session, visit: VisitRow) -> str:
    """The highest mark of any document, in whatever revision, from whose facts this is made; empty where there is none.

    A follow-up is made from its visit's facts, the summary from those of its whole year. A restricted unit's own mark
    counts with them, where the office has set one.
    """
    # All that it can be made from is of the same month and unit: one look by an index, at every letter and wake-up.
    about = () if visit.kind == Kind.SUMMARY else _of_the_same(visit)
    return _marks(session, visit.year, *about)(visit)


def _of_the_same(visit: VisitRow) -> tuple[ColumnElement[bool], ...]:
    return VisitRow.kind.in_(list(Kind)), VisitRow.month == visit.month, VisitRow.unit == visit.unit


def marks_of(session: Session, wanted: Iterable[VisitRow]) -> Mapping[int, str]:
    """The same for several at once, by their ids; one query for each year."""
    of_year = {visit.id: visit for visit in wanted}.values()
    marks = {year: marks_in(session, year) for year in {visit.year for visit in of_year}}
    return {visit.id: marks[visit.year](visit) for visit in of_year}


def subject_shown(letter: LetterRow, mark: str) -> str:
    """Its subject in lists that go to everybody; of a visit with a mark only what kind of letter it is (A20, P3)."""
    return purpose_called(letter.purpose) if mark else letter.subject


def marks_in(session: Session, year: int) -> Callable[[VisitRow], str]:
    """Asks once for a whole year, and gives the mark of any of its obligations; `unmarked` where none has one."""
    return _marks(session, year)


def _marks(session: Session, year: int, *which: ColumnElement[bool]) -> Callable[[VisitRow], str]:
    marks, restricted = _marks_of_documents(session, year, *which), _restricted_units(session, year)
    if not marks and not restricted:
        return unmarked

    def mark(visit: VisitRow) -> str:
        of_it = [found for bearer, found in marks if _is_made_from(visit, bearer)]
        own = _is_of(visit, restricted)
        return highest([*of_it, settings().restricted_mark if own else None])

    return mark


def unmarked(_visit: VisitRow) -> str:
    """The mark of whatever belongs to a year in which nothing bears one."""
    return ""


def marked_ids(session: Session) -> Mapping[int, int]:
    """Every obligation of any year that bears a mark, with its year: in two queries, for lists that know no year."""
    where = (VisitRow.year, VisitRow.kind, VisitRow.month, VisitRow.unit)
    query = select(*where).join(DocumentRow, DocumentRow.visit_id == VisitRow.id).where(DocumentRow.secrecy > "")
    bearers: dict[int, list[_Bearer]] = {}
    for year, kind, month, unit in session.execute(query.distinct()):
        bearers.setdefault(year, []).append(_Bearer(kind, month, unit))
    restricted = {year: _restricted_units(session, year) for year in plans.years(session)} if _marks_units() else {}
    years = {*bearers, *(year for year, units in restricted.items() if units)}
    if not years:
        return {}
    rows = session.scalars(select(VisitRow).where(VisitRow.year.in_(years)))
    return {
        row.id: row.year for row in rows
        if any(_is_made_from(row, one) for one in bearers.get(row.year, ()))
        or _is_of(row, restricted.get(row.year, frozenset()))
    }  # fmt: skip


@dataclass(frozen=True)
class _Bearer:
    """The obligation to which a marked document belongs."""

    kind: str
    month: int
    unit: str


def _marks_of_documents(session: Session, year: int, *which: ColumnElement[bool]) -> list[tuple[_Bearer, str]]:
    bearer = (VisitRow.kind, VisitRow.month, VisitRow.unit)
    query = select(*bearer, DocumentRow.secrecy).join(VisitRow, VisitRow.id == DocumentRow.visit_id)
    rows = session.execute(query.where(VisitRow.year == year, *which, DocumentRow.secrecy > "").distinct())
    return [(_Bearer(kind, month, unit), mark) for kind, month, unit, mark in rows if mark]


def _is_made_from(visit: VisitRow, bearer: _Bearer) -> bool:
    """Whether facts of that obligation's documents stand in what is made for this one."""
    if visit.kind == Kind.SUMMARY:
        return True
    follows = visit.kind == Kind.FOLLOW_UP and bearer.kind == Kind.VISIT
    return (follows or visit.kind == bearer.kind) and (visit.month, visit.unit) == (bearer.month, bearer.unit)


def _marks_units() -> bool:
    return bool(settings().restricted_mark)


def _is_of(visit: VisitRow, restricted: frozenset[str]) -> bool:
    """Whether it speaks of one of these units; the summary speaks of all."""
    return visit.unit in restricted or (visit.kind == Kind.SUMMARY and bool(restricted))


def _restricted_units(session: Session, year: int) -> frozenset[str]:
    """The units to whatever is known of which the office gives a mark; none where it has set none (A20)."""
    if not _marks_units():
        return frozenset()
    plan, _contacts = plans.read(session, year)
    return frozenset(unit.code for unit in plan.units if unit.restricted)
