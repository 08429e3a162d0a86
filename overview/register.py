"""The register of document numbers as a clerk reads it: each number with its day, its document and its files (F22).

Whatever kind of document has a number stands in it: the lines come from the register, never from a list of kinds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer

from database import plans
from database.models import DocumentFileRow, DocumentRow, NumberRow, VisitRow
from database.numbers import Series
from domain.letters_and_documents import document_title
from domain.state import NumberState


@dataclass(frozen=True)
class SeriesLook:
    """One series at a glance."""

    series: Series
    counts: Mapping[str, int]  #: how many numbers are in each state
    gaps: int  #: numbers between the first and the last that nobody knows of
    last: int  #: the highest number that is known

    @property
    def numbers(self) -> int:
        """How many numbers are known."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class NumberLine:
    """One number; or several in a row that were left out."""

    symbol: str
    state: str  #: `reserved`, `used`, `cancelled`, `gap`
    by: str = ""
    at: datetime | None = None
    reason: str = ""
    until: str = ""  #: the last symbol of several that were left out
    day: date | None = None  #: of the document
    subject: str = ""  #: what the document is, and about whom
    kind: str = ""
    revision: int = 0
    forms: tuple[str, ...] = ()  #: the files that are kept: `docx`, `pdf`, `signed`
    visit: VisitRow | None = None  #: to what obligation the document belongs
    document_id: int = 0
    covered: bool = False  #: it bears a mark of secrecy, and the reader sees no more than that there is one


def every_series(session: Session) -> Sequence[SeriesLook]:
    """Every series that has a number, those of the newest term first; one query."""
    of_one = (NumberRow.organ_code, NumberRow.type_code, NumberRow.term)
    counted = (func.count(), func.min(NumberRow.number), func.max(NumberRow.number))
    found: dict[Series, dict[str, tuple[int, int, int]]] = {}
    for organ, kind, term, state, count, low, high in session.execute(
        select(*of_one, NumberRow.state, *counted).group_by(*of_one, NumberRow.state)
    ):
        found.setdefault(Series(organ, kind, term), {})[state] = (count, low, high)
    looks = [_looked_at(series, states) for series, states in found.items()]
    by_name = sorted(looks, key=lambda one: (one.series.organ_code, one.series.type_code))
    return sorted(by_name, key=lambda one: one.series.term, reverse=True)


def read_register(
    session: Session, series: Series, *, skipped: int = 0, at_most: int | None = None
) -> Sequence[NumberLine]:
    """The numbers of a series, the highest first, what was left out between them told as well.

    `skipped` and `at_most` count the numbers that are known. One query for the numbers, one for the files.
    """
    query = _known(series).offset(skipped)
    rows = session.execute(query.limit(at_most + 1) if at_most is not None else query).all()
    shown = rows if at_most is None else rows[:at_most]
    lines = _about(session, [_line(series, *row) for row in shown])
    known = [number.number for number, _document, _visit in rows]
    found: list[NumberLine] = []
    for place, line in enumerate(lines, start=1):
        found.append(line)
        if place < len(known):
            found += _left_out(series, known[place], known[place - 1])
    return found


def _known(series: Series) -> Select[NumberRow, DocumentRow, VisitRow]:
    query = select(NumberRow, DocumentRow, VisitRow).options(defer(DocumentRow.body))  # long, and not shown here
    query = query.outerjoin(DocumentRow, DocumentRow.id == NumberRow.document_id)
    query = query.outerjoin(VisitRow, VisitRow.id == DocumentRow.visit_id).where(
        NumberRow.organ_code == series.organ_code,
        NumberRow.type_code == series.type_code,
        NumberRow.term == series.term,
    )
    return query.order_by(NumberRow.number.desc())


def _looked_at(series: Series, states: dict[str, tuple[int, int, int]]) -> SeriesLook:
    counts = {state: count for state, (count, _low, _high) in states.items()}
    first, last = min(low for _count, low, _high in states.values()), max(high for *_rest, high in states.values())
    return SeriesLook(series, counts, last - first + 1 - sum(counts.values()), last)


def _line(series: Series, number: NumberRow, document: DocumentRow | None, visit: VisitRow | None) -> NumberLine:
    line = NumberLine(series.symbol(number.number), number.state, number.by, number.at, number.reason)
    if document is None or visit is None:
        return line
    title = document_title(document.kind)
    more = f", bản {document.revision}" if document.revision > 1 else ""
    if number.state == NumberState.CORRECTED:  # day and files are those of the number that holds
        return replace(line, visit=visit, subject=f"{title[:1].upper()}{title[1:]}{more}")
    return replace(
        line, day=document.issued_on, kind=document.kind, revision=document.revision, visit=visit,
        subject=f"{title[:1].upper()}{title[1:]}{more}", document_id=document.id,
    )  # fmt: skip


def _about(session: Session, lines: Sequence[NumberLine]) -> Iterator[NumberLine]:
    """The lines with the unit that each is about, and the files that are kept."""
    forms = _forms(session, [line.document_id for line in lines if line.document_id])
    years = {line.visit.year for line in lines if line.visit}
    known = {year: plans.read(session, year)[0] for year in years}
    for line in lines:
        visit = line.visit
        if visit is None:
            yield line
            continue
        unit = plans.called(known[visit.year], visit.unit)  # it may have left the plan since
        subject = f"{line.subject} · {visit.obligation.named(unit)}"
        yield replace(line, subject=subject, forms=forms.get(line.document_id, ()))


def _left_out(series: Series, below: int, above: int) -> Iterator[NumberLine]:
    if above - below > 1:
        first, last = series.symbol(below + 1), series.symbol(above - 1)
        yield NumberLine(first, NumberState.GAP, until=last if last != first else "")


def _forms(session: Session, documents: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Which files are kept of each document; their content stays where it is."""
    query = select(DocumentFileRow.document_id, DocumentFileRow.form).where(DocumentFileRow.document_id.in_(documents))
    found: dict[int, tuple[str, ...]] = {}
    for document, form in session.execute(query.order_by(DocumentFileRow.id)):
        found[document] = (*found.get(document, ()), form)
    return found
