"""Where the group is expected on a day: looked for in thousands of lists, said in a few words."""

from dataclasses import replace
from datetime import UTC, date

import pytest
from sqlalchemy import event

from answers.changes import move
from config.settings import settings
from database import plans, visits
from database.elsewhere import other_places
from database.engine import engine_for, reading, writing
from domain.dates import at
from domain.plan import PlannedVisit
from tests.desk import Desk
from tests.may import COMPLETE, FIRST_DAY, LEADER, SECOND_DAY

HERE = "2024-05/bien_hoa"


@pytest.fixture
def full_month(desk: Desk) -> list[str]:
    """Seven more units are hosts in May, and at each the office attends the same two meetings."""
    with writing(settings().database) as session:
        plan, contacts = plans.read(session, 2024)
        hosts = [unit.code for unit in plan.units if unit.code != "bien_hoa"][:7]
        kept = tuple(one for one in plan.visits if one.unit not in hosts)
        more = tuple(PlannedVisit(5, code) for code in hosts)
        reporting = tuple(code for code in plan.self_supervising.units if code not in hosts)
        supervised = replace(plan.self_supervising, units=reporting)
        plans.save(session, replace(plan, visits=kept + more, self_supervising=supervised), contacts, "thử")
    keys = sorted(f"2024-05/{code}" for code in hosts)
    desk.set_clock(2024, 3, 20, 9)
    for key in keys:
        other = Desk(key)
        other.open()
        other.nominate()
        other.choose(1, 2)
    return keys


def there(day: date) -> tuple[str, ...]:
    with reading(settings().database) as session:
        return other_places(session, visits.find(session, HERE), day)


def test_of_many_places_the_first_few_are_named_and_that_there_are_others_is_said(full_month: list[str]) -> None:
    assert there(FIRST_DAY) == (*(f"{COMPLETE[0].organisation} ({key})" for key in full_month[:5]), "và nơi khác")


def test_only_what_was_chosen_counts_and_only_on_the_day_that_holds_now(full_month: list[str]) -> None:
    """The third meeting was nominated and not chosen; the first of one visit has moved to the day of the second."""
    for key in full_month[1:]:
        move(key, 2, at(date(2024, 5, 29), 8), LEADER)
    move(full_month[0], 1, at(SECOND_DAY, 8).astimezone(UTC), LEADER)

    assert there(date(2024, 5, 17)) == ()
    assert there(SECOND_DAY) == tuple(f"{one.organisation} ({full_month[0]})" for one in COMPLETE[:2])


def test_it_is_one_query_however_many_visits_there_are(full_month: list[str]) -> None:
    sent: list[str] = []
    with reading(settings().database) as session:
        row = visits.find(session, HERE)
        event.listen(engine_for(settings().database), "before_cursor_execute", lambda *call: sent.append(call[2]))
        found = other_places(session, row, FIRST_DAY)

    assert len(found) == 6 <= len(full_month)
    assert len(sent) == 1
