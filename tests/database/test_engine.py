"""Opening the database: writers never wait for each other in a circle, and a look is a look at one moment."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from config.settings import Settings, settings
from database import audit
from database.engine import again_if_undone, engine_for, reading, writing
from database.models import AuditRow, ServiceNoteRow
from database.record.chain import Walk
from database.record.key import known_key
from tests.database.writers import writers
from tests.desk import Desk

#: Of every pair of writers; `ROUNDS_OF_WRITERS=1000` for a whole night.
ROUNDS = int(os.environ.get("ROUNDS_OF_WRITERS", "3"))


@pytest.fixture
def undone(desk: Desk) -> list[str]:
    """Every transaction that the database undid because two waited for each other, even one that was done again."""
    found: list[str] = []
    desk.until_asked()

    def note(context: object) -> None:
        error = str(getattr(context, "original_exception", ""))
        if "deadlock" in error or "serialize" in error:
            found.append(error)

    event.listen(engine_for(settings().database), "handle_error", note)
    return found


def test_no_two_writers_ever_wait_for_each_other(desk: Desk, undone: list[str]) -> None:
    """Decision 0039. An answer against a letter settled as held was undone 64 times of 100 on PostgreSQL."""
    failed: dict[str, BaseException] = {}
    every = writers(desk)
    for first, second in combinations_with_replacement(every, 2):
        at_once = threading.Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            both = [pool.submit(_rounds, every[name], at_once) for name in (first, second)]
        failed |= {f"{first} / {second}": error for one in both if (error := one.exception())}

    assert failed == {}
    assert undone == []
    with reading(settings().database) as session:
        assert list(Walk(known_key()).faults(session)) == [], "and the record is one chain"


def _rounds(write: Callable[[], object], at_once: threading.Barrier) -> None:
    for _ in range(ROUNDS):
        at_once.wait(60)
        write()


def test_all_of_them_at_the_same_time_come_to_an_end(desk: Desk, undone: list[str]) -> None:
    every = writers(desk)
    at_once = threading.Barrier(len(every))
    with ThreadPoolExecutor(len(every)) as pool:
        all_of_them = [pool.submit(_rounds, write, at_once) for write in every.values()]

    assert [one.exception() for one in all_of_them] == [None] * len(every)
    assert undone == []


def test_a_look_is_at_one_moment_however_long_it_takes(office: Settings) -> None:
    with reading(office.database) as look:
        before = look.query(AuditRow).count()
        with writing(office.database) as session:
            audit.note(session, "thử", "có việc")

        assert look.query(AuditRow).count() == before
    with reading(office.database) as look:
        assert look.query(AuditRow).count() == before + 1


def test_what_is_noted_in_a_part_that_is_undone_is_not_written_down(office: Settings) -> None:
    def part(session: object, word: str, *, fails: bool) -> None:
        with session.begin_nested():  # type: ignore[attr-defined]
            audit.note(session, "thử", word)  # type: ignore[arg-type]
            if fails:
                raise KeyError(word)

    with writing(office.database) as session:
        audit.note(session, "thử", "một")
        part(session, "hai", fails=False)
        with pytest.raises(KeyError):
            part(session, "ba", fails=True)
        audit.note(session, "thử", "bốn")

    with reading(office.database) as session:
        words = [row.what for row in session.query(AuditRow).filter_by(who="thử").order_by(AuditRow.id)]
    assert words[-3:] == ["một", "hai", "bốn"]


class _Undone(Exception):
    sqlstate = "40P01"


class _Closed(Exception):
    sqlstate = "57P01"


@pytest.mark.parametrize(("why", "times"), [(_Undone, 3), (_Closed, 1)])
def test_what_was_undone_for_another_s_sake_is_done_again_a_few_times(why: type[Exception], times: int) -> None:
    tries = []

    @again_if_undone
    def act() -> None:
        tries.append(1)
        raise OperationalError("UPDATE", {}, why())

    with pytest.raises(OperationalError):
        act()
    assert len(tries) == times


def test_two_who_wait_for_each_other_both_come_through(office: Settings) -> None:
    """Two rows in opposite order, which nothing in the service does; on SQLite one waits for the other anyhow."""
    with writing(office.database) as session:
        session.execute(text("DELETE FROM service_note"))
        session.add_all([_word("một"), _word("hai")])
    at_once, once = threading.Barrier(2), threading.local()

    @again_if_undone
    def write(*names: str) -> None:
        with writing(office.database) as session:
            for name in names:
                session.execute(text("UPDATE service_note SET text = text || 'x' WHERE name = :name"), {"name": name})
                if not getattr(once, "waited", False) and session.get_bind().dialect.name == "postgresql":
                    once.waited = True
                    at_once.wait(60)

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(write, *names) for names in (("một", "hai"), ("hai", "một"))]

    assert [one.exception() for one in both] == [None, None]
    with reading(office.database) as session:
        assert {row.text for row in session.query(ServiceNoteRow)} == {"xx"}


def _word(name: str) -> ServiceNoteRow:
    from domain.dates import at
    from tests.may import FIRST_DAY

    return ServiceNoteRow(name=name, at=at(FIRST_DAY), text="")
