"""Changes of the working calendar: first every open date that they move is shown, then a person decides (C4)."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from answers.answering import Giver
from answers.open_dates import is_unknown, open_dates, waiting_visits
from config.office_calendar import calendar_content
from config.settings import settings
from database import audit, calendars, due_dates, visits
from database.calendars import InForce
from database.dossier import Dossier
from database.engine import again_if_undone, reading, writing
from database.turns import take_turn
from domain.calendar_content import CalendarContent
from domain.dates import short_date
from domain.open_date import Move, OpenDate, moves, settled
from domain.problem import Overtaken, Problem
from domain.state import VisitState


@dataclass(frozen=True)
class Change:
    """What another calendar would change, or has changed. `version` is the one that counts afterwards."""

    version: int
    is_new: bool  #: False: the calendar says the same already
    moves: tuple[Move, ...] = ()
    settled: tuple[OpenDate, ...] = ()  #: provisional dates that stay, and are official now
    unknown: tuple[str, ...] = ()  #: visits whose dates are not kept with their rules yet
    to_wake: tuple[str, ...] = ()  #: open visits that look at their dates again


def preview(file: Path) -> Change:
    """What importing that file would change; nothing is stored."""
    return preview_content(calendar_content(file))


def preview_content(content: CalendarContent) -> Change:
    """What that calendar would change; nothing is stored."""
    with reading(settings().database) as session:
        return _compare(session, content, waiting_visits(session))


def preview_undo() -> Change:
    """What going back to the version before would change; `Refused` at the first one."""
    with reading(settings().database) as session:
        former = calendars.content_of(calendars.former_of(session))
        return _compare(session, former, waiting_visits(session), going_back=True)


def load(file: Path, giver: Giver) -> Change:
    """Make that file the version in force, and count every open date again."""
    return load_content(calendar_content(file), file.name, giver)


@again_if_undone
def load_content(content: CalendarContent, source: str, giver: Giver, *, looked_at: int | None = None) -> Change:
    """Make that calendar the version in force, and count every open date again.

    `source` says where it comes from; `looked_at` is the version that a page showed, `Overtaken` if it has been
    replaced.
    """
    with writing(settings().database) as session:
        take_turn(session, "calendar")
        _refuse_overtaken(session, looked_at)
        dossiers = waiting_visits(session, lock=True)
        change = _compare(session, content, dossiers)
        if not change.is_new:
            return change
        row = calendars.add(session, content, source, giver.name)
        _note(session, giver, "nạp lịch làm việc", change, row.source)
        _count_again(session, change, dossiers)
        return change


@again_if_undone
def undo(giver: Giver, *, looked_at: int | None = None) -> Change:
    """Let the version before the one in force count again; the dates go back to where they were."""
    with writing(settings().database) as session:
        take_turn(session, "calendar")
        _refuse_overtaken(session, looked_at)
        former = calendars.former_of(session)
        dossiers = waiting_visits(session, lock=True)
        change = _compare(session, calendars.content_of(former), dossiers, going_back=True)
        row = calendars.put_back(session, giver.name)
        _note(session, giver, "hoàn tác lịch làm việc", change, row.source)
        _count_again(session, change, dossiers)
        return change


def _refuse_overtaken(session: Session, looked_at: int | None) -> None:
    """The calendar has changed since somebody looked: he is told by whom and when (decision 0031)."""
    newest = calendars.versions(session)[0]
    if looked_at is None or looked_at == newest.version:
        return
    moment = f"{newest.loaded_at:%H:%M} {short_date(newest.loaded_at)}"
    told = f"{newest.loaded_by} ghi lịch bản {newest.version} lúc {moment}"
    raise Overtaken(Problem("", f"đã có thay đổi từ lúc mở trang: {told}", "xem lại rồi gửi lần nữa"))


def _compare(
    session: Session, content: CalendarContent, dossiers: list[Dossier], *, going_back: bool = False
) -> Change:
    now = calendars.in_force(session)
    fingerprint = calendars.fingerprint_of(content)
    if fingerprint == now.hash and not going_back:
        return Change(now.version, is_new=False)
    then = InForce(now.version + 1, fingerprint, content)
    before = [open_date for dossier in dossiers for open_date in open_dates(dossier, now)]
    after = [open_date for dossier in dossiers for open_date in open_dates(dossier, then)]
    moved, confirmed = moves(before, after), settled(before, after)
    unknown = tuple(dossier.visit.key for dossier in dossiers if is_unknown(dossier))
    touched = {one.visit for one in moved} | set(unknown)
    to_wake = tuple(
        dossier.visit.key
        for dossier in dossiers
        if dossier.visit.state == VisitState.OPEN and dossier.visit.key in touched
    )
    return Change(then.version, True, moved, confirmed, unknown, to_wake)


def _note(session: Session, giver: Giver, what: str, change: Change, file: str) -> None:
    moved = [str(move) for move in change.moves]
    audit.note(
        session, giver.name, what, version=change.version, file=file, moved=moved, source=giver.source
    )  # fmt: skip


def _count_again(session: Session, change: Change, dossiers: list[Dossier]) -> None:
    """Store what moved or was confirmed, and let the visits look; all else stays as it is."""
    calendar = calendars.in_force(session)
    touched = {move.visit for move in change.moves} | {one.visit for one in change.settled}
    for dossier in dossiers:
        if dossier.visit.key in touched:
            for row in due_dates.open_of(session, dossier.visit.id):
                due_dates.count(session, row, calendar, dossier.today)
    to_wake = set(change.to_wake)
    visits.ask_all_to_wake(session, [one.visit.id for one in dossiers if one.visit.key in to_wake])
