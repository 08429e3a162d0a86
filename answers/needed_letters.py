"""Whether a letter that somebody has not got must still go to him, or has become no matter meanwhile (0052).

The one reading of it: a report that comes back late, a run that begins again, and a person who sends again ask here.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from database import answers, visits
from database.models import LetterRow, RecipientRow
from domain.answer_kind import AnswerKind
from domain.letters_and_documents import CANCELLATIONS, Purpose
from domain.state import LetterState, VisitState

#: Letters that must arrive because they ask for something; once that has come, they are no matter any more.
_ASKS_FOR: Mapping[str, AnswerKind] = {
    Purpose.NOMINATION_REQUEST: AnswerKind.NOMINATIONS,
    Purpose.YEAR_END_REQUEST: AnswerKind.SELF_REPORT,
}


def missing(session: Session, visit_id: int) -> Sequence[LetterRow]:
    """The letters of a visit that must arrive, were refused or given back by their addressees, and are needed still.

    What became of the copies is another matter.
    """
    query = select(LetterRow).join(RecipientRow).options(defer(LetterRow.raw)).order_by(LetterRow.id)
    refused = session.scalars(
        query.where(
            LetterRow.visit_id == visit_id, LetterRow.must_arrive,
            RecipientRow.place == 0, RecipientRow.state == LetterState.REFUSED,
        )
    ).all()  # fmt: skip
    return [letter for letter in refused if not why_not_needed(session, letter)]


def why_not_needed(session: Session, letter: LetterRow) -> str:
    """Why nobody need get that letter any more, within a sentence; empty where he must."""
    return why_outdated(session, letter) or _why_answered(session, letter)


def why_outdated(session: Session, letter: LetterRow) -> str:
    """Why that letter would tell what is no longer so, within a sentence; empty where it holds."""
    if letter.purpose not in CANCELLATIONS and _is_called_off(session, letter):
        return "việc này đã hủy"
    newer = select(LetterRow.id).where(
        LetterRow.visit_id == letter.visit_id, LetterRow.recipient == letter.recipient,
        LetterRow.purpose == letter.purpose, LetterRow.revision > letter.revision,
    )  # fmt: skip
    number = session.scalar(newer.order_by(LetterRow.id.desc()).limit(1))
    return f"đã có bản mới hơn là thư {number}" if number else ""


def _is_called_off(session: Session, letter: LetterRow) -> bool:
    return visits.get(session, letter.visit_id).state == VisitState.CANCELLED


def _why_answered(session: Session, letter: LetterRow) -> str:
    asked = _ASKS_FOR.get(letter.purpose)
    came = asked is not None and answers.latest(session, letter.visit_id, asked) is not None
    return f"đơn vị đã gửi {asked.called}" if asked and came else ""
