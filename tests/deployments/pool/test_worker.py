"""Runs go through a work pool of Prefect's: by our own type of worker, and by Prefect's, with the same outcome."""

import os
import signal
import time
from collections import Counter

import httpx
import pytest
from prefect.client.schemas.objects import StateType

from database import visits
from database.engine import writing
from flows.engine.wake_pipe import ring
from tests.deployments.pool.pool_workers import POOL, worker_of, workers_shown
from tests.deployments.running import Running

REQUEST = "nomination_request → host"
MARCH, MAY = "2024-03/cong_an_tinh", "2024-05/bien_hoa"


def run_of(office: Running, key: str) -> dict[str, object]:
    """The visit's run as Prefect's API gives it."""
    url = f"{office.service.settings.prefect_url}/api/flow_runs/{office.row(key).flow_run_id}"
    return dict(httpx.get(url, timeout=30).raise_for_status().json())


@pytest.mark.prefect
def test_a_visit_waits_for_a_worker_goes_through_the_pool_and_comes_back_to_it(office: Running, kind: str) -> None:
    """Opened while no worker is there; parked by the first; an answer makes it due, and the pool hands it out again."""
    office.open(MAY)
    time.sleep(2)
    assert office.row(MAY).wakeups == 0, "whoever asks runs nothing"
    with worker_of(office.service, kind, "first"):
        office.wait(lambda: office.parked(MAY))
        assert workers_shown(office.service) == {"first": "ONLINE"}
        run = run_of(office, MAY)
        assert run["work_pool_name"] == POOL
        before = office.row(MAY).wakeups
        with writing(office.url) as session:
            visits.ask_to_wake(session, office.row(MAY).id)
        ring()
        office.wait(lambda: office.row(MAY).wakeups > before and office.parked(MAY))
        assert run_of(office, MAY)["id"] == run["id"], "the same run"
    assert len(office.letters()) == 1


@pytest.mark.prefect
def test_a_run_whose_process_dies_is_done_again_by_another(office: Running, kind: str) -> None:
    """Prefect is told that it crashed; the row says what is due, and the letter goes out once."""
    host = office.plan.unit("bien_hoa").standing_board
    office.break_wording("nomination_request", host)
    with worker_of(office.service, kind, "first"):
        office.open(MAY)
        office.wait(lambda: office.at_work(MAY))
        time.sleep(1)
        pid = office.at_work(MAY)
        assert pid
        os.kill(pid, signal.SIGKILL)
        office.wait(lambda: office.state(MAY).type in (StateType.CRASHED, StateType.SCHEDULED))
        office.mend_wording("nomination_request")
        office.wait(lambda: office.parked(MAY), heal=True)
    assert len(office.letters()) == 1


@pytest.mark.prefect
def test_of_two_workers_each_run_has_one_and_who_is_killed_is_not_missed(office: Running, kind: str) -> None:
    """The second goes on where the first was killed with all its processes."""
    with worker_of(office.service, kind, "first") as first, worker_of(office.service, kind, "second"):
        office.wait(lambda: set(workers_shown(office.service)) >= {"first", "second"})
        office.open(MARCH)
        office.wait(lambda: office.parked(MARCH))
        for one in first.family():
            one.kill()
        office.open(MARCH, MAY)
        office.wait(lambda: office.parked(MAY))
    assert max(office.steps().values()) == 1
    assert Counter(office.letters())[REQUEST] == 2, "one for each visit"
