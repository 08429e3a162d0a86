"""A year is held against the one before it only where that one's records are here (D14)."""

from dataclasses import replace
from datetime import date

import pytest

from answers.self_reports import receive
from config.settings import Settings, settings
from database import plans, visits
from database.engine import reading, writing
from domain.annual import Compared
from domain.obligation import Kind
from domain.self_report import SelfReport
from papers.annual import summarise
from papers.year_before import compared
from tests.desk import Desk
from tests.may import OFFICER


def now_and_before(year: int) -> tuple[Compared, ...]:
    with reading(settings().database) as session:
        return compared(session, year, summarise(session, year))


@pytest.fixture
def following(desk: Desk) -> Desk:
    """2024 with one round reported, and the plan of 2025 beside it."""
    desk.until_reported()
    with writing(settings().database) as session:
        plan, contacts = plans.read(session, 2024)
        due = replace(plan.self_supervising, due=date(2025, 12, 16))
        plans.save(session, replace(plan, year=2025, issued=date(2025, 1, 3), self_supervising=due), contacts, "thử")
    return desk


def test_without_a_plan_of_the_year_before_nothing_is_compared(office: Settings) -> None:
    assert office.mode == "rehearsal"
    assert now_and_before(2024) == ()


def test_a_year_before_in_which_nothing_was_held_is_not_compared(following: Desk) -> None:
    assert following
    with writing(settings().database) as session:
        plan, contacts = plans.read(session, 2025)
        due = replace(plan.self_supervising, due=date(2026, 12, 16))
        plans.save(session, replace(plan, year=2026, issued=date(2026, 1, 5), self_supervising=due), contacts, "thử")
    assert now_and_before(2026) == ()


def test_each_line_has_both_years_and_what_changed(following: Desk) -> None:
    following.set_clock(2025, 12, 17)
    with reading(settings().database) as session:
        assert visits.of_year(session, 2025, Kind.SELF_REPORT)
    receive("2025/long_thanh", SelfReport(date(2025, 12, 10), cells=10, thematic_cells=4), OFFICER)
    lines = {one.name: one for one in now_and_before(2025)}

    assert lines["Đợt dự, giám sát đã tổ chức"] == Compared("Đợt dự, giám sát đã tổ chức", "01", "00", "giảm 01")
    assert lines["Chi bộ do các cấp ủy tự dự"].change == "tăng 10"
    assert "Trong đó, báo cáo trễ hạn" not in lines, "nought in both years says nothing"
    assert not any(name.startswith("Tỷ lệ") for name in lines), "a rate of nothing is none"
