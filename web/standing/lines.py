"""What waits, as one line: for whom, since when; a visit also with its steps and days. Pure but for one reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.addresses import page_of
from config.settings import settings
from database.dossier import province_of
from database.list_due import rule_of, told_days
from database.models import AnswerRow, DocumentRow, StepRow
from domain import words
from domain.answer_kind import AnswerKind
from domain.dates import month_and_year
from domain.deadline import local_day
from domain.letters_and_documents import Purpose
from domain.obligation import Kind, Obligation
from domain.plan import Plan
from domain.role import role_called
from domain.state import VisitState
from domain.step import Step
from domain.working_days import WorkingCalendar
from overview.happened import Happened
from web.standing.buttons import AtDesk, at_desk
from web.standing.standing import Standing
from web.standing.stretches import Marks, Stretch, stretches


@dataclass
class Moments:
    """What has happened to one visit, as far as a line of the year tells it."""

    steps: dict[Step, date] = field(default_factory=dict)
    first_listed: date | None = None
    nominations: Mapping[str, Any] | None = None
    chosen: tuple[int, ...] = ()
    found: date | None = None
    approved: date | None = None
    list_due: date | None = None  #: as the host was told

    def tell_step(self, step: int, done_at: datetime) -> None:
        """A step is done."""
        self.steps[Step(step)] = done_at.date()

    def tell_answer(self, kind: str, given_at: datetime, content: Mapping[str, Any]) -> None:
        """An answer was given; those of one kind are told in the order of their versions."""
        # Read as it is stored: an upgrade of one of these kinds that touches what is taken here changes this as well.
        if kind == AnswerKind.CHOICE:
            self.chosen = tuple(content["meetings"])
        elif kind == AnswerKind.NOMINATIONS:
            self.first_listed, self.nominations = self.first_listed or given_at.date(), content
        elif kind == AnswerKind.FINDINGS:
            self.found = given_at.date()

    def tell_paper(self, kind: str, approved_at: datetime | None) -> None:
        """A document was drawn up; those of one kind are told in the order of their revisions."""
        if kind == Purpose.RESULT_NOTICE and approved_at is not None:
            self.approved = approved_at.date()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One visit, or another obligation of the year."""

    key: str
    url: str  #: of its page
    short_name: str
    host: str  #: the full name of the unit
    period: str  #: `tháng 5`, `báo cáo`: what of that unit it is, within its year
    period_of_year: str  #: the same for a list of several years: `tháng 05/2024`
    state: str
    standing: Standing
    wait: AtDesk | None
    whom: str  #: the role it waits for
    what: str  #: the state name
    since: date | None
    until: datetime | None  #: when it looks again by itself
    opens_on: date
    closed_on: date | None
    run: str  #: the address of its run in Prefect
    asked: str  #: why a person is asked what became of it; empty when nobody is
    ended: str = ""  #: how it ended, where its state alone would say too much: `không có báo cáo`
    covered: bool = False  #: it bears a mark of secrecy, and the reader sees no more of it than the plan says

    @property
    def whom_word(self) -> str:
        """For whom it waits, as people say it."""
        return role_called(self.whom)

    @property
    def state_word(self) -> str:
        """How it stands, as people say it."""
        return self.ended or words.VISITS.get(self.state, self.state)


@dataclass(frozen=True, kw_only=True)
class VisitLine(Line):
    """One visit on the year page."""

    month: int
    step: Step | None  #: where it is; None before its day and after its end
    steps: dict[Step, date]  #: those that are done, and when
    deadline: date  #: the day by which its list is asked for (R62)
    meetings: tuple[date, ...]  #: the chosen ones' days
    stretches: tuple[Stretch, ...]

    @property
    def every_step(self) -> tuple[Step, ...]:
        """All steps of a visit, in their order."""
        return tuple(Step)


def moments_of(session: Session, ids: Sequence[int]) -> dict[int, Moments]:
    """What has happened to those visits, in five queries."""
    found: dict[int, Moments] = {one: Moments() for one in ids}
    for visit_id, step, done_at in session.execute(
        select(StepRow.visit_id, StepRow.step, StepRow.done_at).where(StepRow.visit_id.in_(ids))
    ):
        found[visit_id].tell_step(step, done_at)
    kinds = select(AnswerRow.visit_id, AnswerRow.kind, AnswerRow.given_at, AnswerRow.content).where(
        AnswerRow.visit_id.in_(ids), AnswerRow.kind.in_((AnswerKind.NOMINATIONS, AnswerKind.CHOICE))
    )
    for visit_id, kind, given_at, content in session.execute(kinds.order_by(AnswerRow.version)):
        found[visit_id].tell_answer(kind, given_at, content)
    # What was found is long and nothing of it is shown here.
    times = select(AnswerRow.visit_id, AnswerRow.given_at).where(
        AnswerRow.visit_id.in_(ids), AnswerRow.kind == AnswerKind.FINDINGS
    )
    for visit_id, given_at in session.execute(times.order_by(AnswerRow.version)):
        found[visit_id].tell_answer(AnswerKind.FINDINGS, given_at, {})
    notices = select(DocumentRow.visit_id, DocumentRow.approved_at).where(
        DocumentRow.visit_id.in_(ids), DocumentRow.kind == Purpose.RESULT_NOTICE, DocumentRow.approved_at.is_not(None)
    )
    for visit_id, approved_at in session.execute(notices.order_by(DocumentRow.revision)):
        found[visit_id].tell_paper(Purpose.RESULT_NOTICE, approved_at)
    for visit_id, due in told_days(session, ids).items():
        found[visit_id].list_due = due
    return found


