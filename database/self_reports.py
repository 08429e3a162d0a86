"""Reads how the report of a unit that supervises itself stands, from its answers (R66–R69)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import answers, documents, stored, visits
from database.models import AnswerRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.decision import ReportReview
from domain.letters_and_documents import Purpose
from domain.obligation import Kind, Obligation
from domain.self_report import Reported, SelfReport
from domain.state import VisitState


def versions(session: Session, visit_id: int) -> Sequence[AnswerRow]:
    """Every version of a unit's report, oldest first."""
    query = select(AnswerRow).where(AnswerRow.visit_id == visit_id, AnswerRow.kind == AnswerKind.SELF_REPORT)
    return session.scalars(query.order_by(AnswerRow.version)).all()


def never_reported(row: VisitRow, *, came: bool) -> bool:
    """Whether that row is a unit's report that the year closed without; one done on paper before has only no file."""
    return row.kind == Kind.SELF_REPORT and row.state == VisitState.CLOSED and row.taken_up is None and not came


def reported(session: Session, visit_id: int) -> Reported:
    """How the report stands now."""
    sent = versions(session, visit_id)
    if not sent:
        return Reported()
    review = answers.latest(session, visit_id, AnswerKind.SELF_REPORT_REVIEW)
    judged = stored.value_of(review, ReportReview) if review and review.answers == sent[-1].version else None
    reports = [stored.value_of(one, SelfReport) for one in sent]
    return Reported(
        report=reports[-1],
        version=sent[-1].version,
        first_on=min(report.received_on for report in reports),
        accepted=judged is not None and judged.accepted,
        returned=judged.reason if judged and not judged.accepted else "",
    )


def summary_is_issued(session: Session, year: int) -> bool:
    """Whether the annual report has gone out: who has not reported by then is named in it for good."""
    row = visits.of(session, Obligation(Kind.SUMMARY, year))
    return row is not None and documents.latest_issued(session, row.id, Purpose.ANNUAL_REPORT) is not None


def expected(session: Session, year: int) -> Sequence[VisitRow]:
    """The rows of the units that have to report, in the plan's order; a host's report is not among them (A14)."""
    rows = visits.of_year(session, year, Kind.SELF_REPORT)
    return [row for row in rows if row.state != VisitState.FILED]
