"""Which rule acts on which kind of message; all of one message in the one transaction that settles its row."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from answers.incoming.absences import away, by_a_machine
from answers.incoming.bounces import given_back, still_tried
from answers.incoming.calendar_answers import answered_in_calendar
from answers.incoming.outcome import Outcome
from config.settings import settings
from database import audit, incoming, stored, visits
from database.engine import again_if_undone, writing
from database.incoming import IncomingRow
from database.secrecy import mark_of
from domain.incoming import MailKind, MailReading, MailState

#: A rule gets the row, locked, with its letter and visit matched where that was possible, and what was read in it.
Rule = Callable[[Session, IncomingRow, MailReading], Outcome]

#: The service itself, where a message was dealt with by a rule.
SERVICE = "dịch vụ"


def _left_to_a_person(_session: Session, _row: IncomingRow, _reading: MailReading) -> Outcome:
    return Outcome(MailState.OPEN, "chờ cán bộ xem")


RULES: Mapping[MailKind, Rule] = dict.fromkeys(MailKind, _left_to_a_person) | {
    MailKind.BOUNCE: given_back,
    MailKind.DELAY: still_tried,
    MailKind.ABSENCE: away,
    MailKind.AUTOMATIC: by_a_machine,
    MailKind.CALENDAR: answered_in_calendar,
}


@again_if_undone
def act(incoming_id: int) -> Outcome | None:
    """Deal with one message that is a row; None where it was dealt with before: nothing is done twice."""
    with writing(settings().database) as session:
        row = incoming.find(session, incoming_id, lock=True)
        if row is None or row.state != MailState.NEW:
            return None
        if row.visit_id is not None:
            visits.get(session, row.visit_id, lock=True)  # after the message, before its letters (0039)
        reading: MailReading = stored.READING.read(row.reading, row.shape)
        outcome = RULES[reading.kind](session, row, reading)
        incoming.settle(session, row, outcome.state, outcome.words, SERVICE)
        audit.note(session, SERVICE, _recorded(session, row, outcome), row.visit_id, source="mail")
        if row.visit_id is not None and outcome.state == MailState.DONE and outcome.wakes:
            visits.ask_to_wake(session, row.visit_id)
        return outcome


def _recorded(session: Session, row: IncomingRow, outcome: Outcome) -> str:
    """How it stands in the record; of what bears a mark only what kind of message it was (A20)."""
    kind = MailKind(row.kind).called
    marked = row.visit_id is not None and mark_of(session, visits.get(session, row.visit_id))
    return kind if marked else f"{kind}: {outcome.words}"
