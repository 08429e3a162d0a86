"""Writes to leaders who want it, on Monday mornings, what waits for them, with the very forms (R62, decision 0052)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from config.settings import settings
from database import accounts, audit, clock, outbox, plans, service_notes, visits
from database.addressees import Addressee
from database.dossier import Dossier, open_dossier
from database.engine import reading, writing
from database.models import LetterRow, VisitRow
from domain.letters_and_documents import Purpose
from domain.obligation import Kind, Obligation
from domain.plan import Contact
from domain.role import Role
from domain.state import LetterState
from overview.waiting_for import MINE, waiting_for
from tasks.letters.correspondence import write
from tasks.letters.sending import send_queued

#: From when on it is written, and until when it is still of use; both by the office's clock.
FROM_HOUR, UNTIL_HOUR = 7, 18
#: Under this name the service keeps the week that it has seen to.
_SEEN_TO = "monday-letters"
_NOT_THERE = (LetterState.QUEUED, LetterState.HELD, LetterState.REFUSED)


def tell_leaders() -> int:
    """See to this week's letters; asked every few minutes, and does something once. Returns how many went.

    What waits is looked at once, at the first look of the day; what comes later has letters of its own. Letters that
    the mail server did not take are tried again until the evening, and taken back after it, whoever still wants them;
    so are those that were held or refused.
    """
    with reading(settings().database) as session:
        now = clock.now(session)
        left = _left(session)
        wanted = any(row.weekly for row in accounts.everyone(session))
        carrier = _carrier(session, now) if wanted and _is_time(now) else None
        seen = service_notes.read(session).get(_SEEN_TO)
    for visit_id in {letter.visit_id for letter in left if not _is_of_use(letter, now)}:
        _take_back(visit_id, now)
    if carrier is None:
        return 0
    if seen is None or seen.text != _week(now):
        _write(carrier.id)
    elif all(letter.state != LetterState.QUEUED or not _is_of_use(letter, now) for letter in left):
        return 0
    return send_queued(carrier.id).sent


def _left(session: Session) -> Sequence[LetterRow]:
    """Those of any Monday and year that have not reached their leader, by whatever is in their way."""
    query = select(LetterRow).where(LetterRow.purpose == Purpose.LEADER_WEEK, LetterRow.state.in_(_NOT_THERE))
    return session.scalars(query.options(defer(LetterRow.raw))).all()


def _write(carrier: int) -> None:
    """All letters of this Monday and the word that they are written, in one transaction."""
    with writing(settings().database) as session:
        dossier = open_dossier(session, carrier, lock=True)
        now = dossier.now
        seen = service_notes.read(session).get(_SEEN_TO)
        if seen is not None and seen.text == _week(now):
            return  # another process was quicker
        written = sum(_tell(dossier, row) for row in accounts.everyone(session) if row.weekly)
        service_notes.note(session, _SEEN_TO, _week(now))
        if written:
            audit.note(session, audit.SYSTEM, "thư sáng thứ Hai", carrier, letters=written)


def _tell(dossier: Dossier, row: accounts.AccountRow) -> bool:
    """The letter of one leader; none where nothing waits, nor for who may not sign in any more."""
    if not (row.active and row.email and Role.LEADER in row.roles):
        return False
    lent = {role for place in accounts.places_of(dossier.session, row.id, dossier.today) for role in place.roles}
    waiting = waiting_for(dossier.session, {Role.LEADER, *lent} - {Role.ADMIN, Role.INSPECTOR})
    if not waiting:
        return False
    to = Addressee(f"account:{row.id}", Contact(row.name, row.email))
    facts = {"leader": row.name, "waiting": waiting, "link": settings().desk_url + MINE}
    return write(dossier, Purpose.LEADER_WEEK, to, facts, revision=int(_week(dossier.now)))


def _take_back(visit_id: int, now: datetime) -> None:
    """Nobody needs them any more: the day is over."""
    with writing(settings().database) as session:
        visits.get(session, visit_id, lock=True)
        for letter in _left(session):
            if letter.visit_id == visit_id and not _is_of_use(letter, now):
                outbox.take_back(session, letter.id)


def _carrier(session: Session, now: datetime) -> VisitRow | None:
    """Among whose letters they stand: the year's plan, which is the office's own and no unit's; None without one."""
    years = [year for year in (now.year, *plans.years(session)) if plans.current(session, year)]
    rows = (visits.of(session, Obligation(Kind.PLAN, year)) for year in years)
    return next((row for row in rows if row is not None), None)


def _is_of_use(letter: LetterRow, now: datetime) -> bool:
    return _is_time(now) and letter.queued_at.date() == now.date()


def _is_time(now: datetime) -> bool:
    return now.isoweekday() == 1 and FROM_HOUR <= now.hour < UNTIL_HOUR


def _week(now: datetime) -> str:
    year, week, _day = now.isocalendar()
    return f"{year}{week:02d}"
