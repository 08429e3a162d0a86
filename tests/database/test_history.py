"""What earlier visits know of a nominated place: when it was attended, what is open, where the group is expected."""

from dataclasses import replace
from datetime import date

import pytest

from config.settings import settings
from database import plans, stored, visits
from database.engine import reading, writing
from database.history import host_years, recommendations, still_planned, with_history
from domain.choice import Candidate, Past
from domain.choice_record import Advice, is_reproduced
from domain.dates import at
from domain.deadline import Timeliness
from domain.nomination import Meeting
from domain.plan import Contacts, Plan
from tests.desk import Desk
from tests.may import COMPLETE, FIRST_DAY, REGULAR_CELL, THEMATIC_CELL

NEXT_YEAR = "2025-05/bien_hoa"


@pytest.fixture
def next_year(desk: Desk, shipped: tuple[Plan, Contacts]) -> Desk:
    """May 2024 is closed after places 1 and 2 were attended, with one recommendation; the plan of 2025 is the same."""
    desk.until_met(1, 2)
    desk.report(desk.findings())
    plan, contacts = shipped
    with writing(settings().database) as session:
        visits.find(session, desk.key).state = "closed"
        plans.save(session, replace(plan, year=2025, issued=date(2025, 1, 3)), contacts, "thử")
    return desk


def seen(visit: str, *meetings: Meeting) -> list[Candidate]:
    with reading(settings().database) as session:
        candidates = [Candidate(one, Timeliness.ON_TIME) for one in meetings]
        return list(with_history(session, visits.find(session, visit), candidates))


def test_a_place_that_was_attended_last_year_is_known_with_its_day_and_its_open_recommendation(next_year: Desk) -> None:
    attended, never = seen(NEXT_YEAR, THEMATIC_CELL, COMPLETE[2])

    assert next_year.key == "2024-05/bien_hoa"
    assert attended.past == Past(FIRST_DAY, 1)
    assert never.past == Past()


def test_the_name_may_be_written_another_way(next_year: Desk) -> None:
    """P11: the tone mark on the other letter, other case, doubled blanks."""
    other = replace(REGULAR_CELL, organisation="chi bộ  Khu phố Mẫu Hai", parent="Đảng uỷ phường Mẫu")

    (one,) = seen(NEXT_YEAR, other)

    assert next_year.visit.state == "closed"
    assert one.past.last_visit == date(2024, 5, 16)


def test_the_same_name_under_another_parent_or_in_another_unit_is_another_place(next_year: Desk) -> None:
    namesake = replace(REGULAR_CELL, parent="Đảng ủy phường Khác")

    assert next_year.visit.state == "closed"
    assert seen(NEXT_YEAR, namesake)[0].past == Past()
    assert seen("2025-04/tan_phu", REGULAR_CELL)[0].past == Past()


def test_a_visit_that_was_called_off_attended_nobody(next_year: Desk) -> None:
    with writing(settings().database) as session:
        visits.find(session, next_year.key).state = "cancelled"

    assert seen(NEXT_YEAR, THEMATIC_CELL)[0].past == Past()


def test_days_on_which_the_group_is_expected_in_another_unit_are_named(next_year: Desk) -> None:
    """C2."""
    same_day = replace(THEMATIC_CELL, organisation="Chi bộ Khác", starts_at=at(FIRST_DAY, 8))

    assert next_year.visit.state == "closed"
    assert seen("2024-06/cao_su_dong_nai", same_day)[0].elsewhere == ("Chi bộ Trường THPT Mẫu (2024-05/bien_hoa)",)
    assert seen("2024-06/cao_su_dong_nai", replace(same_day, starts_at=at(date(2024, 5, 15), 8)))[0].elsewhere == ()
    assert seen("2024-05/bien_hoa", same_day)[0].elsewhere == ()


def test_hosts_are_those_of_closed_visits_and_planned_those_still_to_come(next_year: Desk) -> None:
    with reading(settings().database) as session:
        assert host_years(session) == {"bien_hoa": [2024]}
        assert len(still_planned(session, 2024)) == 8
        assert still_planned(session, 2025)["bien_hoa"] == 5
    assert next_year.visit.state == "closed"


def test_every_recommendation_of_the_database_is_replayed_to_the_same_ranking(next_year: Desk) -> None:
    """R64: the service can say at any time why it advised what."""
    later = Desk(NEXT_YEAR)
    later.set_clock(2025, 3, 1)
    later.open()
    later.go_on()
    later.set_clock(2025, 3, 20, 9)
    later.nominate([replace(one, starts_at=one.starts_at.replace(year=2025)) for one in COMPLETE])
    later.go_on()

    with reading(settings().database) as session:
        rows = recommendations(session)
        assert [is_reproduced(stored.value_of(row, Advice)) for row in rows] == [True, True]
        ranking = stored.value_of(rows[-1], Advice).ranking
    texts = {one.meeting: [reason.text for reason in one.reasons] for one in ranking}
    assert {"dự lần gần nhất năm 2024, cách 1 năm", "còn 1 kiến nghị chưa trả lời"} <= set(texts[1])
    assert "chưa được dự, giám sát lần nào" in texts[3]
    assert next_year.visit.state == "closed"
