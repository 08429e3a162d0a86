"""Which rule acts on which kind of message; all of one message in the one transaction that settles its row."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from answers.incoming.outcome import Outcome
from answers.incoming.proposals import propose
from answers.incoming.their_files import Weighed, weigh
from config.settings import settings
from database import audit, incoming, stored, visits
from database.engine import again_if_undone, writing
from database.incoming import IncomingRow
from domain.incoming import MailKind, MailReading, MailState

#: A rule gets the row, locked, with its letter and visit matched where that was possible, and what was read in it.
Rule = Callable[[Session, IncomingRow, MailReading], Outcome]

#: The service itself, where a message was dealt with by a rule.
SERVICE = "dịch vụ"


def _left_to_a_person(_session: Session, _row: IncomingRow, _reading: MailReading) -> Outcome:
    return Outcome(MailState.OPEN, "chờ cán bộ xem")


RULES: Mapping[MailKind, Rule] = dict.fromkeys(MailKind, _left_to_a_person)


def ruled(session: Session, row: IncomingRow, reading: MailReading, weighed: Sequence[Weighed]) -> Outcome:
    """What the rule of its kind makes of a message; `weighed` are the lists that came with it (`their_files.weigh`)."""
    if reading.kind is MailKind.ANSWER:
        return propose(session, row, reading, weighed)
    return RULES[reading.kind](session, row, reading)


@again_if_undone
def act(incoming_id: int) -> Outcome | None:
    """Deal with one message that is a row; None where it was dealt with before: nothing is done twice."""
    weighed = weigh(incoming_id)  # before the transaction: others wait while it is open
    with writing(settings().database) as session:
        row = incoming.find(session, incoming_id, lock=True)
        if row is None or row.state != MailState.NEW:
            return None
        reading: MailReading = stored.READING.read(row.reading, row.shape)
        outcome = ruled(session, row, reading, weighed)
        incoming.settle(session, row, outcome.state, outcome.words, SERVICE)
        audit.note(session, SERVICE, f"{reading.kind.called}: {outcome.words}", row.visit_id, source="mail")
        if row.visit_id is not None and outcome.state == MailState.DONE:
            visits.ask_to_wake(session, row.visit_id)
        return outcome
