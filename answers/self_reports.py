"""A unit's report: received by whatever way, accepted, or sent back with a reason (R66–R69, D13, A14)."""

from collections.abc import Iterator
from dataclasses import dataclass

from answers.answering import Giver, refuse_if, taking
from answers.seen import REVIEWING
from answers.seen import seen as seen_by
from config.settings import settings
from database import answers, audit, clock, plans, self_reports, visits
from database.dossier import Dossier
from database.engine import again_if_undone, reading, writing
from database.models import VisitRow
from domain.answer_kind import AnswerKind
from domain.decision import ReportReview
from domain.obligation import Kind, parse_reference
from domain.problem import Problem, Refused
from domain.self_report import SelfReport, check_self_report
from domain.state import VisitState
from domain.text import clean
from letters.one_line import one_line
from scans.office_file import check_office_file
from scans.pdf_check import MOST_MB, check_report_pdf


@dataclass(frozen=True)
class ReportFile:
    """The report as a file, kept as it came."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Receipt:
    """What was taken, in the words of the rules."""

    version: int
    late: bool
    counted: bool  #: a host's report is filed and not counted (A14)
    warnings: tuple[Problem, ...] = ()


@again_if_undone
def receive(
    reference: str, report: SelfReport, giver: Giver, *, file: ReportFile | None = None, seen: int | None = None
) -> Receipt:
    """Take a unit's report as the next version: by an officer, from a file, or from the form behind a link.

    It may come before it is asked for, and again until it is accepted. One that comes after the annual report went out
    is kept and changes nothing. `seen` is the version that the sender had before his eyes.
    """
    _make_place_for_host(reference, giver)
    seen_in_file = list(check_file(file)) if file else []  # before the transaction: others wait while it is open
    with taking(reference, giver, "nhận báo cáo tự dự, giám sát", "planned", "open", "closed", "filed") as dossier:
        _refuse_other_kinds(dossier)
        if self_reports.reported(dossier.session, dossier.visit.id).accepted:
            raise Refused(Problem(dossier.visit.key, "báo cáo đã được tiếp nhận", "muốn thay thì trả lại trước"))
        told = check_self_report(report, dossier.today, dossier.plan.checklist)
        warnings = refuse_if(told + seen_in_file)
        row = answers.record(
            dossier.session,
            dossier.visit.id,
            AnswerKind.SELF_REPORT,
            report,
            by=giver.name,
            source=giver.source,
            seen=seen,
        )
        if file:
            answers.keep_file(dossier.session, row, one_line(file.name), file.content)
        late = self_reports.reported(dossier.session, dossier.visit.id).late(dossier.plan.self_supervising.due)
        counted = dossier.visit.unit in dossier.plan.self_supervising.units
        return Receipt(row.version, late, counted, tuple(warnings))


@again_if_undone
def accept(reference: str, giver: Giver, *, looked_at: str | None = None) -> None:
    """The report is in order; nothing more is asked of the unit."""
    with taking(reference, giver, "tiếp nhận báo cáo", looked_at=seen_by(looked_at, REVIEWING)) as dossier:
        _judge(dossier, giver, accepted=True, reason="")


@again_if_undone
def send_back(reference: str, reason: str, giver: Giver, *, looked_at: str | None = None) -> None:
    """The unit is told why, and asked to send its report again (D12)."""
    if not clean(reason):
        raise Refused(Problem("--reason", "trả lại báo cáo cần lý do", 'thêm --reason "…"'))
    with taking(reference, giver, "trả lại báo cáo", looked_at=seen_by(looked_at, REVIEWING)) as dossier:
        _judge(dossier, giver, accepted=False, reason=one_line(reason))


def _judge(dossier: Dossier, giver: Giver, *, accepted: bool, reason: str) -> None:
    _refuse_other_kinds(dossier)
    state = self_reports.reported(dossier.session, dossier.visit.id)
    if state.report is None:
        raise Refused(Problem(dossier.visit.key, "chưa có báo cáo nào", "đợi đơn vị gửi, hoặc nhập báo cáo"))
    if state.accepted:
        raise Refused(Problem(dossier.visit.key, "báo cáo đã được tiếp nhận", "không cần quyết định nữa"))
    if state.returned:
        raise Refused(Problem(dossier.visit.key, "đã trả lại bản này", "đợi đơn vị gửi lại, rồi nhập bản mới"))
    answers.record(
        dossier.session, dossier.visit.id, AnswerKind.SELF_REPORT_REVIEW, ReportReview(accepted, reason),
        by=giver.name, source=giver.source, answers=state.version,
    )  # fmt: skip


def _refuse_other_kinds(dossier: Dossier) -> None:
    if dossier.visit.kind != Kind.SELF_REPORT:
        raise Refused(Problem(dossier.visit.key, "không phải báo cáo của một đơn vị", "ghi như 2024/long_thanh"))


def file_for_host(reference: str, giver: Giver) -> None:
    """Make the place for a report that a host sends although it owes none; `Refused` for whoever is no host (A14)."""
    _make_place_for_host(reference, giver)
    with reading(settings().database) as session:
        visits.find(session, reference)


def _make_place_for_host(reference: str, giver: Giver) -> None:
    """A host owes no report; where it sends one all the same, it is filed in a row that no run follows (A14)."""
    meant = parse_reference(reference)
    if meant.kind is not Kind.SELF_REPORT:
        return
    with writing(settings().database) as session:
        plan, _contacts = plans.read(session, meant.year)
        hosts = {visit.unit for visit in plan.visits} - set(plan.self_supervising.units)
        if meant.unit not in hosts or visits.of(session, meant):
            return
        now = clock.now(session)
        row = VisitRow(
            kind=meant.kind.value, year=meant.year, unit=meant.unit, state=VisitState.FILED,
            opens_on=now.date(), opened_at=now, closed_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit.note(session, giver.name, "lưu báo cáo của đơn vị được dự, giám sát", row.id)


def check_file(file: ReportFile) -> Iterator[Problem]:
    """Of the kind that its name says, of a size that can be kept, and with nothing in it that runs or leads away.

    Links out of a PDF are warnings: the office alone opens the file.
    """
    if len(file.content) > MOST_MB * 2**20:
        yield Problem(file.name, f"tệp lớn hơn {MOST_MB} MB", "gửi tệp nhỏ hơn")
    elif file.name.casefold().endswith(".pdf"):
        yield from check_report_pdf(file.name, file.content)
    else:
        yield from check_office_file(file.name, file.content)
