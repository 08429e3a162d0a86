"""Whoever writes takes his locks in one order, so that no two wait for each other (decision 0039).

`ROUNDS_OF_WRITERS=1000` lets every pair meet a thousand times, which takes about an hour.
"""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement

import pytest
from sqlalchemy import event, select

from config.settings import settings
from database.engine import engine_for, reading
from database.models import LetterRow
from database.record.chain import Walk
from database.record.key import known_key
from domain.state import LetterState
from tests.database.writers import WRITERS, writers
from tests.desk import Desk

#: Of every pair.
ROUNDS = int(os.environ.get("ROUNDS_OF_WRITERS", "3"))


@pytest.fixture
def undone(desk: Desk) -> Iterator[list[str]]:
    """Every transaction that the database undid because two waited for each other, even one that was done again."""
    found: list[str] = []
    desk.until_asked()

    def note(context: object) -> None:
        error = str(getattr(context, "original_exception", ""))
        if "deadlock" in error or "serialize" in error:
            found.append(error)

    engine = engine_for(settings().database)
    event.listen(engine, "handle_error", note)
    yield found
    event.remove(engine, "handle_error", note)


@pytest.mark.parametrize(("first", "second"), [*combinations_with_replacement(WRITERS, 2)])
def test_no_two_writers_ever_wait_for_each_other(desk: Desk, undone: list[str], first: str, second: str) -> None:
    """Decision 0039. An answer against a letter settled as held was undone 64 times of 100 on PostgreSQL."""
    every = writers(desk)
    at_once = threading.Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(_rounds, every[name], at_once) for name in (first, second)]

    assert [one.exception() for one in both] == [None, None]
    assert undone == []
    with reading(settings().database) as session:
        states = set(session.scalars(select(LetterRow.state)))
        assert list(Walk(known_key()).faults(session)) == [], "and the record is one chain"
    assert LetterState.SENDING not in states


def test_every_writer_is_among_them(desk: Desk) -> None:
    desk.until_asked()
    assert tuple(writers(desk)) == WRITERS


def _rounds(write: Callable[[], object], at_once: threading.Barrier) -> None:
    for _ in range(ROUNDS):
        at_once.wait(300)
        write()


def test_all_of_them_at_the_same_time_come_to_an_end(desk: Desk, undone: list[str]) -> None:
    every = writers(desk)
    at_once = threading.Barrier(len(every))
    with ThreadPoolExecutor(len(every)) as pool:
        all_of_them = [pool.submit(_rounds, write, at_once) for write in every.values()]

    assert [one.exception() for one in all_of_them] == [None] * len(every)
    assert undone == []
