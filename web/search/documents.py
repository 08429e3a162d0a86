"""Finds the office's documents by number, symbol or what they are called, and numbers that no document bears."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, load_only

from config.addresses import page_of
from database import plans
from database.models import DocumentRow, NumberRow, VisitRow
from domain import words
from domain.dates import short_date
from domain.letters_and_documents import BY_NAME, OPEN, document_title
from domain.obligation import Kind
from domain.role import Role
from domain.state import DocumentState
from domain.text import loose_key
from web.desk.access import SEES_EVERY_YEAR, Person, sees_findings_of
from web.search.found import Hit, Sought
from web.search.units import period

_SYMBOL = re.compile(r"(?:so )?0*(\d{1,9})(?:\s*-\s*([a-z]+)(?:\s*/\s*([a-z0-9]+))?)?")


@dataclass(frozen=True)
class _Symbol:
    """A number, with the letters behind it as far as they were typed, without marks and case."""

    number: int
    type_code: str
    organ_code: str

    def is_of(self, type_code: str, organ_code: str) -> bool:
        """Whether these letters begin so."""
        return loose_key(type_code).startswith(self.type_code) and loose_key(organ_code).startswith(self.organ_code)


def find_documents(session: Session, sought: Sought, person: Person, hidden: frozenset[int]) -> Iterator[Hit]:
    """Documents that this person may open, the newest first; drafts only by what they are called."""
    symbol = _symbol_in(sought)
    kinds = [kind for kind in BY_NAME.values() if sought.is_in(loose_key(f"{document_title(kind)} {kind.called}"))]
    which: list[ColumnElement[bool]] = [DocumentRow.kind.in_(kinds)] if kinds else []
    which += [DocumentRow.number == symbol.number] if symbol else []
    if not which:
        return
    query = select(DocumentRow, VisitRow).join(VisitRow, VisitRow.id == DocumentRow.visit_id)
    query = query.options(load_only(*_TOLD)).where(or_(*which), _open_to(session, person))
    gone = DocumentRow.state.in_((DocumentState.SUPERSEDED, DocumentState.RETURNED))
    rows = session.execute(query.where(~gone).order_by(DocumentRow.id.desc()).execution_options(yield_per=100))
    for row, visit in rows:
        right = row.kind in kinds or (symbol is not None and symbol.is_of(row.type_code, row.organ_code))
        if right and visit.id not in hidden:
            yield _hit(row, visit)


def find_numbers(session: Session, sought: Sought, person: Person) -> Iterator[Hit]:
    """Numbers of the register that are kept free or were cancelled: for whoever keeps or reads the register."""
    symbol = _symbol_in(sought)
    if symbol is None or not person.may(*SEES_EVERY_YEAR):
        return
    query = select(NumberRow).where(NumberRow.number == symbol.number, NumberRow.document_id.is_(None))
    for row in session.scalars(query.order_by(NumberRow.id.desc())):
        if symbol.is_of(row.type_code, row.organ_code):
            became = words.NUMBERS.get(row.state, row.state)
            reason = f": {row.reason}" if row.reason else ""
            yield Hit(f"Số {row.number:02d}-{row.type_code}/{row.organ_code}", "", f"{became}{reason}")


#: All of a document but its text, which is long.
_TOLD = (
    DocumentRow.kind, DocumentRow.state, DocumentRow.number, DocumentRow.type_code, DocumentRow.organ_code,
    DocumentRow.issued_on, DocumentRow.visit_id, DocumentRow.revision,
)  # fmt: skip


def _symbol_in(sought: Sought) -> _Symbol | None:
    found = _SYMBOL.fullmatch(" ".join(sought.words))
    return _Symbol(int(found[1]), found[2] or "", found[3] or "") if found else None


def _open_to(session: Session, person: Person) -> ColumnElement[bool]:
    """What a person may read of documents: what tells findings is for those whom those of that year concern."""
    everyone = DocumentRow.kind.in_(OPEN)
    visits = VisitRow.kind != Kind.SUMMARY  # the page of the summary is the office's
    if person.may(*SEES_EVERY_YEAR):
        return DocumentRow.id.is_not(None)
    if not person.may(Role.INSPECTOR):
        return everyone
    own = [year for year in plans.years(session) if sees_findings_of(person, plans.read(session, year)[1])]
    return or_(everyone, and_(VisitRow.year.in_(own), visits))


def _hit(row: DocumentRow, visit: VisitRow) -> Hit:
    title = document_title(row.kind)
    about = period(visit.kind, visit.year, visit.month)
    if not row.symbol:
        return Hit(title, page_of(visit.obligation), f"{about} · {words.DOCUMENTS.get(row.state, row.state)}")
    day = f" · {short_date(row.issued_on)}" if row.issued_on else ""
    return Hit(f"{title} số {row.symbol}", page_of(visit.obligation), f"{about}{day}")
