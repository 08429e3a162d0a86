"""The tables: what the service remembers about plans, visits, answers, documents and letters."""

from database.models.base import Base, Moment
from database.models.documents import DocumentFileRow, DocumentRow, NumberRow
from database.models.letters import LetterRow, RecipientRow
from database.models.service import GIVEN_BACK, AuditEndRow, AuditRow, ClockRow, ServiceNoteRow
from database.models.visits import AnswerFileRow, AnswerRow, PlanRow, ReminderRow, StepRow, VisitRow

__all__ = (
    "GIVEN_BACK",
    "AnswerFileRow",
    "AnswerRow",
    "AuditEndRow",
    "AuditRow",
    "Base",
    "ClockRow",
    "DocumentFileRow",
    "DocumentRow",
    "LetterRow",
    "Moment",
    "NumberRow",
    "PlanRow",
    "RecipientRow",
    "ReminderRow",
    "ServiceNoteRow",
    "StepRow",
    "VisitRow",
)
