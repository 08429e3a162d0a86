"""An obligation of the year as tests see it that need no Prefect: its clock, its steps, its letters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from answers.papers import Sheet, approve, issue
from answers.self_reports import ReportFile, receive
from answers.summary import propose
from config.settings import settings
from database import clock, documents, outbox, visits
from database.dossier import Dossier, open_dossier
from database.engine import reading, writing
from database.models import AuditRow, DocumentRow, LetterRow, VisitRow
from domain.dates import at
from domain.obligation import STEPS, Kind
from domain.outcome import Done, Outcome, Waiting
from domain.self_report import SelfReport
from domain.wait import Wait
from tasks.steps import (
    follow_1_wait_for_remedies,
    plan_1_issue_plan,
    plan_2_send_plan,
    self_1_request_report,
    self_2_receive_report,
    self_3_review_report,
    summary_1_gather,
    summary_2_issue,
)
from tests.may import CLERK, LEADER, MAY, OFFICER
from tests.numbering import number_next
from tests.scans.pdfs import scan

WORKS: dict[Kind, tuple[Callable[[Dossier], Outcome], ...]] = {
    Kind.SELF_REPORT: (self_1_request_report.work, self_2_receive_report.work, self_3_review_report.work),
    Kind.PLAN: (plan_1_issue_plan.work, plan_2_send_plan.work),
    Kind.FOLLOW_UP: (follow_1_wait_for_remedies.work,),
    Kind.SUMMARY: (summary_1_gather.work, summary_2_issue.work),
}


@dataclass
class Obliged:
    """One obligation of the shipped plan of 2024. Nothing runs and no day passes but what a test asks for."""

    key: str

    def set_clock(self, year: int, month: int, day: int, hour: int = 7, minute: int = 0) -> datetime:
        """Let that moment come."""
        moment = at(date(year, month, day), hour, minute)
        with writing(settings().database) as session:
            clock.set_rehearsal(session, moment)
        return moment

    def open(self) -> None:
        """Open it, as the trigger does on its day."""
        with writing(settings().database) as session:
            visits.begin(session, visits.find(session, self.key), "thử")

    def on(self, month: int, day: int, hour: int = 7, minute: int = 0) -> Outcome:
        """Let that moment of 2024 come, and go on."""
        self.set_clock(2024, month, day, hour, minute)
        return self.go_on()

    def step(self) -> Waiting:
        """Do its first step alone, which waits."""
        with writing(settings().database) as session:
            dossier = open_dossier(session, self.row.id, clock.now(session), lock=True)
            outcome = WORKS[Kind(dossier.visit.kind)][0](dossier)
            assert isinstance(outcome, Waiting), outcome
            visits.note_waiting(session, dossier.visit.id, outcome, settings().wake_hour)
        return outcome

    def go_on(self) -> Outcome:
        """Do every step that is not finished until one waits, as the flow does; letters are taken at once."""
        outcome: Outcome = Done()
        for step in STEPS[Kind(self.row.kind)]:
            if step in self.finished:
                continue
            with writing(settings().database) as session:
                dossier = open_dossier(session, self.row.id, clock.now(session), lock=True)
                dossier.visit.wake_seen = dossier.visit.wake_wanted
                outcome = WORKS[Kind(dossier.visit.kind)][step - 1](dossier)
                if isinstance(outcome, Done):
                    visits.finish_step(session, dossier.visit.id, step, outcome.note)
                else:
                    visits.note_waiting(session, dossier.visit.id, outcome, settings().wake_hour)
                for letter in outbox.of_visit(session, dossier.visit.id, "queued"):
                    outbox.take(session, letter.id, "máy:1:0")
                    outbox.settle(session, letter.id, "sent", "250 OK")
            if isinstance(outcome, Waiting):
                break
        if isinstance(outcome, Waiting) and outcome.wait is Wait.SELF_REPORT_ISSUE:
            number_next(self.key, "report-request")
            return self.go_on()
        return outcome

    def waits(self) -> Waiting:
        """The same, for a test that knows that it will wait."""
        outcome = self.go_on()
        assert isinstance(outcome, Waiting), outcome
        return outcome

    @property
    def row(self) -> VisitRow:
        """Its row."""
        with reading(settings().database) as session:
            return visits.find(session, self.key)

    @property
    def finished(self) -> set[int]:
        """The steps that are done."""
        with reading(settings().database) as session:
            return visits.finished_steps(session, self.row.id)

    def letters(self, purpose: str = "") -> list[LetterRow]:
        """Its letters, in the order in which they were queued; all, or those of a purpose."""
        with reading(settings().database) as session:
            return [one for one in outbox.of_visit(session, self.row.id) if not purpose or one.purpose == purpose]

    def sent(self) -> list[str]:
        """What went out: `01/11 year_end_request`, in order."""
        return [f"{one.queued_at:%d/%m} {one.purpose}" for one in self.letters()]

    def documents(self) -> list[DocumentRow]:
        """Its documents, in the order in which they were drafted."""
        with reading(settings().database) as session:
            return list(documents.of_visit(session, self.row.id))

    def audit(self) -> list[str]:
        """What was noted about it."""
        with reading(settings().database) as session:
            return [f"{one.who}: {one.what}" for one in session.query(AuditRow).filter_by(visit_id=self.row.id)]


#: A report as a unit sends it, and the file that it sends along.
REPORT = SelfReport(
    date(2024, 11, 20), "88-BC/HU", date(2024, 11, 19), 3, 41, 12,
    ("Cấp ủy viên dự đủ các kỳ sinh hoạt",), ("Chi bộ thôn sinh hoạt chuyên đề còn ít",), (),
)  # fmt: skip
SCAN = scan()


def end_the_year() -> None:
    """After May's visit is over: the year's other obligations have begun, and each of them waits for somebody."""
    for key, month, day in ((f"{MAY}/kien-nghi", 5, 19), ("2024/ke-hoach", 5, 19)):
        _begun(key, month, day)
    for key in ("2024/long_thanh", "2024/trang_bom"):
        _begun(key, 11, 1)
    one = Obliged("2024/long_thanh")
    one.set_clock(2024, 11, 20, 9)
    receive(one.key, REPORT, OFFICER, file=ReportFile("bao-cao.pdf", SCAN))
    one.go_on()
    summary = _begun("2024/tong-hop", 12, 17)
    propose(summary.key, ["Tăng sinh hoạt chuyên đề ở chi bộ thôn"], OFFICER)
    summary.on(12, 18, 9)
    for key in (f"{MAY}/kien-nghi", "2024/trang_bom"):
        Obliged(key).go_on()


def _begun(key: str, month: int, day: int) -> Obliged:
    one = Obliged(key)
    one.set_clock(2024, month, day, 8)
    one.open()
    one.go_on()
    return one


def plan_and_summary_are_issued() -> None:
    """The plan of 2024 at its beginning and its summary at its end have gone out under their numbers."""
    issue("2024/ke-hoach", "plan", Sheet(73, date(2024, 1, 3)), CLERK)
    approve("2024/tong-hop", "summary", LEADER)
    issue("2024/tong-hop", "summary", Sheet(41, date(2024, 12, 18)), CLERK)
    for key in ("2024/ke-hoach", "2024/tong-hop"):
        Obliged(key).go_on()
