"""`visits plan coverage`: units that go beyond their years unless they are planned still, with a month for each."""

import json
from dataclasses import replace
from datetime import date

from config.settings import settings
from database import plans
from database import visits as book
from database.engine import writing
from domain.plan import Contacts, Plan
from tests.cli.conftest import Typed
from tests.desk import Desk


def test_in_the_first_year_nobody_is_beyond_his_years(visits: Typed, desk: Desk) -> None:
    result = visits("plan", "coverage", "2024")

    assert desk.visit.state == "planned"
    assert result.exit_code == 0
    assert "Không đơn vị nào quá 5 năm." in result.stdout
    assert "tháng 5" in result.stdout


def test_in_the_fifth_year_the_seven_that_were_never_hosts_are_missing_with_a_month_for_each(
    visits: Typed, desk: Desk, shipped: tuple[Plan, Contacts]
) -> None:
    """The same nine hosts again in 2028: the other seven have waited since the records began."""
    plan, contacts = shipped
    with writing(settings().database) as session:
        plans.save(session, replace(plan, year=2028, issued=date(2028, 1, 3)), contacts, "thử")
        for row in book.of_year(session, 2024):
            row.state = "closed"

    found = json.loads(visits("plan", "coverage", "2028", "--json").stdout)

    assert desk.visit.state == "closed"
    assert found["missing"] == list(plan.self_supervising.units)
    assert sorted(one["unit"] for one in found["proposed"]) == sorted(plan.self_supervising.units)
    assert len({one["month"] for one in found["proposed"]}) == 7


def test_for_a_year_without_plan_hosts_are_proposed(visits: Typed, desk: Desk, shipped: tuple[Plan, Contacts]) -> None:
    """Those that are due first; nine months share them."""
    plan, _contacts = shipped
    with writing(settings().database) as session:
        for row in book.of_year(session, 2024):
            row.state = "closed"

    found = json.loads(visits("plan", "coverage", "2025", "--json").stdout)

    assert desk.visit.state == "closed"
    assert found["missing"] == []
    assert {one["unit"] for one in found["proposed"]} <= set(plan.self_supervising.units)
    assert len(found["proposed"]) == 4


def test_a_year_before_any_plan_is_refused(visits: Typed, desk: Desk) -> None:
    result = visits("plan", "coverage", "2020")

    assert desk.visit.state == "planned"
    assert result.exit_code == 1
