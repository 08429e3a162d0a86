"""Reads everything that belongs to one visit, each kind of row with one query; letters without their bodies."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from database import answers, documents
from database.models import AnswerRow, AuditRow, DocumentFileRow, DocumentRow, LetterRow, StepRow


@dataclass(frozen=True)
class Happened:
    """The rows of one visit, each kind in the order in which it came."""

    steps: Sequence[StepRow]
    answers: Sequence[AnswerRow]
    documents: Sequence[DocumentRow]
    forms: dict[int, tuple[str, ...]]  #: by document: of which forms a file is kept
    letters: Sequence[LetterRow]
    audit: Sequence[AuditRow]

    def latest(self, kind: str) -> AnswerRow | None:
        """The newest version of an answer."""
        return max((one for one in self.answers if one.kind == kind), key=lambda one: one.version, default=None)


def what_happened(session: Session, visit_id: int) -> Happened:
    """Seven queries, however much has happened."""
    forms: dict[int, tuple[str, ...]] = {}
    kept = select(DocumentFileRow.document_id, DocumentFileRow.form).join(
        DocumentRow, DocumentRow.id == DocumentFileRow.document_id
    )
    for document_id, form in session.execute(kept.where(DocumentRow.visit_id == visit_id)):
        forms[document_id] = (*forms.get(document_id, ()), form)
    letters = select(LetterRow).options(defer(LetterRow.raw)).where(LetterRow.visit_id == visit_id)
    return Happened(
        steps=session.scalars(select(StepRow).where(StepRow.visit_id == visit_id).order_by(StepRow.step)).all(),
        answers=answers.versions(session, visit_id),
        documents=documents.of_visit(session, visit_id),
        forms=forms,
        letters=session.scalars(letters.order_by(LetterRow.id)).all(),
        audit=session.scalars(select(AuditRow).where(AuditRow.visit_id == visit_id).order_by(AuditRow.id)).all(),
    )
