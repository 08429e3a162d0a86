"""Every act of an office, by the state that it begins with: what it is called, what prepares it, what is measured."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from answers.changes import cancel, move
from answers.register import reserve
from answers.working_calendar import load_content, preview_content
from archive.year_tables import tables_of
from benchmarks.full_month import YEAR, Kept, key_of, office_of, row_of
from benchmarks.stand_in import StandIn
from config.settings import settings
from database import calendars, history, plans, visits
from database.dossier import open_dossier
from database.engine import reading, writing
from database.health import troubles
from database.models import VisitRow
from database.numbers import Series
from database.record.check import faults
from domain.calendar_content import CalendarContent, DayOff
from domain.dates import OFFICE_ZONE, at
from flows.open_due_visits import open_due
from flows.reconcile_visits import reconcile
from flows.year_table import year_table
from overview.gauges import gauges
from tests.desk import Desk
from tests.may import CLERK, LEADER
from tests.numbering import number_next
from web.app import create_app
from web.desk.security_tokens import session_cookie

#: Does what is measured; what it needs was prepared when it was made.
Act = Callable[[], object]
_SPACE = 10**12  #: bytes on a disk that is never full


@dataclass
class Scene:
    """One office at one moment, with a server, and the visit that a single act is about."""

    kept: Kept
    own: StandIn
    number: int

    @property
    def desk(self) -> Desk:
        """The visit's people."""
        return Desk(key_of(self.number))


@dataclass(frozen=True)
class Measured:
    """One act: `bulk` where it is about every visit at once, which may grow with their number."""

    name: str
    office: str  #: of `full_month.STAGES`
    stage: str  #: how far the visit has come that it is about; empty where it is about none
    make: Callable[[Scene], Act]
    bulk: bool = False


def _wake_up(before: Callable[[Desk], object] = lambda _desk: None) -> Callable[[Scene], Act]:
    """Somebody has answered, and the run looks at it until it parks again, letters and documents included."""

    def make(scene: Scene) -> Act:
        run_id = scene.own.give_run(scene.number)
        before(scene.desk)
        return partial(scene.own.run, run_id)

    return make


def _person(act: Callable[[Desk], object]) -> Callable[[Scene], Act]:
    return lambda scene: partial(act, scene.desk)


def _page(path: str) -> Callable[[Scene], Act]:
    """A page of the desk, from the request to the last byte, after another one that warmed the process."""

    def make(scene: Scene) -> Act:
        cookies = {session_cookie(): scene.kept.token}
        browser = TestClient(create_app(), base_url="http://127.0.0.1", cookies=cookies)
        url = path.format(key=key_of(scene.number))

        def look() -> None:
            answer = browser.get(url)
            assert answer.status_code == 200, (url, answer.status_code)

        look()
        return look

    return make


def _read(look: Callable[..., object]) -> Callable[[Scene], Act]:
    """A look into the database, of the visit that it is about."""

    def make(scene: Scene) -> Act:
        row = row_of(scene.number)

        def act() -> None:
            with reading(settings().database) as session:
                look(session, row)

        act()
        return act

    return make


def _with_a_day_off() -> CalendarContent:
    with reading(settings().database) as session:
        now = calendars.in_force(session).content
    return replace(now, days_off=(*now.days_off, DayOff(date(2024, 3, 26), "nghỉ của cơ quan", by_office=True)))


def _import_calendar(_scene: Scene) -> Act:
    return partial(load_content, _with_a_day_off(), "lich.yaml", CLERK)


def _load_plan(scene: Scene) -> Act:
    plan, contacts = office_of(scene.kept.hosts, YEAR)

    def load() -> None:
        with writing(settings().database) as session:
            plans.save(session, plan, contacts, "đo")

    return load


def _first_wake_up(scene: Scene) -> Act:
    open_due()
    return partial(scene.own.run, scene.own.give_run(scene.number))


def _issue_request(scene: Scene) -> Act:
    """One công văn for all hosts of the month: every one of them gets its number and its files."""
    open_due()
    scene.own.run(scene.own.give_run(0))
    return partial(number_next, key_of(0), "request")


def _tended(_scene: Scene) -> Act:
    reconcile()
    return reconcile


def _with_history(session: Session, row: VisitRow) -> None:
    dossier = open_dossier(session, row.id)
    history.with_history(session, dossier.visit, dossier.candidates)


def _reserve(_scene: Scene) -> Act:
    return partial(reserve, Series("BTCTU", "TB", "2020-2025"), None, CLERK)


