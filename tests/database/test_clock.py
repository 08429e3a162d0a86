"""The one clock: real, or a rehearsal's that never goes back; always in the office's zone (design §6, C7)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from config.settings import Settings
from database import clock
from database.engine import reading, writing
from database.models import ClockRow
from database.schema import prepare
from domain.dates import OFFICE_ZONE, at


@pytest.fixture
def url(home: Settings) -> str:
    """An empty database."""
    prepare(home.database)
    return home.database


def test_without_a_rehearsal_the_clock_is_real_and_local(url: str) -> None:
    with reading(url) as session:
        now = clock.now(session)

        assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)
        assert now.utcoffset() == timedelta(hours=7)
        assert not clock.is_rehearsal(session)


def test_a_rehearsals_clock_stands_where_it_was_put(url: str) -> None:
    moment = at(date(2024, 3, 1), 7)
    with writing(url) as session:
        clock.set_rehearsal(session, moment)

    with reading(url) as session:
        assert clock.now(session) == moment
        assert clock.is_rehearsal(session)


def test_it_goes_on_and_never_back(url: str) -> None:
    with writing(url) as session:
        clock.set_rehearsal(session, at(date(2024, 3, 1), 7))
        clock.set_rehearsal(session, at(date(2024, 3, 1), 7))
        clock.set_rehearsal(session, at(date(2024, 3, 2), 7))

    with pytest.raises(ValueError, match="does not go back"), writing(url) as session:
        clock.set_rehearsal(session, at(date(2024, 3, 1), 23))
    with reading(url) as session:
        assert clock.now(session) == at(date(2024, 3, 2), 7)


@pytest.mark.parametrize(("hour", "day"), [(16, 16), (17, 17), (23, 17)])
def test_today_is_the_day_at_the_office_and_not_in_greenwich(url: str, hour: int, day: int) -> None:
    """R87: 17:00 UTC is midnight in Đồng Nai."""
    with writing(url) as session:
        clock.set_rehearsal(session, datetime(2024, 12, 16, hour, 30, tzinfo=UTC))

    with reading(url) as session:
        assert clock.now(session).date() == date(2024, 12, day)
        assert clock.now(session).tzinfo == OFFICE_ZONE


def test_a_moment_without_a_zone_is_not_stored(url: str) -> None:
    with pytest.raises(Exception, match="moment without zone"), writing(url) as session:
        session.add(ClockRow(id=1, rehearsal_now=datetime(2024, 3, 1, 7)))  # noqa: DTZ001 - that is the point
