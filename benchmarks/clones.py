"""Lets visits be as others are that were really played: rows of their own, sealed as the service seals them.

Files of papers and the text of letters that are out are left away: nothing that is measured reads them again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.settings import Settings
from database import audit, visits
from database.due_dates import DueDateRow
from database.engine import reading, writing
from database.models import (
    AnswerRow,
    AuditRow,
    Base,
    DocumentRow,
    LetterRow,
    NumberRow,
    RecipientRow,
    ReminderRow,
    StepRow,
    VisitRow,
)
from database.sought import SoughtRow

_BATCH = 100
_SENT = b"Subject: thu da gui\r\n\r\nNoi dung da gui.\r\n"


#: What a visit has in rows of its own and is not looked for by anything else.
_OF_A_VISIT: tuple[type[Base], ...] = (StepRow, ReminderRow, DueDateRow, SoughtRow, AnswerRow)


def clone(of: Settings, keys: Sequence[str], patterns: int) -> None:
    """Let the visits of all further keys be as the first few, in turn; the plan has them already."""
    with reading(of.database) as session:
        rows = [visits.find(session, keys[number]) for number in range(patterns)]
        known = [Pattern.of(session, row) for row in rows]
        count = Counting.of(session)
    for begin in range(patterns, len(keys), _BATCH):
        with writing(of.database) as session:
            for number in range(begin, min(begin + _BATCH, len(keys))):
                known[number % patterns].copy_to(session, visits.find(session, keys[number]), count)


def _columns(row: Any, *without: str) -> dict[str, Any]:
    names = (column.key for column in row.__table__.columns)
    return {name: getattr(row, name) for name in names if name not in ("id", *without)}


@dataclass
class Counting:
    """The next number of each series of documents."""

    last: dict[tuple[str, str, str], int]

    @classmethod
    def of(cls, session: Session) -> "Counting":
        """After those that are known."""
        of_one = (NumberRow.organ_code, NumberRow.type_code, NumberRow.term)
        found = session.execute(select(*of_one, func.max(NumberRow.number)).group_by(*of_one))
        return cls({(organ, kind, term): last for organ, kind, term, last in found})

    def after(self, row: NumberRow) -> int:
        """The next one of that number's series."""
        series = (row.organ_code, row.type_code, row.term)
        self.last[series] += 1
        return self.last[series]


@dataclass
class Pattern:
    """Everything that one visit has, to be had by others as well."""

    visit: dict[str, Any]
    plain: list[tuple[Callable[..., Base], dict[str, Any]]]
    papers: list[tuple[dict[str, Any], NumberRow | None]]
    letters: list[tuple[dict[str, Any], list[dict[str, Any]]]]
    lines: list[AuditRow]

    @classmethod
    def of(cls, session: Session, visit: VisitRow) -> "Pattern":
        """What that visit has."""

        def all_of(kind: Any) -> Any:
            return session.scalars(select(kind).where(kind.visit_id == visit.id).order_by(kind.id)).all()

        register = {one.document_id: one for one in session.scalars(select(NumberRow))}
        return cls(
            _columns(visit, "unit", "flow_run_id"),
            [(kind, _columns(row, "visit_id")) for kind in _OF_A_VISIT for row in all_of(kind)],
            [(_columns(row, "visit_id"), register.get(row.id)) for row in all_of(DocumentRow)],
            [(_columns(row, "visit_id"), [_columns(to, "letter_id") for to in row.recipients])
             for row in all_of(LetterRow)],
            list(all_of(AuditRow)),
        )  # fmt: skip

    def copy_to(self, session: Session, visit: VisitRow, count: Counting) -> None:
        """Let another visit have the same."""
        for name, value in self.visit.items():
            setattr(visit, name, value)
        session.add_all(kind(visit_id=visit.id, **columns) for kind, columns in self.plain)
        for columns, number in self.papers:
            given = count.after(number) if number else None
            paper = DocumentRow(visit_id=visit.id, **{**columns, "number": given})
            session.add(paper)
            if number:
                session.flush()
                register = _columns(number, "document_id", "number")
                session.add(NumberRow(document_id=paper.id, number=given, **register))
        for columns, recipients in self.letters:
            own = {"raw": _SENT, "message_id": f"<{visit.id}.{columns['message_id'][1:]}"}
            letter = LetterRow(visit_id=visit.id, **{**columns, **own})
            letter.recipients = [RecipientRow(**to) for to in recipients]
            session.add(letter)
        for line in self.lines:
            audit.note(session, line.who, line.what, visit.id, **line.details)
