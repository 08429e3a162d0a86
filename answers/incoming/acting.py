"""Which rule acts on which kind of message; all of one message in the one transaction that settles its row."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from answers.incoming import rules
from answers.incoming.outcome import Outcome
from config.settings import settings
from database import audit, incoming, stored, visits
from database.engine import again_if_undone, writing
from database.incoming import IncomingRow
from domain.incoming import MailKind, MailReading, MailState

#: A rule gets the row, locked, with its letter and visit matched where that was possible, and what was read in it.
Rule = Callable[[Session, IncomingRow, MailReading], Outcome]

#: The service itself, where a message was dealt with by a rule.
SERVICE = "dịch vụ"


def _left_to_a_person(_session: Session, row: IncomingRow, _reading: MailReading) -> Outcome:
    return Outcome(MailState.OPEN, row.outcome or "chờ cán bộ xem")


#: One rule for each kind; a kind without one waits for a person.
RULES: Mapping[MailKind, Rule] = {
    **dict.fromkeys(MailKind, _left_to_a_person),
    MailKind.ANSWER: rules.written_by_a_person,
    MailKind.AUTOMATIC: rules.written_by_a_machine,
    MailKind.UNREADABLE: rules.not_readable,
}
#: What a machine writes tells a visit nothing.
_QUIET = (MailKind.AUTOMATIC,)


@again_if_undone
def act(incoming_id: int) -> Outcome | None:
    """Deal with one message that is a row; None where it was dealt with before: nothing is done twice."""
    with writing(settings().database) as session:
        row = incoming.find(session, incoming_id, lock=True)
        if row is None or row.state != MailState.NEW:
            return None
        reading: MailReading = stored.READING.read(row.reading, row.shape)
        # What was written with the row is a doubt about it, which no rule may pass over.
        rule = _left_to_a_person if row.outcome else RULES[reading.kind]
        outcome = rule(session, row, reading)
        _settle(session, row, reading.kind, outcome)
        if row.visit_id is not None and outcome.state == MailState.DONE and reading.kind not in _QUIET:
            visits.ask_to_wake(session, row.visit_id)
        return outcome


@again_if_undone
def leave_to_a_person(incoming_id: int, why: str) -> None:
    """No rule could deal with it: it waits for a person, and holds nobody else up."""
    with writing(settings().database) as session:
        row = incoming.find(session, incoming_id, lock=True)
        if row is not None and row.state == MailState.NEW:
            _settle(session, row, MailKind(row.kind), Outcome(MailState.OPEN, why))


def _settle(session: Session, row: IncomingRow, kind: MailKind, outcome: Outcome) -> None:
    incoming.settle(session, row, outcome.state, outcome.words, SERVICE)
    said = f"{kind.called}: {outcome.words}"
    audit.note(session, SERVICE, said, row.visit_id, source="mail", incoming=row.id)
