"""Which rule acts on which kind of message; all of one message in the one transaction that settles its row."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from answers.incoming.absences import away, by_a_machine
from answers.incoming.bounces import given_back, still_tried
from answers.incoming.calendar_answers import answered_in_calendar
from answers.incoming.outcome import Outcome
from answers.incoming.proposals import propose
from answers.incoming.their_files import Weighed, weigh
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
#: So the line begins of a message about something that bears a mark; nothing but its kind follows.
ONLY_KIND = "thư đến: "


def _not_readable(_session: Session, _row: IncomingRow, reading: MailReading) -> Outcome:
    """Nothing is guessed: a person opens it with a mail program."""
    fault = reading.fault or "không đọc được thư"
    return Outcome(MailState.OPEN, f"{fault}; mở thư trong hộp thư của cơ quan")


#: One rule for each kind but answers, whose lists are read before the transaction.
RULES: Mapping[MailKind, Rule] = {
    MailKind.BOUNCE: given_back,
    MailKind.DELAY: still_tried,
    MailKind.ABSENCE: away,
    MailKind.AUTOMATIC: by_a_machine,
    MailKind.CALENDAR: answered_in_calendar,
    MailKind.UNREADABLE: _not_readable,
}


def ruled(session: Session, row: IncomingRow, reading: MailReading, weighed: Sequence[Weighed]) -> Outcome:
    """What the rule of its kind makes of a message; `weighed` are the lists that came with it (`their_files.weigh`)."""
    if reading.kind is MailKind.ANSWER:
        return propose(session, row, reading, weighed)
    return RULES[reading.kind](session, row, reading)


@again_if_undone
def act(incoming_id: int) -> Outcome | None:
    """Deal with one message that is a row; None where nothing is done: it was before, or the next round knows more."""
    weighed = weigh(incoming_id)  # before the transaction: others wait while it is open
    with writing(settings().database) as session:
        row = incoming.find(session, incoming_id, lock=True)
        if row is None or row.state != MailState.NEW:
            return None
        if row.visit_id is not None:
            visits.get(session, row.visit_id, lock=True)  # after the message, before its letters (0039)
        reading: MailReading = stored.READING.read(row.reading, row.shape)
        # What was written with the row is a doubt about it, which no rule may pass over.
        doubt = Outcome(MailState.OPEN, row.outcome) if row.outcome else None
        outcome = doubt or ruled(session, row, reading, weighed)
        if outcome.state == MailState.NEW:
            return None
        _settle(session, row, outcome)
        if row.visit_id is not None and outcome.wakes:
            visits.ask_to_wake(session, row.visit_id)
        return outcome


@again_if_undone
def leave_to_a_person(incoming_id: int, why: str) -> None:
    """No rule could deal with it: it waits for a person, and holds nobody else up."""
    with writing(settings().database) as session:
        row = incoming.find(session, incoming_id, lock=True)
        if row is not None and row.state == MailState.NEW:
            _settle(session, row, Outcome(MailState.OPEN, why))


def _settle(session: Session, row: IncomingRow, outcome: Outcome) -> None:
    incoming.settle(session, row, outcome.state, outcome.words, SERVICE)
    audit.note(session, SERVICE, _recorded(session, row, outcome), row.visit_id, source="mail", message=row.id)


def _recorded(session: Session, row: IncomingRow, outcome: Outcome) -> str:
    """How it stands in the record; of what bears a mark only what kind of message it was (A20).

    The bare kind is no line of a message: a letter that was given back has one of that name (`bounces`).
    """
    kind = MailKind(row.kind).called
    marked = row.visit_id is not None and mark_of(session, visits.get(session, row.visit_id))
    return f"{ONLY_KIND}{kind}" if marked else f"{kind}: {outcome.words}"
