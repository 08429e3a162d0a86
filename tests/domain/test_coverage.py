"""Each unit has its turn within the office's years: what is missing is named, and turns are spread evenly (C10)."""

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from config.choice_file import choice_rules
from database.converter import structure
from domain.choice import Candidate, Past
from domain.choice_record import Advice, is_reproduced, record_of
from domain.coverage import spread, suggest_hosts, turns
from domain.dates import at
from domain.deadline import Timeliness
from domain.nomination import Meeting, MeetingKind, OrgType
from domain.plan import PlannedVisit, Rules
from domain.record import to_data

UNITS = [f"đơn vị {number}" for number in range(1, 100)]
MONTHS = list(range(2, 11))


def test_a_unit_is_missing_when_its_years_end_and_it_is_not_planned() -> None:
    """N = 5: who was host in 2020 must be so again by 2025."""
    hosted = {"a": [2020], "b": [2020], "c": [2021], "d": [2018, 2025]}
    a, b, c, d = turns(2025, "abcd", hosted, {"b": 7}, within=5, since=2018)

    assert (a.is_missing, a.last, a.due_by) == (True, 2020, 2025)
    assert (b.is_missing, b.month) == (False, 7)
    assert (c.is_missing, c.due_by) == (False, 2026)
    assert (d.is_missing, d.has_turn, d.due_by) == (False, True, 2030)


def test_a_unit_that_the_records_do_not_know_has_its_turn_within_the_first_years() -> None:
    """Nobody can say of a unit that it waited longer than there are records."""
    assert [turns(year, "a", {}, {}, 5, since=2024)[0].is_missing for year in (2024, 2027, 2028, 2029)] == [
        False, False, True, True,
    ]  # fmt: skip


def test_a_visit_of_a_later_year_does_not_count_for_an_earlier_one() -> None:
    assert turns(2024, "a", {"a": [2025]}, {}, 5, since=2020)[0].last is None


def test_missing_units_go_to_the_months_with_the_fewest_visits() -> None:
    assert spread(["a", "b", "c"], [5, 6, 7], {5: 2, 6: 1}) == (
        PlannedVisit(6, "b"), PlannedVisit(7, "a"), PlannedVisit(7, "c"),
    )  # fmt: skip


def test_a_crowded_year_ahead_is_begun_early() -> None:
    """Ten units due in two years are five this year and five the next, although one a year would keep the pace."""
    standing = turns(2024, UNITS[:10], {unit: [2020] for unit in UNITS[:10]}, {}, 5, since=2020)
    crowded = tuple(replace(turn, due_by=2025) for turn in standing)

    assert len(suggest_hosts(crowded, 10, MONTHS)) == 5


@pytest.mark.parametrize("within", [1, 3, 5, 7])
def test_five_years_with_99_units_leave_no_unit_beyond_its_years_and_load_every_month_alike(within: int) -> None:
    hosted: dict[str, list[int]] = {}
    per_year = []
    for year in range(2026, 2026 + max(5, 2 * within)):
        standing = turns(year, UNITS, hosted, {}, within, since=2026)
        visits = suggest_hosts(standing, within, MONTHS)
        load = Counter(visit.month for visit in visits)
        for visit in visits:
            hosted.setdefault(visit.unit, []).append(year)
        planned = {visit.unit: visit.month for visit in visits}
        assert not [one.unit for one in turns(year, UNITS, hosted, planned, within, since=2026) if one.is_missing]
        assert max(load.values()) - min(load[month] for month in MONTHS) <= 1
        per_year.append(len(visits))

    assert set(hosted) == set(UNITS)
    waits = [later - before for years in hosted.values() for before, later in pairwise(years)]
    assert max(waits) <= within
    assert max(per_year) - min(per_year) <= 1


def test_every_choice_of_ten_years_is_replayed_from_its_record_and_no_place_comes_twice_before_all_others() -> None:
    """Each visited unit nominates four thematic cells; the advised one is chosen, its record is stored as text."""
    chance, hosted, past = random.Random(5), dict[str, list[int]](), dict[tuple[str, int], date]()
    weights, records = choice_rules().weights, []
    for year in range(2026, 2036):
        for visit in suggest_hosts(turns(year, UNITS, hosted, {}, 2, since=2026), 2, MONTHS):
            hosted.setdefault(visit.unit, []).append(year)
            candidates = [_cell(chance, visit, year, place, past.get((visit.unit, place))) for place in (1, 2, 3, 4)]
            record = json.dumps(to_data(record_of(candidates, weights, Rules(), year)), ensure_ascii=False)
            records.append(record)
            (chosen,) = json.loads(record)["meetings"]
            past[visit.unit, chosen] = candidates[chosen - 1].meeting.day

    assert len(records) > 450
    assert all(is_reproduced(structure(json.loads(record), Advice)) for record in records)
    # Five turns in ten years: all four places of a unit have had one before any had its second.
    assert all({place for unit, place in past if unit == one} == {1, 2, 3, 4} for one in UNITS)


def _cell(chance: random.Random, visit: PlannedVisit, year: int, place: int, last: date | None) -> Candidate:
    day = date(year, visit.month, chance.randint(1, 28))
    meeting = Meeting(
        place, f"Chi bộ {place}", OrgType.CELL_GRASSROOTS, visit.unit, at(day, 14), "Hội trường",
        MeetingKind.THEMATIC, "Nêu gương",
    )  # fmt: skip
    return Candidate(meeting, Timeliness.ON_TIME, Past(last))


@pytest.mark.parametrize(
    ("units", "within", "due_by", "hosts"),
    [
        (10, 5, [2024] * 4 + [2028] * 6, 4),  # all that are due this year, whatever the pace
        (10, 5, [2023] * 3 + [2028] * 7, 3),  # and those that are overdue
        (10, 5, [2028] * 10, 2),  # due late: the pace is enough
        (6, 3, [2025] * 6, 3),  # due next year: half of them now
        (7, 3, [2025] * 6 + [2026], 3),
        (12, 4, [2026] * 12, 4),  # due in three years: a third of them now
    ],
)
def test_so_many_are_hosts_that_no_later_year_is_left_with_too_many(
    units: int, within: int, due_by: list[int], hosts: int
) -> None:
    standing = turns(2024, UNITS[:units], {}, {}, within, since=2024)
    crowded = [replace(turn, due_by=year) for turn, year in zip(standing, due_by, strict=True)]

    chosen = suggest_hosts(crowded, within, MONTHS)

    assert sorted(one.unit for one in chosen) == sorted(UNITS[:hosts])
