"""Opening the database: a look is a look at one moment, and what was undone for another's sake is done again."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config.settings import Settings
from database import audit
from database.engine import again_if_undone, reading, writing
from database.models import AuditRow, ServiceNoteRow
from domain.dates import at
from tests.may import FIRST_DAY


def test_a_look_is_at_one_moment_however_long_it_takes(office: Settings) -> None:
    with reading(office.database) as look:
        before = look.query(AuditRow).count()
        with writing(office.database) as session:
            audit.note(session, "thử", "có việc")

        assert look.query(AuditRow).count() == before
    with reading(office.database) as look:
        assert look.query(AuditRow).count() == before + 1


def test_what_is_noted_in_a_part_that_is_undone_is_not_written_down(office: Settings) -> None:
    def part(session: Session, word: str, *, fails: bool) -> None:
        with session.begin_nested():
            audit.note(session, "thử", word)
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


class _Undone(Exception):  # noqa: N818 - both are called what they are
    sqlstate = "40P01"


class _Closed(Exception):  # noqa: N818
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
    return ServiceNoteRow(name=name, at=at(FIRST_DAY), text="")
