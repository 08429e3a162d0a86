"""Every kind of transaction that takes more than one lock, each small enough to be done a thousand times."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select

from answers.answering import Giver, taking
from answers.incoming.acting import act
from answers.incoming.assigning import assign, seen_of
from answers.incoming.storing import Arrived, store
from answers.letters import _decide
from answers.open_dates import waiting_visits
from answers.photos import _open_visit
from answers.register import reserve
from archive.folder import note_taken
from config.settings import settings
from database import audit, incoming, outbox, plans, service_notes, visits
from database.engine import again_if_undone, reading, writing
from database.incoming import IncomingRow
from database.models import LetterRow, VisitRow
from database.numbers import Series
from database.turns import take_turn
from domain.incoming import MailKind, MailReading, MailState
from domain.obligation import Kind, Obligation
from domain.outcome import Waiting
from domain.problem import Refused
from domain.state import LetterState
from domain.wait import Wait
from flows.engine.wake import wake
from flows.open_due_visits import _hold_back
from tasks.asking.weekly import _write
from tasks.letters.deliver import recover
from tasks.letters.sending import _settle
from tasks.steps.step_limit import hung
from tests import mail_that_came
from tests.desk import Desk
from tests.incoming import came

_GIVER = Giver("Người thử", "cli")
_NUMBERS = Series("BTCTU", "TB", "2020-2025")


#: Their names, by which tests ask for them.
WRITERS = (
    "an answer", "a letter settled as held", "what a dead sender left", "a word about a letter", "a step",
    "a letter that came back", "Monday's letters", "a parked run", "a step that hung", "a call", "a photo",
    "an archive", "a calendar", "a plan", "a summary",
    "what lies behind", "an answer from a message", "a message that is assigned", "a number", "a word of the service",
    "a message that comes in", "an act about a message",
)  # fmt: skip


def writers(desk: Desk) -> Mapping[str, Callable[[], object]]:
    """By name, each for the visit of the desk, which is open and has letters."""
    visit_id, letters = desk.visit.id, desk.letters()
    return {
        "an answer": lambda: _answer(desk.key),
        "a letter settled as held": lambda: _settle(letters[0], "held", "250"),
        "what a dead sender left": lambda: recover(visit_id),
        "a word about a letter": lambda: _decide(
            letters[-1].id, {state.value: state.value for state in LetterState}, "thử", _GIVER
        ),
        "a step": lambda: _step(visit_id),
        "a letter that came back": lambda: _come_back(letters[0]),
        "Monday's letters": _monday,
        "a parked run": lambda: _park(visit_id),
        "a step that hung": lambda: hung(visit_id, "bước thử"),
        "a call": lambda: wake(visit_id),
        "a photo": lambda: _photo(desk.key),
        "an archive": lambda: _archive(visit_id),
        "a calendar": _calendar,
        "a plan": lambda: _plan(desk.visit.year),
        "a summary": lambda: _summary(desk.visit.year),
        "what lies behind": lambda: _hold_back(settings().database),
        "an answer from a message": lambda: _from_message(desk.key),
        "a message that is assigned": lambda: _assign(desk.key),
        "a number": lambda: reserve(_NUMBERS, None, _GIVER),
        "a word of the service": _note,
        "a message that comes in": lambda: _arrive(letters[0]),
        "an act about a message": lambda: _act(letters[0]),
    }


@again_if_undone
def _photo(reference: str) -> None:
    with _open_visit(reference) as dossier:
        audit.note(dossier.session, _GIVER.name, "giữ ảnh", dossier.visit.id)


def _arrive(letter: LetterRow) -> int:
    """As a round over the inbox keeps it (`tasks.incoming`)."""
    sender, now = "ban-thuong-vu@bien-hoa.example", datetime(2024, 3, 2, tzinfo=UTC)
    read = MailReading(MailKind.ANSWER, sender, "", "", "<1@x.example>", refers_to=(letter.message_id,))
    with writing(settings().database) as session:
        kept = store(session, Arrived(b"Subject: x\r\n\r\nx", 17, now, read))
        incoming.keep_place(session, incoming.Place("thu", 1, 1))
        return kept.row_id


def _act(letter: LetterRow) -> None:
    number = _arrive(letter)
    with writing(settings().database) as session:
        row = incoming.find(session, number, lock=True)
        assert row is not None
        row.state = MailState.NEW
    act(number)


def _answer(key: str) -> None:
    with taking(key, _GIVER, "thử"):
        pass


def _from_message(key: str) -> None:
    """The message waits for nobody any more after the first of them: the others are told, holding it alone."""
    with suppress(Refused), taking(key, replace(_GIVER, message=_message(key)), "thử"):
        pass


def _assign(key: str) -> None:
    with suppress(Refused):
        number = _message(key)
        with reading(settings().database) as session:
            seen = seen_of(session.get_one(IncomingRow, number))
        assign(number, key, _GIVER, looked_at=seen)


def _message(key: str) -> int:
    """The one message about that visit; it comes when somebody first asks for it."""
    with reading(settings().database) as session:
        found = session.scalars(select(IncomingRow.id).order_by(IncomingRow.id)).first()
    return found or came(visit=key, state=MailState.OPEN)


@again_if_undone
def _step(visit_id: int) -> None:
    """It takes letters back and lets others go, the newest first."""
    with writing(settings().database) as session:
        visits.get(session, visit_id, lock=True)
        for letter in reversed(outbox.of_visit(session, visit_id)):
            if (row := outbox.locked(session, letter.id)) is not None:
                outbox.move(session, row, "withdrawn" if row.state == "withdrawn" else "queued", "queued")


def _come_back(letter: LetterRow) -> None:
    act(mail_that_came.store(mail_that_came.bounce(letter.addressee.address), letter))


@again_if_undone
def _monday() -> None:
    with writing(settings().database) as session:
        carrier = visits.of(session, Obligation(Kind.PLAN, 2024))
        assert carrier is not None
    _write(carrier.id)


def _park(visit_id: int) -> None:
    with writing(settings().database) as session:
        visits.note_waiting(session, visit_id, Waiting(Wait.NOMINATIONS), 7)


def _archive(visit_id: int) -> None:
    with writing(settings().database) as session:
        note_taken(session, "Người thử", "thử", visit_id)


@again_if_undone
def _calendar() -> None:
    """As the loading of days off goes on (`answers.working_calendar`)."""
    with writing(settings().database) as session:
        take_turn(session, "calendar")
        for dossier in waiting_visits(session, lock=True):
            visits.ask_to_wake(session, dossier.visit.id)


def _plan(year: int) -> None:
    with writing(settings().database) as session:
        plans.save(session, *plans.read(session, year), "thử")
        for row in visits.of_year(session, year):
            visits.ask_to_wake(session, row.id)


def _summary(year: int) -> None:
    """The row of the whole year, then those of the units (`tasks.steps.summary_2_issue`)."""
    with writing(settings().database) as session:
        own = visits.of_year(session, year, Kind.SUMMARY)[0]
        visits.get(session, own.id, lock=True)
        for row in visits.lock(session, VisitRow.year == year, VisitRow.kind == Kind.SELF_REPORT):
            visits.ask_to_wake(session, row.id)


def _note() -> None:
    with writing(settings().database) as session:
        service_notes.note(session, "thử", "lời")