def moments_in(session: Session, happened: Happened) -> Moments:
    """The same of one visit whose rows were read already, in one query."""
    found = Moments(list_due=told_days(session, [happened.visit.id]).get(happened.visit.id))
    for step in happened.steps:
        found.tell_step(step.step, step.done_at)
    for answer in sorted(happened.answers, key=lambda one: one.version):
        found.tell_answer(answer.kind, answer.given_at, answer.content)
    for paper in sorted(happened.documents, key=lambda one: one.revision):
        found.tell_paper(paper.kind, paper.approved_at)
    return found


def line_of(row: Any, standing: Standing, plan: Plan) -> Line:
    """The line of anything that waits; `row` is a `VisitRow` or has its columns."""
    one = Obligation(Kind(row.kind), row.year, row.month, row.unit)
    unit = plan.unit(row.unit) if row.unit else province_of(plan)
    return Line(
        key=one.key, url=page_of(one), short_name=_OF_NO_UNIT.get(one.kind, unit.short_name), host=unit.name,
        period=_PERIODS[one.kind].format(month=row.month),
        period_of_year=_PERIODS_OF_YEAR[one.kind].format(year=row.year, month=month_and_year(row.year, row.month)),
        state=row.state, standing=standing,
        wait=at_desk(row.wait), whom=row.waiting_for or "", what=row.wait.shown if row.wait else "",
        since=row.waiting_since.date() if row.waiting_since else None,
        until=row.waiting_until if row.state == VisitState.OPEN else None,
        opens_on=row.opens_on, closed_on=row.closed_at.date() if row.closed_at else None,
        run=run_address(row.flow_run_id),
        asked=row.waiting_message or "" if row.state == VisitState.UNDECIDED else "",
    )  # fmt: skip


#: Those that are no unit's.
_OF_NO_UNIT = {Kind.PLAN: "Kế hoạch", Kind.SUMMARY: "Báo cáo tổng hợp"}
_PERIODS = {
    Kind.VISIT: "tháng {month}", Kind.FOLLOW_UP: "kiến nghị tháng {month}", Kind.SELF_REPORT: "báo cáo",
    Kind.PLAN: "cả năm", Kind.SUMMARY: "cả năm",
}  # fmt: skip
_PERIODS_OF_YEAR = {
    Kind.VISIT: "tháng {month}", Kind.FOLLOW_UP: "kiến nghị tháng {month}", Kind.SELF_REPORT: "báo cáo năm {year}",
    Kind.PLAN: "năm {year}", Kind.SUMMARY: "năm {year}",
}  # fmt: skip


def visit_line(
    row: Any, standing: Standing, moments: Moments, plan: Plan, calendar: WorkingCalendar, today: date
) -> VisitLine:
    """The line of a visit with its steps and days."""
    meetings = _meeting_days(moments)
    coming = next((step for step in Step if step not in moments.steps), None) if row.state == VisitState.OPEN else None
    marks = Marks(moments.first_listed, max(meetings, default=None), moments.found, moments.approved)
    waiting = (row.waiting_for, row.waiting_since.date()) if row.waiting_for and row.waiting_since else None
    over = row.closed_at.date() if row.closed_at else today
    return VisitLine(
        **vars(line_of(row, standing, plan)), month=row.month, step=coming, steps=moments.steps,
        deadline=moments.list_due or rule_of(row, plan, today).day(calendar), meetings=meetings,
        stretches=stretches(row.opened_at.date() if row.opened_at else None, moments.steps, marks, waiting, over),
    )  # fmt: skip


def run_address(flow_run_id: str | None) -> str:
    """Where the run is seen in Prefect; empty if there is none yet."""
    return f"{settings().prefect_url}/runs/flow-run/{flow_run_id}" if flow_run_id else ""


def _meeting_days(moments: Moments) -> tuple[date, ...]:
    if moments.nominations is None or not moments.chosen:
        return ()
    # Only the days are wanted; building whole lists for a hundred visits would cost more than everything else.
    days = {
        one["number"]: local_day(datetime.fromisoformat(one["starts_at"])) for one in moments.nominations["meetings"]
    }
    return tuple(days[number] for number in moments.chosen)
