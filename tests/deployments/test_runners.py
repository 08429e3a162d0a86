"""Warm processes and one process per run: whatever happens to a run, its visit comes to the same (see 0008)."""

import os
import signal
from collections import Counter

import pytest
from prefect.client.schemas.objects import StateType

from tests.deployments.running import Running

pytestmark = pytest.mark.prefect

FEBRUARY, MARCH = "2024-02/nhon_trach", "2024-03/cong_an_tinh"
FEBRUARY_HOST = "Nhơn Trạch"
REQUEST, STOPPED = "nomination_request → host", "run_stopped → staff:officer"


def test_visits_that_are_due_open_and_park(running: Running) -> None:
    """Each writes to its host, once, and waits for the list."""
    running.open(FEBRUARY, MARCH)
    running.wait(lambda: running.parked(FEBRUARY) and running.parked(MARCH))
    assert Counter(running.letters())[REQUEST] == 2
    assert {running.state(key).name for key in (FEBRUARY, MARCH)} == {"Chờ danh sách"}
    assert set(running.steps().values()) == {1}


def test_a_step_that_works_for_ever_is_cancelled_in_prefect_and_goes_on_after_retry(running: Running) -> None:
    """Its process is ended, nothing of the step stays, and the officer is told, once, that it was stopped."""
    running.break_wording("nomination_request", FEBRUARY_HOST)
    running.open(FEBRUARY)
    running.wait(lambda: running.at_work(FEBRUARY))
    running.press(FEBRUARY, "Cancel")
    running.wait(lambda: running.state(FEBRUARY).type is StateType.CANCELLED)
    running.wait(lambda: running.letters() == [STOPPED], heal=True)

    running.mend_wording("nomination_request")
    running.press(FEBRUARY, "Retry")
    running.wait(lambda: running.parked(FEBRUARY))
    assert running.letters() == [REQUEST, STOPPED]
    assert set(running.steps().values()) == {1}


def test_a_step_that_works_for_ever_holds_up_the_others_only_until_its_time_is_over(running: Running) -> None:
    """It is ended and counted, its half-done work is undone; the other visit goes on, and this one after Retry."""
    running.break_wording("nomination_request", FEBRUARY_HOST)
    running.open(FEBRUARY, MARCH)
    running.wait(lambda: running.state(FEBRUARY).type is StateType.FAILED and running.parked(MARCH))
    assert running.letters() == [REQUEST, STOPPED]
    assert "quá 45 giây, lần thứ 1" in (running.row(FEBRUARY).trouble or "")
    assert running.record().count("bước quá giờ") == 1

    running.mend_wording("nomination_request")
    running.press(FEBRUARY, "Retry")
    running.wait(lambda: running.parked(FEBRUARY))
    assert running.letters() == [REQUEST, REQUEST, STOPPED]
    assert set(running.steps().values()) == {1}


def test_a_run_whose_process_is_killed_crashes_and_is_given_its_life_back(running: Running) -> None:
    """kill -9 in the middle of a step: the same run goes on, and nobody gets a second letter."""
    running.break_wording("nomination_request", FEBRUARY_HOST)
    running.open(FEBRUARY)
    running.wait(lambda: running.at_work(FEBRUARY))
    its_run, process = running.row(FEBRUARY).flow_run_id, running.at_work(FEBRUARY)
    running.mend_wording("nomination_request")
    assert process
    os.kill(process, signal.SIGKILL)
    running.wait(lambda: running.parked(FEBRUARY), heal=True)
    assert running.row(FEBRUARY).flow_run_id == its_run
    assert running.letters() == [REQUEST]


def test_a_visit_that_failed_goes_on_after_retry_in_prefect(running: Running) -> None:
    """The wording was wrong; once it is mended, the button is enough."""
    running.break_wording("nomination_request", FEBRUARY_HOST, body="{{ nobody.knows }}")
    running.open(FEBRUARY)
    running.wait(lambda: running.state(FEBRUARY).type is StateType.FAILED)
    running.wait(lambda: running.letters() == [STOPPED])
    assert "nobody" in (running.row(FEBRUARY).trouble or "")

    running.mend_wording("nomination_request")
    running.press(FEBRUARY, "Retry")
    running.wait(lambda: running.parked(FEBRUARY))
    assert running.letters() == [REQUEST, STOPPED]
    assert running.row(FEBRUARY).trouble is None
