"""How the service stands in numbers, for monitors: few queries, however many rows, and no name of anybody (0048)."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ColumnExpressionArgument, case, func, or_, select
from sqlalchemy.orm import Session

from config.settings import Settings
from database import clock, incoming, outbox, service_notes
from database.health import INBOX, KINDS, TENDED, troubles_by_kind
from database.models import LetterRow, ServiceNoteRow, VisitRow
from domain.dates import OFFICE_ZONE
from domain.incoming import MailKind, MailState
from domain.role import Role
from domain.state import LetterState, VisitState
from overview.copies import copies_in

#: So begins the name of the note by which the doctor of a machine says what it found: kind of look -> faults, warnings.
EXAMINED = "examined"
#: A machine whose doctor has not looked for so long is taken for one that is there no more.
_GONE = timedelta(days=7)
#: Days, the label of what has waited less.
_AGES = ((1, "under_1d"), (7, "under_7d"), (30, "under_30d"))
_OLDEST = "over_30d"
_LONGEST = 40  # letters of the name of a note
_UNSETTLED = (LetterState.QUEUED, LetterState.SENDING, LetterState.UNCERTAIN, LetterState.HELD)
_DAY_OF_COPY = re.compile(r"\d{4}-\d\d-\d\d_\d{6}")


@dataclass(frozen=True)
class Gauge:
    """One number at this moment; several of a name differ in their labels."""

    name: str
    about: str  #: what it counts, for whoever sets up the monitor
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
    only_grows: bool = False


def gauges(session: Session, of: Settings, now: datetime, free: int) -> Iterator[Gauge]:
    """All of them; `now` is the wall clock's, `free` the bytes left on the disk.

    Visits wait by the clock of the service, which in a rehearsal is another.
    """
    today = clock.now(session)
    notes = service_notes.read(session)
    yield from _rows(session)
    yield from _waits(session, today)
    yield from _claims(session, now)
    yield from _letters(session, today)
    yield from _incoming(session)
    yield from _notes(notes, now)
    yield from _copies(of, now)
    yield from _found(session, of, now, free)
    yield from _examined(notes, now)
    yield Gauge("visits_disk_free_bytes", "Bytes left on the disk of the home", free)


def _rows(session: Session) -> Iterator[Gauge]:
    called = case((or_(VisitRow.wake_wanted > VisitRow.wake_seen, VisitRow.rerun_by.is_not(None)), 1), else_=0)
    stopped = case((VisitRow.trouble.is_not(None), 1), else_=0)
    query = select(VisitRow.state, *(_total(one) for one in (VisitRow.wakeups, called, stopped)), func.count())
    found = {str(row[0]): [int(one) for one in row[1:]] for row in session.execute(query.group_by(VisitRow.state))}
    for state in VisitState:
        about = "Visits and other obligations of all years, by state"
        yield Gauge("visits_obligations", about, found[state][3] if state in found else 0, {"state": state})
    wakeups, wanted, troubled = (sum(row[place] for row in found.values()) for place in (0, 1, 2))
    yield Gauge("visits_wakeups", "How often runs went on after a wait", wakeups, only_grows=True)
    yield Gauge("visits_called", "Rows with an answer or a call that no run has seen yet", wanted)
    yield Gauge("visits_stopped", "Rows that stand still until a person acts", troubled)


def _total(column: ColumnExpressionArgument[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)


def _waits(session: Session, today: datetime) -> Iterator[Gauge]:
    """By whom, of the roles that there are, and how long."""
    since = VisitRow.waiting_since
    age = case(*((since > today - timedelta(days=days), label) for days, label in _AGES), else_=_OLDEST)
    waits = select(VisitRow.waiting_for, age, func.count(), func.min(since))
    query = waits.where(VisitRow.state == VisitState.OPEN, since.is_not(None)).group_by(VisitRow.waiting_for, age)
    oldest: dict[str, datetime] = {}
    for who, how_long, count, first in session.execute(query):
        role = who if who in list(Role) else "other"
        yield Gauge("visits_waiting", "Open visits by who must act and since when", count, _wait(role, how_long))
        oldest[role] = min(first, oldest.get(role, first))
    for role, first in oldest.items():
        about = "Age of the oldest wait, by who must act"
        yield Gauge("visits_waiting_oldest_seconds", about, _seconds(first, today), {"for": role})


def _wait(role: str, how_long: str) -> Mapping[str, str]:
    return {"for": role, "age": how_long}


def _claims(session: Session, now: datetime) -> Iterator[Gauge]:
    query = select(func.count(), func.min(VisitRow.worker_seen_at)).where(VisitRow.worker.is_not(None))
    count, oldest = session.execute(query).one()
    yield Gauge("visits_claims", "Visits that a run holds at this moment", count)
    yield Gauge("visits_claim_oldest_seconds", "Age of the oldest of these", _seconds(oldest, now))


def _letters(session: Session, today: datetime) -> Iterator[Gauge]:
    counted = outbox.counts(session)
    for state in LetterState:
        yield Gauge("visits_letters", "Letters by state", counted.get(state, 0), {"state": state})
    first = select(LetterRow.state, func.min(LetterRow.queued_at)).where(LetterRow.state.in_(_UNSETTLED))
    oldest = {state: queued for state, queued in session.execute(first.group_by(LetterRow.state))}  # noqa: C416
    for state in _UNSETTLED:
        about = "Age of the oldest letter that is not settled, by state; 0 where there is none"
        yield Gauge("visits_letter_oldest_seconds", about, _seconds(oldest.get(state), today), {"state": state})


def _incoming(session: Session) -> Iterator[Gauge]:
    counted = incoming.counts(session)
    for kind in MailKind:
        for state in MailState:
            about, labels = "Messages that came in, by kind and state", {"kind": kind, "state": state}
            yield Gauge("visits_incoming", about, counted.get((kind, state), 0), labels)


def _notes(notes: Mapping[str, ServiceNoteRow], now: datetime) -> Iterator[Gauge]:
    if tended := notes.get(TENDED):
        about = "Seconds since the schedule trong-nom last looked after the runs"
        yield Gauge("visits_tended_seconds", about, _seconds(tended.at, now))
    if read := notes.get(INBOX):
        yield Gauge("visits_inbox_read_seconds", "Seconds since the inbox was last read", _seconds(read.at, now))


def _copies(of: Settings, now: datetime) -> Iterator[Gauge]:
    """By the name of the newest copy; whether it can be read is the doctor's to say."""
    if of.copies.folder is None:
        return
    copies = copies_in(of.copies.folder, of.mode)
    yield Gauge("visits_copies", "Copies in VISITS_COPIES__FOLDER", len(copies))
    if copies and (day := _DAY_OF_COPY.search(copies[-1].name)):
        taken = datetime.strptime(day[0], "%Y-%m-%d_%H%M%S").replace(tzinfo=OFFICE_ZONE)
        yield Gauge("visits_copy_age_seconds", "Age of the newest copy", _seconds(taken, now))


