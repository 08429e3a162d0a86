"""The live service fires its schedules: what a rehearsal, which has none, cannot show (design trap 0)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from config.private_files import open_to_others
from domain.dates import OFFICE_ZONE
from tests.live.service import Live, live

OPENING, RECONCILING = "open-due-visits/dau-thang", "reconcile-visits/trong-nom"

#: So often this office looks after its runs; the service's own default would keep the test waiting for five minutes.
RECONCILE_SECONDS = 12


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """An office that has just installed the service, with an empty home, and has started it."""
    with live(tmp_path_factory.mktemp("live") / "home", VISITS_RECONCILE_MINUTES=f"{RECONCILE_SECONDS / 60}") as office:
        office.start()
        yield office


def scheduled(office: Live, deployment: str) -> list[dict[str, Any]]:
    """The runs that its schedules have made by themselves."""
    return [run for run in office.runs(deployment) if run["auto_scheduled"]]


def when(run: dict[str, Any]) -> datetime:
    """The time for which a run was made, in the office's zone."""
    return datetime.fromisoformat(run["expected_start_time"]).astimezone(OFFICE_ZONE)


def test_both_schedules_have_made_runs_within_ninety_seconds(office: Live) -> None:
    for deployment in (OPENING, RECONCILING):
        office.wait(lambda name=deployment: scheduled(office, name), f"a scheduled run of {deployment}", 90)  # type: ignore[misc] # mypy cannot infer a lambda with a default


def test_the_next_three_firsts_of_a_month_stand_there_at_eight_in_the_offices_morning(office: Live) -> None:
    now = datetime.now(OFFICE_ZONE)
    months = [now.year * 12 + now.month - 1 + ahead for ahead in range(5)]
    firsts = [datetime(month // 12, month % 12 + 1, 1, 8, tzinfo=OFFICE_ZONE) for month in months]
    expected = [first for first in firsts if first > now][:3]

    def standing() -> list[datetime]:
        return [when(run) for run in scheduled(office, OPENING) if when(run).day == 1]

    office.wait(lambda: len(standing()) >= 3, "three runs on the first of a month", 90)

    assert standing()[:3] == expected


def test_lost_runs_are_looked_for_when_the_schedule_says_so_and_not_only_at_the_start(office: Live) -> None:
    """A round without any finding may leave no run behind in Prefect; then it has left its word."""
    office.wait(lambda: scheduled(office, RECONCILING), "a scheduled round", 90)
    due = scheduled(office, RECONCILING)[0]

    def has_taken_place() -> bool:
        now = {run["id"]: run["state_type"] for run in office.runs(RECONCILING)}
        word = office.notes().get("tended")
        return now.get(due["id"]) == "COMPLETED" or (due["id"] not in now and bool(word and word.at >= when(due)))

    office.wait(has_taken_place, f"the round of {when(due)}", 3 * RECONCILE_SECONDS + 30)


def test_nobody_else_on_the_machine_reads_what_the_running_service_keeps(office: Live) -> None:
    """Database, letters, links, logs, keys, and Prefect's own files (P3)."""
    kept = [path for path in office.settings.home.rglob("*") if path.is_file()]

    assert {"visits.db", "prefect.db", "desk.log"} <= {path.name for path in kept}
    assert [path for path in open_to_others(office.settings.home) if path.exists()] == []
