"""The example plan of 2026: 99 units, twelve months, sound in every check, and a script that plays it (5.4, C10)."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from config.contacts_file import read_contacts
from config.office_calendar import working_calendar
from domain.choice import check_choice
from domain.deadline import nomination_deadline
from domain.findings_check import check_visit
from domain.plan import Plan
from domain.plan_calendar import Pace
from domain.text import tone_styles
from planning.plan_file import read_plan, read_plan_with_lines
from planning.plan_review import Review
from rehearsal.script import Script, read_script
from tools.plan_example import FOLDER, HOSTS, NAME, files

PLAN = FOLDER / "plans" / f"{NAME}.yaml"
CONTACTS = FOLDER / "contacts" / f"{NAME}.yaml"
SCRIPT = FOLDER / "rehearsals" / f"{NAME}.yaml"


@pytest.fixture(scope="module")
def example() -> Plan:
    plan, problems = read_plan(PLAN)
    assert plan
    assert problems == []
    return plan


@pytest.fixture(scope="module")
def script() -> Script:
    return read_script(SCRIPT)


@pytest.mark.parametrize("path", [PLAN, CONTACTS, SCRIPT], ids=lambda path: path.parent.name)
def test_the_shipped_files_are_what_the_generator_writes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == files()[path.relative_to(FOLDER)]
    assert text.startswith("# VÍ DỤ")
    assert unicodedata.is_normalized("NFC", text)
    assert tone_styles(text) <= {"old"}


def test_it_has_99_units_and_several_hosts_in_each_of_twelve_months(example: Plan) -> None:
    """5.4: 72 communes, 23 wards and four more."""
    kinds = Counter(unit.unit_type for unit in example.units)
    assert (len(example.units), kinds["commune"], kinds["ward"]) == (99, 72, 23)
    assert Counter(visit.month for visit in example.visits) == HOSTS
    assert len({visit.unit for visit in example.visits}) == len(example.visits) == 33
    assert {unit.unit_type for unit in example.units} >= {
        example.unit(visit.unit).unit_type for visit in example.visits
    } >= {"commune", "ward", "armed_forces"}  # fmt: skip
    assert len(example.self_supervising.units) == 66
    assert all(unit.restricted for unit in example.units if unit.unit_type == "armed_forces")


def test_it_cites_what_is_in_force_and_is_marked_as_an_example(example: Plan) -> None:
    """C12: nothing of the guidance that was replaced is left, and nothing of the province's own is invented."""
    assert [one.symbol for one in example.legal_bases] == ["50-CT/TW", "42-HD/BTCTW"]
    assert (example.format_profile, example.term) == ("hd05_2026", "2025-2030")
    assert "(ví dụ)" in example.title
    text = PLAN.read_text(encoding="utf-8")
    assert not [gone for gone in ("12-HD/BTCTW", "10-CT/TW", "25-QĐi/TU", "13-HD/BTCTU", "Ban Dân vận") if gone in text]


def test_the_check_before_the_year_finds_nothing_to_say() -> None:
    """Every visit on a working day of its own, with time for its whole chain."""
    plan, entry, faults = read_plan_with_lines(PLAN)
    assert plan
    contacts, problems = read_contacts(CONTACTS, plan)
    calendar = working_calendar((2025, 2026, 2027))
    Review(plan, entry, faults, Pace(), calendar, 3).all(contacts)
    assert contacts
    assert [*faults.in_order(), *problems] == []


def test_no_address_can_receive_mail() -> None:
    addresses = [word for word in re.split(r"[\s,{}]+", CONTACTS.read_text(encoding="utf-8")) if "@" in word]
    assert len(addresses) == 1 + 3 + 5 + 6 + 99 + 99
    assert all(address.strip('"').endswith(".example") for address in addresses)


def test_the_script_plays_every_visit_of_the_plan(example: Plan, script: Script) -> None:
    assert list(script.visits) == [visit.key(2026) for visit in example.visits]
    assert script.start == example.issued
    checked = {item.id for item in example.checklist}
    assert all(set(one.findings.partly_met) <= checked for one in script.visits.values())


@pytest.mark.parametrize("year", ["2024", "2026-vi-du"])
def test_the_inspectors_of_a_rehearsal_send_complete_findings(year: str) -> None:
    """R15: what they find lacking is told, and what they say of the meetings is all that the plan asks for."""
    plan, _ = read_plan(FOLDER / f"plans/{year}.yaml")
    assert plan is not None
    for key, visit in read_script(FOLDER / f"rehearsals/{year}.yaml").visits.items():
        meetings = [one for one in visit.lists[-1].as_nominations(plan.issued).meetings if one.number in visit.choose]
        assert check_visit(visit.findings.as_findings(plan, meetings), plan, meetings) == [], key


def test_every_list_comes_in_time_and_holds_a_thematic_cell_that_is_chosen(example: Plan, script: Script) -> None:
    """R51, R62."""
    calendar = working_calendar((2025, 2026, 2027))
    for visit in example.visits:
        played = script.visits[visit.key(2026)]
        (only,) = played.lists
        listed = only.as_nominations(only.on)
        chosen = [one for one in listed.meetings if one.number in played.choose]
        assert [one.day for one in chosen] == [visit.day]
        assert check_choice(chosen, example.rules) == []
        assert all(calendar.is_working_day(one.day) for one in listed.meetings)
        assert only.after_reminders or only.on >= example.opens_on(visit.month)
        deadline = nomination_deadline(chosen[0].day, example.rules, calendar).last_day
        assert only.after_reminders or only.on <= deadline
