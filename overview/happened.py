"""What has happened to one visit: the one reading of it by which desk, command line and Prefect's pages tell its story.

Each kind of row is one query; letters come without their bodies.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from database import answers, documents
from database.models import AnswerRow, AuditRow, DocumentFileRow, DocumentRow, LetterRow, StepRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.obligation import STEPS, Kind
from domain.state import VisitState
from domain.step import RunStep

#: What the service does by itself, or repeats from paper, is nobody's decision.
_NOT_A_DECISION = (AnswerKind.RECOMMENDATION, AnswerKind.TAKEN_UP)


@dataclass(frozen=True)
class StepLine:
    """One step of a run: done, at work, or ahead."""

    step: RunStep
    state: str  #: `done`, `now`, `ahead`
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Happened:
    """The rows of one visit, each kind in the order in which it came."""

    visit: VisitRow
    steps: Sequence[StepRow]
    answers: Sequence[AnswerRow]
    documents: Sequence[DocumentRow]
    forms: dict[int, tuple[str, ...]]  #: by document: of which forms a file is kept
    letters: Sequence[LetterRow]
    audit: Sequence[AuditRow]

    @property
    def step_lines(self) -> tuple[StepLine, ...]:
        """Every step of its run, the first that is not done being at work while the run is open."""
        done, every = {row.step: row for row in self.steps}, STEPS[Kind(self.visit.kind)]
        is_open = self.visit.state == VisitState.OPEN
        coming = next((step for step in every if step not in done), None) if is_open else None
        return tuple(
            StepLine(step, "done", done[step].done_at, done[step].note)
            if step in done
            else StepLine(step, "now" if step == coming else "ahead")
            for step in every
        )

    @property
    def decisions(self) -> tuple[AnswerRow, ...]:
        """What people answered, oldest first."""
        return tuple(answer for answer in self.answers if answer.kind not in _NOT_A_DECISION)

    @property
    def letter_counts(self) -> Counter[tuple[str, str]]:
        """How many letters of each purpose are in each state, in the order in which the first of them came."""
        return Counter((letter.purpose, letter.state) for letter in self.letters)

    def latest(self, kind: str) -> AnswerRow | None:
        """The newest version of an answer."""
        return max(
            (answer for answer in self.answers if answer.kind == kind), key=lambda one: one.version, default=None
        )


def what_happened(session: Session, visit: VisitRow) -> Happened:
    """Seven queries, however much has happened."""
    visit_id = visit.id
    forms: dict[int, tuple[str, ...]] = {}
    kept = select(DocumentFileRow.document_id, DocumentFileRow.form).join(
        DocumentRow, DocumentRow.id == DocumentFileRow.document_id
    )
    for document_id, form in session.execute(kept.where(DocumentRow.visit_id == visit_id)):
        forms[document_id] = (*forms.get(document_id, ()), form)
    letters = select(LetterRow).options(defer(LetterRow.raw)).where(LetterRow.visit_id == visit_id)
    return Happened(
        visit=visit,
        steps=session.scalars(select(StepRow).where(StepRow.visit_id == visit_id).order_by(StepRow.step)).all(),
        answers=answers.versions(session, visit_id),
        documents=documents.of_visit(session, visit_id),
        forms=forms,
        letters=session.scalars(letters.order_by(LetterRow.id)).all(),
        audit=session.scalars(select(AuditRow).where(AuditRow.visit_id == visit_id).order_by(AuditRow.id)).all(),
    )