_MOVED = at(date(2024, 5, 15), 14)
ACTS: Sequence[Measured] = (
    Measured("load a plan", "empty", "", _load_plan, bulk=True),
    Measured("open what is due", "loaded", "", lambda _scene: open_due, bulk=True),
    Measured("a request is drawn up (wake-up)", "loaded", "first", _first_wake_up),
    Measured("issue a month's request", "loaded", "first", _issue_request, bulk=True),
    Measured("runs for the whole year", "loaded", "", lambda _scene: reconcile, bulk=True),
    Measured("reconcile, nothing to do", "loaded", "", _tended, bulk=True),
    Measured("nominate", "spring", "asked", _person(Desk.nominate)),
    Measured("wake-up after a list", "spring", "asked", _wake_up(Desk.nominate)),
    Measured("history of a choice", "spring", "listed", _read(_with_history)),
    Measured("choose", "spring", "listed", _person(lambda desk: desk.choose(1))),
    Measured("wake-up after a choice", "spring", "listed", _wake_up(lambda desk: desk.choose(1))),
    Measured("issue a notice", "spring", "chosen", _person(lambda desk: desk.issue("notice", 50_000))),
    Measured("wake-up after a notice", "spring", "chosen", _wake_up(lambda desk: desk.issue("notice", 50_000))),
    Measured("move a meeting", "spring", "issued", _person(lambda desk: move(desk.key, 1, _MOVED, LEADER))),
    Measured("wake-up after a move", "spring", "issued", _wake_up(lambda desk: move(desk.key, 1, _MOVED, LEADER))),
    Measured("cancel", "spring", "issued", _person(lambda desk: cancel(desk.key, "trùng lịch", LEADER))),
    Measured("wake-up after a cancellation", "spring", "issued",
             _wake_up(lambda desk: cancel(desk.key, "trùng lịch", LEADER))),
    Measured("wake-up with no news", "spring", "asked", _wake_up()),
    Measured("reserve a number", "spring", "", _reserve),
    Measured("calendar: see what moves", "spring", "", lambda _scene: partial(preview_content, _with_a_day_off()),
             bulk=True),
    Measured("calendar: let it count", "spring", "", _import_calendar, bulk=True),
    Measured("report findings", "summer", "met", _person(lambda desk: desk.report(desk.findings()))),
    Measured("wake-up after findings", "summer", "met", _wake_up(lambda desk: desk.report(desk.findings()))),
    Measured("approve a report", "summer", "reported", _person(lambda desk: desk.approve("report"))),
    Measured("wake-up after an approval", "summer", "reported", _wake_up(lambda desk: desk.approve("report"))),
    Measured("issue a result", "summer", "approved", _person(lambda desk: desk.issue("result", 60_000))),
    Measured("wake-up after a result, the last", "summer", "approved",
             _wake_up(lambda desk: desk.issue("result", 60_000))),
    Measured("the runner's look", "spring", "", _read(lambda session, _row: visits.to_call(session, 4))),
    Measured("table of the year", "spring", "", _read(lambda session, row: year_table(session, row.year).data),
             bulk=True),
    Measured("name of a unit", "spring", "", _read(lambda session, row: plans.unit_name(session, row))),
    Measured("names of visits", "spring", "", _read(lambda session, row: plans.names_of(session, [row.key]))),
    Measured("figures for a monitor", "spring", "", _read(
        lambda session, _row: list(gauges(session, settings(), datetime.now(OFFICE_ZONE), _SPACE))), bulk=True),
    Measured("doctor: what the service says", "spring", "", _read(
        lambda session, _row: troubles(session, settings(), datetime.now(OFFICE_ZONE), _SPACE, {}))),
    Measured("doctor: the whole record", "spring", "", _read(
        lambda session, _row: list(faults(session, settings()))), bulk=True),
    Measured("tables of the year for Excel", "summer", "", _read(
        lambda session, row: tables_of(session, row.year)), bulk=True),
    Measured("page: the year", "spring", "", _page("/nam/2024"), bulk=True),
    Measured("page: a visit", "spring", "issued", _page("/chuyen/{key}")),
    Measured("page: a choice", "spring", "listed", _page("/chuyen/{key}/chon")),
    Measured("page: one's own work", "spring", "", _page("/viec-cua-toi"), bulk=True),
    Measured("page: letters", "spring", "", _page("/thu")),
    Measured("page: the register", "spring", "", _page("/so-van-ban")),
    Measured("page: the calendar", "spring", "", _page("/lich-lam-viec")),
    Measured("page: search", "spring", "", _page("/tim?q=chi+bo+truong"), bulk=True),
    Measured("page: news", "spring", "", _page("/tu-lan-truoc?tu=7-ngay")),
    Measured("page: the record", "spring", "", _page("/nhat-ky")),
    Measured("page: health", "spring", "", _page("/tinh-trang")),
)  # fmt: skip
