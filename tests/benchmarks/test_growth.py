"""How growth is judged and drawn, and that an office of clones is an office. No time is measured here."""

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

import config.settings
from benchmarks import bench
from benchmarks.acts import ACTS, Measured
from benchmarks.figure import Figure
from benchmarks.full_month import STAGES, all_rows, build
from benchmarks.growth import Growth, slope, table
from benchmarks.plot import growth_plot
from config.settings import settings
from database.engine import reading
from database.record.check import faults

SINGLE = Measured("choose", "spring", "listed", lambda _scene: lambda: None)
BULK = Measured("open", "loaded", "", lambda _scene: lambda: None, bulk=True)


@pytest.fixture(autouse=True)
def _settings_of_before() -> Iterator[None]:
    before = list(config.settings._in_use)
    yield
    config.settings._in_use[:] = before


def test_the_exponent_is_that_of_the_cost() -> None:
    assert slope([(size, 0.5 * size**2) for size in (9, 100, 3300)]) == pytest.approx(2)
    assert slope([(size, 0.5) for size in (9, 100, 3300)]) == pytest.approx(0)


def test_what_is_about_one_visit_must_stay_and_what_is_about_all_may_grow_as_they_do() -> None:
    stays, grows = {9: 1.0, 900: 1.0}, {9: 1.0, 900: 100.0}

    reached = {(act.name, cost[900]): Growth(act, cost).reached for act in (SINGLE, BULK) for cost in (stays, grows)}

    assert reached == {("choose", 1.0): True, ("choose", 100.0): False, ("open", 1.0): True, ("open", 100.0): True}


def test_each_act_has_a_name_of_its_own_and_begins_with_a_state_that_can_be_built() -> None:
    assert [name for name, count in Counter(one.name for one in ACTS).items() if count > 1] == []
    assert {one.office for one in ACTS} <= set(STAGES)
    assert [
        one.name for one in ACTS if one.stage and STAGES[one.office][1] and one.stage not in STAGES[one.office][1]
    ] == []


def test_the_picture_is_svg_and_names_what_grows_too_fast() -> None:
    drawn = growth_plot([("history <x>", {9: 1.0, 900: 400.0}, False, False), ("open", {9: 2, 900: 90.0}, True, True)])

    shown = [one.text for one in ElementTree.fromstring(drawn).iter() if one.tag.endswith("}text")]
    assert "history <x>" in shown
    assert "open" not in shown
    assert {"9", "900"} <= set(shown)


def test_the_page_says_what_was_missed_and_what_could_not_be_measured() -> None:
    missed = Figure("letters", "yagmail", "2 ms", "1 ms", 2.0, 1.3, told="113 KB each")
    ran = [bench.Ran("letters", 1, 0.5, [missed]), bench.Ran("idle", 2, 0.5, said="cannot measure: no server")]
    rows = list(table([Growth(SINGLE, {9: 0.01, 100: 0.5})]))
    growth = bench.Grown(bench.Ran("growth", 1, 1), rows, [])

    said = "\n".join(bench.page(True, ran, growth, "pictures/growth.svg"))

    assert "| 2.00 | ≤ 1.3 | **no** | `python -m benchmarks.letters quick` |" in said
    assert "**could not be measured**: cannot measure: no server" in said
    assert "- letters: 113 KB each" in said
    assert "| choose | 10.0 | 500.0 |" in said


def test_clones_stand_where_the_played_visits_stand_and_the_record_of_them_all_is_whole() -> None:
    kept = build(9, "spring")
    try:
        waits = [str(row.wait) for row in all_rows()]
        with reading(settings().database) as session:
            found = [one for one in faults(session, settings()) if not one.warning]
    finally:
        kept.remove()

    assert waits == (["nominations", "choice", "notice_issue", "meeting_day"] * 3)[:9]
    assert found == []
