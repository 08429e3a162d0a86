"""The record of who did what: a page of it by visit and person, in words for people."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from config.settings import settings
from database import audit
from database.models import AuditRow, VisitRow
from database.record.check import faults
from database.secrecy import marks_of
from domain.text import loose_key
from overview.said import detail_of, title_of, title_without_number
from web.desk.paging import Paging


@dataclass(frozen=True)
class Entry:
    """One line of the record."""

    row: AuditRow
    visit: str  #: the key of the visit it is about; empty if of none
    by_service: bool
    title: str
    detail: str
    covered: bool = False  #: the reader may not open what it is about


@dataclass(frozen=True)
class Record:
    """A page of the record, newest first."""

    entries: tuple[Entry, ...]
    who: str
    visit: str
    paging: Paging


def read_record(session: Session, who: str, visit: VisitRow | None, page: int, *, in_full: bool) -> Record:
    """The lines of that person and visit, both if given; of the person's name a part is enough, without its marks.

    `in_full` with what may tell findings, and with the details of what bears a mark of secrecy.
    """
    conditions: list[ColumnElement[bool]] = [AuditRow.who.in_(_called(session, who))] if who else []
    if visit is not None:
        conditions.append(AuditRow.visit_id == visit.id)
    total = session.scalar(select(func.count()).select_from(AuditRow).where(*conditions)) or 0
    paging = Paging(page, total)
    query = select(AuditRow, VisitRow).outerjoin(VisitRow, VisitRow.id == AuditRow.visit_id).where(*conditions)
    page_of = query.order_by(AuditRow.id.desc()).offset(paging.skipped).limit(paging.per_page)
    rows = [(row, about) for row, about in session.execute(page_of)]
    marks = {} if in_full else marks_of(session, [about for _row, about in rows if about])
    entries = tuple(
        Entry(
            row, about.key, row.who == audit.SYSTEM, title_without_number(row.what, row.details), "", covered=True,
        )
        if about and marks.get(about.id)
        else Entry(
            row, about.key if about else "", row.who == audit.SYSTEM,
            title_of(row.what, row.details), detail_of(row.details, in_full=in_full),
        )
        for row, about in rows
    )  # fmt: skip
    return Record(entries, who, visit.key if visit else "", paging)


def _called(session: Session, who: str) -> Sequence[str]:
    """Everybody in the record whose name has that in it, by the same rule on every database: they are few."""
    names = session.scalars(select(AuditRow.who).distinct())
    return [name for name in names if loose_key(who) in loose_key(name)]


def faults_of(session: Session, at_most: int = 5) -> Sequence[str]:
    """The first places at which the record is not what was written, without a look at each row; none if it is whole."""
    found = []
    for problem in faults(session, settings(), with_rows=False):
        if problem.warning:
            continue
        found.append(f"{problem.place}: {problem.fault}")
        if len(found) == at_most:
            break
    return found
