"""The year in figures as a page: each figure with the records that it counts, and where each of them is shown (D14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.addresses import page_of
from database import plans
from database.models import AnswerRow, DocumentRow, VisitRow
from domain import words
from domain.annual import AnnualSummary
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.figures import Figure, Record
from domain.item_lines import ItemLine
from domain.letters_and_documents import document_title
from papers.annual import summarise


@dataclass(frozen=True)
class Shown:
    """One record behind a figure."""

    count: int
    said: str  #: `Nhơn Trạch, tháng 02/2024: danh sách, bản 1, ngày 26/01/2024`
    url: str


@dataclass(frozen=True)
class Number:
    """One figure of the report with all that is behind it."""

    figure: Figure
    records: tuple[Shown, ...]


@dataclass(frozen=True)
class Bar:
    """How often the items of a group were found how, and where each part of its bar begins, in per cent."""

    group: ItemLine
    parts: tuple[tuple[str, float, float], ...]  #: class, from, width


@dataclass(frozen=True)
class SummaryView:
    """Everything the page shows."""

    year: int
    summary: AnnualSummary
    numbers: tuple[Number, ...]
    items: tuple[Number, ...]  #: each checklist item by what was found, where anything was
    bars: tuple[Bar, ...]


def read_summary(session: Session, year: int) -> SummaryView:
    """The year from its records; the number of queries does not depend on how many there are behind a figure."""
    summary = summarise(session, year)
    known = _rows_behind(session, summary.figures)
    names = {unit.code: unit.short_name for unit in plans.read(session, year)[0].units}
    codes = {item.code for item in summary.items}
    numbers: list[Number] = []
    items: list[Number] = []
    for one in summary.figures:
        opened = Number(one, tuple(_shown(record, known, names) for record in one.records))
        (items if one.key.partition(" ")[0] in codes else numbers).append(opened)
    return SummaryView(year, summary, tuple(numbers), tuple(items), tuple(_bar(group) for group in summary.groups))


_Known = Mapping[tuple[str, int], tuple[VisitRow, str]]


def _rows_behind(session: Session, figures: Iterable[Figure]) -> _Known:
    """Each record's visit, and what the record is in words."""
    ids: dict[str, set[int]] = {"visit": set(), "answer": set(), "document": set()}
    for figure in figures:
        for record in figure.records:
            ids[record.table].add(record.id)
    known: dict[tuple[str, int], tuple[VisitRow, str]] = {}
    for visit in session.scalars(select(VisitRow).where(VisitRow.id.in_(ids["visit"]))):
        known["visit", visit.id] = visit, words.VISITS.get(visit.state, visit.state)
    answers = select(AnswerRow, VisitRow).join(VisitRow, VisitRow.id == AnswerRow.visit_id)
    for answer, visit in session.execute(answers.where(AnswerRow.id.in_(ids["answer"]))):
        what = AnswerKind(answer.kind).called
        known["answer", answer.id] = visit, f"{what}, bản {answer.version}, ngày {short_date(answer.given_at)}"
    papers = select(DocumentRow, VisitRow).join(VisitRow, VisitRow.id == DocumentRow.visit_id)
    for paper, visit in session.execute(papers.where(DocumentRow.id.in_(ids["document"]))):
        known["document", paper.id] = visit, f"{document_title(paper.kind).lower()} số {paper.symbol}"
    return known


def _shown(record: Record, known: _Known, names: Mapping[str, str]) -> Shown:
    visit, what = known[record.table, record.id]
    told = f"{visit.obligation.named(names.get(visit.unit, visit.unit))}: {what}"
    return Shown(record.count, told, page_of(visit.obligation))


def _bar(group: ItemLine) -> Bar:
    counts = {
        "met": group.met, "partly": group.partly_met, "not-met": group.not_met,
        "other": group.not_applicable + group.not_examined,
    }  # fmt: skip
    total, begun, parts = sum(counts.values()), 0.0, []
    for name, count in counts.items():
        if count:
            width = 100 * count / total
            parts.append((name, round(begun, 2), round(width, 2)))
            begun += width
    return Bar(group, tuple(parts))
