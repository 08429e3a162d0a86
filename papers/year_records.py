"""Reads every record of a year that the annual report rests on, once and in the plan's order (R68, R74, A14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import answers, documents, follow_ups, plans, self_reports, taking_up, visits
from database.dossier import Dossier, open_dossier
from database.models import AnswerRow, DocumentRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.deadline import Timeliness
from domain.findings import Findings
from domain.follow_up import Followed
from domain.letters_and_documents import Purpose
from domain.nomination import Meeting
from domain.obligation import Kind
from domain.plan import Plan
from domain.self_report import Reported
from domain.state import DocumentState, VisitState
from domain.taking_up import Attended, TakenUp, Way, said_before


@dataclass
class Round:
    """One planned visit with what was recorded of it."""

    dossier: Dossier

    @property
    def visit(self) -> VisitRow:
        """Its row."""
        return self.dossier.visit

    @cached_property
    def findings(self) -> Findings | None:
        """What was found."""
        return self.dossier.findings

    @cached_property
    def taken_up(self) -> TakenUp | None:
        """What a person said became of it when the service took the plan up."""
        return taking_up.decision(self.dossier.session, self.visit)

    @property
    def on_paper(self) -> bool:
        """Whether all of it was done before the service was used."""
        return self.taken_up is not None and self.taken_up.way is Way.DONE and self.visit.state == VisitState.CLOSED

    @property
    def before(self) -> str:
        """How the annual report says that it, or part of it, was done before."""
        return said_before(self.taken_up) if self.taken_up and self.visit.state != VisitState.CANCELLED else ""

    @property
    def held(self) -> bool:
        """Whether it took place; of one on paper that is known even where its places are not."""
        return self.on_paper or bool(self.attended)

    @property
    def word(self) -> AnswerRow:
        """The answer that tells of one that was done on paper."""
        row = answers.latest(self.dossier.session, self.visit.id, taking_up.TAKEN_UP)
        assert row is not None, "who asks has looked that it was taken up"
        return row

    @cached_property
    def attended(self) -> Sequence[Meeting | Attended]:
        """What was attended: the meetings chosen, once there are findings of them; or what was named of the paper."""
        if self.on_paper and self.taken_up is not None:
            return self.taken_up.attended or self.dossier.chosen
        return self.dossier.chosen if self.findings else ()

    @cached_property
    def late_meetings(self) -> int:
        """How many meetings of the host's newest list were notified late, accepted or not (R62)."""
        return sum(candidate.timeliness is not Timeliness.ON_TIME for candidate in self.dossier.candidates)

    @property
    def late(self) -> bool:
        """Whether any was."""
        return self.late_meetings > 0

    @cached_property
    def followed(self) -> Sequence[Followed]:
        """Its recommendations with the host's replies."""
        return follow_ups.followed(self.dossier.session, self.visit)

    @cached_property
    def remedy_rows(self) -> Sequence[AnswerRow]:
        """The rows of these replies."""
        return follow_ups.remedy_rows(self.dossier.session, self.visit)

    @cached_property
    def notice(self) -> DocumentRow | None:
        """The result notice as it was issued."""
        return documents.latest_issued(self.dossier.session, self.visit.id, Purpose.RESULT_NOTICE)

    @cached_property
    def overridden_papers(self) -> Sequence[DocumentRow]:
        """Issued documents that had failed a check which a leader let pass (2.7)."""
        every = documents.of_visit(self.dossier.session, self.visit.id)
        return [one for one in every if one.state == DocumentState.ISSUED and one.override_reason]


@dataclass
class OwnReport:
    """One unit that supervises itself, with the rows of its report."""

    row: VisitRow
    state: Reported
    versions: Sequence[AnswerRow]
    reviews: Sequence[AnswerRow]


@dataclass(frozen=True)
class YearRecords:
    """The year as it was recorded."""

    plan: Plan
    rounds: tuple[Round, ...]
    reports: tuple[OwnReport, ...]  #: of the units that have to report
    filed: tuple[OwnReport, ...]  #: of hosts, which are not counted (A14)


def read_year(session: Session, year: int) -> YearRecords:
    """Everything of that year; `Refused` when no plan was loaded for it."""
    plan, _contacts = plans.read(session, year)
    rounds = tuple(Round(open_dossier(session, row.id)) for row in visits.of_year(session, year))
    own = [_own(session, row) for row in visits.of_year(session, year, Kind.SELF_REPORT)]
    units = plan.self_supervising.units
    owed = sorted((one for one in own if one.row.unit in units), key=lambda one: units.index(one.row.unit))
    # A place that was made for a host's report, and nothing came into it, is none.
    filed = tuple(one for one in own if one.row.unit not in units and one.versions)
    return YearRecords(plan, rounds, tuple(owed), filed)


def _own(session: Session, row: VisitRow) -> OwnReport:
    query = select(AnswerRow).where(AnswerRow.visit_id == row.id, AnswerRow.kind == AnswerKind.SELF_REPORT_REVIEW)
    reviews = session.scalars(query.order_by(AnswerRow.version)).all()
    return OwnReport(row, self_reports.reported(session, row.id), self_reports.versions(session, row.id), reviews)