def _found(session: Session, of: Settings, now: datetime, free: int) -> Iterator[Gauge]:
    found = {kind: problem for kind, problem in troubles_by_kind(session, of, now, free)}  # noqa: C416
    for kind in KINDS:
        about = "Whether the service itself knows of this trouble just now"
        yield Gauge("visits_service_trouble", about, float(kind in found), {"kind": kind})


def examined_on(host: str) -> str:
    """The name of that machine's note."""
    return f"{EXAMINED}@{host}"[:_LONGEST]


def _examined(notes: Mapping[str, ServiceNoteRow], now: datetime) -> Iterator[Gauge]:
    """What `visits doctor` found last on each machine; nothing where it has never looked."""
    for name, note in sorted(notes.items()):
        kind_of_note, _, machine = name.partition("@")
        if kind_of_note == EXAMINED and now - note.at < _GONE:
            yield from _examined_there(note, machine, now)


def _examined_there(note: ServiceNoteRow, machine: str, now: datetime) -> Iterator[Gauge]:
    where = {"machine": machine}
    yield Gauge("visits_doctor_age_seconds", "Seconds since visits doctor looked last", _seconds(note.at, now), where)
    for kind, (faults, warnings) in sorted(json.loads(note.text).items()):
        for severity, count in (("fault", faults), ("warning", warnings)):
            labels = {"kind": kind, "severity": severity, **where}
            yield Gauge("visits_doctor_findings", "What visits doctor found last, by kind", count, labels)


def _seconds(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
