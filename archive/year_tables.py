"""A plan year as plain tables, for Excel and for programs: every obligation, recommendation, document and letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import stored
from database.models import DocumentRow, LetterRow, VisitRow
from database.secrecy import marks_of, subject_shown
from database.self_reports import never_reported
from domain import words
from domain.answer_kind import AnswerKind
from domain.decision import Choice, ReportReview
from domain.letters_and_documents import document_title, purpose_called
from domain.obligation import Kind
from domain.role import role_called
from domain.self_report import NEVER_REPORTED
from domain.state import VisitState
from papers.annual import summarise
from papers.year_records import OwnReport, Round, YearRecords, read_year

#: What a cell can hold; a day stays a day, so that Excel can sort and filter by it (P14, P19).
Value = str | int | date | None
Row = TypeVar("Row", DocumentRow, LetterRow)


@dataclass(frozen=True)
class Table:
    """One table: the name of its file, its title as a sheet, its headings, its rows in the order of the year."""

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def tables_of(session: Session, year: int) -> tuple[Table, ...]:
    """The whole year from its records; `Refused` when no plan was loaded for it. What is not there stays empty."""
    records = read_year(session, year)
    return (
        _visits(records), _reports(records), _recommendations(session, year), _documents(session, year),
        _letters(session, year),
    )  # fmt: skip


def _visits(records: YearRecords) -> Table:
    headings = (
        "Mã", "Tháng", "Đơn vị", "Tình trạng", "Đang chờ", "Chờ ai", "Ngày mở", "Ngày nhận danh sách", "Bản danh sách",
        "Số buổi giới thiệu", "Danh sách trễ", "Lý do chấp nhận", "Nơi dự", "Ngày dự", "Chi bộ chuyên đề",
        "Lý do ngoại lệ", "Hạn chế", "Kiến nghị", "Kiến nghị đã thực hiện", "Số thông báo kết quả",
        "Ngày phát hành", "Ngày kết thúc", "Làm trước",
    )  # fmt: skip
    return Table("chuyen", "Đợt", headings, tuple(_visit(one) for one in records.rounds))


def _visit(one: Round) -> tuple[Value, ...]:
    row, dossier, findings = one.visit, one.dossier, one.findings
    listed, choice, listing = (
        dossier.nominations,
        dossier.said(Choice),
        dossier.answer(AnswerKind.NOMINATIONS),
    )
    chosen = one.attended if one.on_paper else dossier.chosen
    days = [meeting.day for meeting in chosen if meeting.day]
    return (
        row.key, row.month, dossier.unit.name, *_standing(row), row.opens_on,
        listed.received_on if listed else None, listing.version if listing else None,
        len(listed.meetings) if listed else None, _yes(one.late) if listed else None,
        dossier.accepted_because if dossier.acceptance else None,
        "; ".join(meeting.organisation for meeting in chosen) or None,
        min(days, default=None),
        sum(meeting.is_thematic_cell for meeting in chosen) if chosen else None,
        choice.override or None if choice else None,
        len(findings.limitations) if findings else None, len(findings.recommendations) if findings else None,
        sum(not followed.open for followed in one.followed) if findings else None,
        one.notice.symbol if one.notice else None, one.notice.issued_on if one.notice else None,
        row.closed_at.date() if row.closed_at else None, one.before or None,
    )  # fmt: skip


def _standing(row: VisitRow) -> tuple[Value, Value, Value]:
    """The state, and while it is open what it waits for and whom."""
    state = words.VISITS.get(row.state, row.state)
    if row.state != VisitState.OPEN:
        return state, None, None
    return state, row.waiting_state, role_called(row.waiting_for)


def _reports(records: YearRecords) -> Table:
    headings = (
        "Mã", "Đơn vị", "Tình trạng", "Đang chờ", "Chờ ai", "Hạn", "Ngày nhận", "Trễ hạn", "Bản", "Số lần trả lại",
        "Được tính", "Đảng ủy đã dự", "Chi bộ đã dự", "Chi bộ chuyên đề",
    )  # fmt: skip
    every = [*((report, True) for report in records.reports), *((one, False) for one in records.filed)]
    return Table("bao-cao", "Báo cáo đơn vị", headings, tuple(_report(records, one, owed) for one, owed in every))


def _report(records: YearRecords, one: OwnReport, owed: bool) -> tuple[Value, ...]:
    due, state = records.plan.self_supervising.due, one.state
    told = state.report
    never = never_reported(one.row, came=told is not None)
    standing = (NEVER_REPORTED, None, None) if never else _standing(one.row)
    return (
        one.row.key, records.plan.unit(one.row.unit).name, *standing, due if owed else None, state.first_on,
        _yes(state.late(due)) if told and owed else None, state.version or None,
        sum(not stored.value_of(review, ReportReview).accepted for review in one.reviews), _yes(owed and state.counts),
        told.committees if told else None, told.cells if told else None, told.thematic_cells if told else None,
    )  # fmt: skip


def _recommendations(session: Session, year: int) -> Table:
    headings = ("Tháng", "Đơn vị", "Kiến nghị", "Người thực hiện", "Hạn", "Ngày báo cáo thực hiện")
    lines = summarise(session, year).recommendations
    rows = tuple((line.month, line.unit, line.text, line.owner, line.due, line.done_on) for line in lines)
    return Table("kien-nghi", "Kiến nghị", headings, rows)


def _documents(session: Session, year: int) -> Table:
    headings = (
        "Mã", "Văn bản", "Bản", "Tình trạng", "Số ký hiệu", "Ngày phát hành", "Người phát hành", "Người duyệt",
        "Mức mật", "Mã nội dung",
    )  # fmt: skip
    rows = tuple(
        (
            visit.key, document_title(row.kind), row.revision, words.DOCUMENTS[row.state],
            row.symbol or None, row.issued_on, row.issued_by, row.approved_by, row.secrecy, row.content_hash,
        )
        for visit, row in _with_visit(session, year, DocumentRow)
    )  # fmt: skip
    return Table("van-ban", "Văn bản", headings, rows)


def _letters(session: Session, year: int) -> Table:
    headings = ("Mã", "Thư", "Người nhận", "Địa chỉ", "Trích yếu", "Tình trạng", "Ngày gửi", "Message-ID")
    found = list(_with_visit(session, year, LetterRow))
    marks = marks_of(session, [visit for visit, _row in found])
    rows = tuple(
        (
            visit.key, purpose_called(row.purpose), row.recipient, ", ".join(row.addresses),
            subject_shown(row, marks[visit.id]), row.called,
            row.sent_at.date() if row.sent_at else None, row.message_id,
        )
        for visit, row in found
    )  # fmt: skip
    return Table("thu", "Thư", headings, rows)


def _with_visit(session: Session, year: int, table: type[Row]) -> Iterator[tuple[VisitRow, Row]]:
    query = select(VisitRow, table).join(table, table.visit_id == VisitRow.id).where(VisitRow.year == year)
    order: Sequence[Kind] = tuple(Kind)
    found = [(visit, row) for visit, row in session.execute(query.order_by(VisitRow.month, VisitRow.id, table.id))]
    yield from sorted(found, key=lambda pair: order.index(Kind(pair[0].kind)))


def _yes(true: bool) -> str:
    return "có" if true else "không"
