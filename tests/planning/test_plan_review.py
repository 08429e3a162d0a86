"""The check before the year starts: every fault of a seeded plan is named with its line and a day that would do."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from config.contacts_file import read_contacts
from config.office_calendar import working_calendar
from domain.plan import Plan, PlannedVisit
from domain.plan_calendar import Pace, chain_of, first_day_that_fits, usual_days
from domain.problem import Problem
from planning.plan_file import read_plan_with_lines
from planning.plan_review import Review

SEEDED = Path(__file__).parent / "seeded" / "plan_2026.yaml"
SHIPPED = Path(__file__).parents[2] / "config" / "plans" / "2024.yaml"
CONTACTS = Path(__file__).parents[2] / "config" / "contacts" / "2024.yaml"


def review(path: Path, pace: Pace = Pace(), most: int = 3) -> list[Problem]:  # noqa: B008 - a frozen value
    plan, entry, faults = read_plan_with_lines(path)
    assert plan, faults.in_order()
    contacts, _ = read_contacts(CONTACTS, read_plan_with_lines(SHIPPED)[0] or plan)
    calendar = working_calendar((plan.year - 1, plan.year, plan.year + 1))
    Review(plan, entry, faults, pace, calendar, most).all(contacts)
    return faults.in_order()


def wanted() -> dict[int, list[str]]:
    """Line -> what must be told of it: `fault ⇒ remedy`."""
    lines = SEEDED.read_text(encoding="utf-8").splitlines()
    marked = {number: line.split("# lỗi: ")[1] for number, line in enumerate(lines, start=1) if "# lỗi: " in line}
    return {number: [one.strip() for one in said.split(";;")] for number, said in marked.items()}


def test_every_fault_of_the_seeded_plan_is_named_with_file_line_and_remedy() -> None:
    problems = review(SEEDED)
    for line, findings in wanted().items():
        told = [str(one) for one in problems if one.place == f"{SEEDED}:{line}"]
        for finding in findings:
            parts = re.split(" ⇒ ", finding)
            assert any(all(part in one for part in parts) for one in told), (line, finding, told)


def test_lines_without_a_fault_stay_unnamed() -> None:
    named = {int(one.place.rpartition(":")[2]) for one in review(SEEDED)}
    assert named == set(wanted())


def test_every_finding_is_a_warning_with_a_remedy_and_in_the_order_of_the_lines() -> None:
    problems = review(SEEDED)
    lines = [int(one.place.rpartition(":")[2]) for one in problems]
    assert all(one.warning and one.remedy for one in problems)
    assert lines == sorted(lines)


def line_of(words: str) -> int:
    text = SHIPPED.read_text(encoding="utf-8")
    return text[: text.index(words)].count("\n") + 1


def test_the_plan_of_2024_is_told_only_of_its_first_host() -> None:
    """A5, and the chain of February that ends after the usual days: the earliest day is the one after Tết."""
    problems = review(SHIPPED)
    assert [one.place.rpartition(":")[2] for one in problems] == [str(line_of("{month: 2, unit: nhon_trach}"))] * 2
    assert "15/02/2024" in problems[1].remedy


def test_how_full_a_month_may_be_is_a_setting() -> None:
    """C10: with room for four hosts, September is not full any more; with room for one, three months are."""
    assert not [one for one in review(SEEDED, most=4) if "nhiều nhất" in one.fault]
    assert len([one for one in review(SEEDED, most=1) if "nhiều nhất" in one.fault]) == 3


def test_where_no_day_fits_the_settings_are_named() -> None:
    """A15: a choice that takes forty working days never ends before a list that comes thirty days ahead."""
    slow = [one for one in review(SHIPPED, Pace(choose_within=40)) if "không ngày nào kịp" in one.remedy]
    assert len(slow) == 9
    assert all("VISITS_LADDERS" in one.remedy for one in slow)


@pytest.fixture
def visit() -> PlannedVisit:
    return PlannedVisit(2, "nhon_trach")


def test_the_chain_takes_each_setting_after_the_other(plan: Plan, visit: PlannedVisit) -> None:
    """A15: ten working days for the list, five for the choice, three for the notice; then ten days' notice over Tết."""
    chain = chain_of(plan, visit, date(2024, 2, 5), Pace(), working_calendar((2023, 2024, 2025)))
    assert (chain.opens, chain.listed) == (date(2024, 1, 3), date(2024, 1, 17))
    assert (chain.chosen, chain.noticed) == (date(2024, 1, 24), date(2024, 1, 29))
    assert chain.earliest == date(2024, 2, 15)


def test_an_ordinary_month_leaves_time_for_everything(plan: Plan) -> None:
    calendar = working_calendar((2023, 2024, 2025))
    for planned in plan.visits[1:]:
        day = calendar.on_or_after(usual_days(plan, planned, Pace())[0])
        assert first_day_that_fits(plan, planned, day, Pace(), calendar) == day


def test_a_unit_s_own_meeting_days_come_before_the_office_s(plan: Plan, visit: PlannedVisit) -> None:
    """C2: and a 31st that a month does not have is no day of it."""
    own = replace(plan, units=tuple(replace(one, usual_meeting_days=(31, 2, 28)) for one in plan.units))
    assert usual_days(own, visit, Pace()) == [date(2024, 2, 2), date(2024, 2, 28)]
    assert usual_days(plan, visit, Pace()) == [date(2024, 2, 3), date(2024, 2, 4), date(2024, 2, 5)]
