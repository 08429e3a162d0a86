"""What `visits up` says of its parts is kept for doctor and desk, and a locked database holds up nobody."""

import sqlite3
import time
from collections.abc import Callable
from datetime import date, datetime

import pytest

from config.settings import Settings
from database import service_notes
from database.engine import reading, writing
from database.growth import month_of_room, record
from database.health import troubles
from database.record.heads import Occasion, heads_kept
from deployments.service.watch import ServiceWatch, size_of
from deployments.service.watch_notes import WatchNotes
from domain.dates import OFFICE_ZONE

LOCKED_FOR = 0.5


def words(of: Settings) -> dict[str, str]:
    with reading(of.database) as session:
        return {name: row.text for name, row in service_notes.read(session).items()}


def until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_newest_word_is_kept_and_taken_back_when_it_is_over(office: Settings) -> None:
    notes = WatchNotes(office.database)
    notes.keep("part:server", "đã dừng")
    notes.keep("part:desk", "đã dừng")
    notes.keep("part:server", "không khởi động được")
    until(lambda: words(office) == {"part:server": "không khởi động được", "part:desk": "đã dừng"})

    notes.keep("part:desk", "")
    until(lambda: "part:desk" not in words(office))
    notes.close()

    assert words(office) == {}


def test_where_the_record_stands_is_written_down_once_a_day(office: Settings) -> None:
    """Beside the database, for the doctor (0027)."""
    watch = ServiceWatch(office)
    watch.look()
    until(lambda: len(heads_kept(office)) == 1)
    watch.close()

    ((_line, head),) = heads_kept(office)
    assert head
    assert head.occasion is Occasion.DAY


@pytest.mark.only_sqlite("the whole file is locked; PostgreSQL locks rows")
def test_a_locked_database_holds_up_nobody_and_gets_the_word_later(office: Settings) -> None:
    notes = WatchNotes(office.database)
    other = sqlite3.connect(office.folder / "visits.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    begun = time.monotonic()
    notes.keep("part:server", "đã dừng")
    assert time.monotonic() - begun < LOCKED_FOR
    time.sleep(LOCKED_FOR)
    other.execute("ROLLBACK")

    until(lambda: words(office) == {"part:server": "đã dừng"})
    notes.close()


def test_what_a_killed_service_said_last_is_taken_back_by_the_next(office: Settings) -> None:
    with writing(office.database) as session:
        service_notes.note(session, "part:desk", "không khởi động được")
        service_notes.note(session, "server", "việc xếp lịch lỗi liên tiếp")

    house = ServiceWatch(office)
    house.of_part("desk", "")

    until(lambda: set(words(office)) == {"started"})
    house.close()
    assert set(words(office)) == {"started"}


@pytest.mark.parametrize(("alone", "has_server"), [("desk", False), ("runner", False), ("server", True), ("", False)])
def test_what_is_wrong_on_another_machine_is_not_taken_back(office: Settings, alone: str, has_server: bool) -> None:
    """Whoever watches one part, or a service whose server is elsewhere, speaks of his own machine alone."""
    elsewhere = {"server@may-2": "việc xếp lịch lỗi liên tiếp", "server": "lỗi khác", "part:server@may-2": "đã dừng",
                 "part:desk": "đã dừng"}  # fmt: skip
    with writing(office.database) as session:
        for name, text in elsewhere.items():
            service_notes.note(session, name, text)

    house = ServiceWatch(office, alone, has_server=has_server)
    house.of_part("desk", "")
    house.look()
    until(lambda: "started" in words(office))
    house.close()

    assert words(office).items() >= elsewhere.items()


def test_a_server_of_prefect_that_runs_alone_says_what_its_loops_fail_at(
    office: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The doctor names the machine, for several have one."""
    monkeypatch.setattr("deployments.service.server_log.ServerLog.look", lambda _log: "việc xếp lịch lỗi liên tiếp")
    monkeypatch.setattr("socket.gethostname", lambda: "may-2")
    house = ServiceWatch(office, "server")
    house.look()
    until(lambda: "server@may-2" in words(office))
    with reading(office.database) as session:
        said = [f"{one}" for one in troubles(session, office, datetime.now(OFFICE_ZONE), 2**40)]
    house.close()

    assert any("máy chủ Prefect (máy may-2): việc xếp lịch lỗi liên tiếp" in one for one in said)


def test_a_live_home_is_measured_once_a_day(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deployments.service.watch._EVERY", 0.0)
    with (office.folder / "big").open("wb") as big:
        big.truncate(400 * 2**20)
    live = office.model_copy(update={"mode": "live"})
    house = ServiceWatch(live)
    house.look()
    house.look()
    until(lambda: "grew" in words(office))
    house.close()

    assert size_of(office.folder) > 400 * 2**20
    with reading(office.database) as session:
        assert month_of_room(session) == 300 * 2**20  # one day's size tells of no growth yet


def test_a_month_needs_what_the_last_month_took_and_never_too_little(office: Settings) -> None:
    with writing(office.database) as session:
        for day, size in ((date(2024, 1, 1), 1), (date(2024, 2, 1), 100), (date(2024, 3, 1), 1000)):
            record(session, day, size * 2**20)
        assert month_of_room(session) == 900 * 2**20  # January is longer ago than thirty days
