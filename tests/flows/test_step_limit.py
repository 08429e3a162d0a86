"""A step that hangs is told to end; one that waits for others who write is not hanging (docs/decisions/0008)."""

import threading
import time
from typing import Any

import pytest
from prefect.client.schemas.objects import StateType

from config.settings import settings
from database import service_notes
from database.engine import writing
from domain.outcome import Outcome
from flows.engine.step_run import take_step
from tests.flows.office import Office
from tests.may import MAY


@pytest.mark.prefect
def test_a_step_that_hangs_is_ended_counted_and_shown(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it stays; the run fails with the reason, and Retry goes on at that step."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.new_letters()
    office.set(step_seconds=1)
    with monkeypatch.context() as hanging:
        hanging.setattr("tasks.steps.step_3_select_thematic_cell.record_of", lambda *_: time.sleep(3600))
        office.host_sends_its_list()
        assert office.state().type is StateType.FAILED
        assert "quá 1 giây, lần thứ 1" in (office.visit().trouble or "")
        office.press_retry()
        assert "quá 1 giây, lần thứ 2" in (office.visit().trouble or "")
    assert office.new_letters() == ["run_stopped → staff:officer"] * 2

    office.set(step_seconds=30)
    office.press_retry()
    assert office.waits()[:2] == ("leader", "Chờ lựa chọn")
    assert office.new_letters() == ["staff_task → staff:leader"]


@pytest.mark.prefect
def test_a_step_that_waits_for_others_who_write_does_not_hang(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """One step that hangs holds the database for all its time; those that queue behind it must not fail with it."""
    office.plan_only(MAY)
    office.set(step_seconds=1)
    begun: list[threading.Thread] = []

    def take_behind_somebody(*of: Any) -> Outcome:
        if not begun:
            begun.append(hold_the_database(seconds=3))
        return take_step(*of)

    monkeypatch.setattr("flows.engine.step_by_step.take_step", take_behind_somebody)
    office.on(2024, 3, 1, 8)
    begun[0].join()
    assert office.waits()[:2] == ("host", "Chờ danh sách")
    assert office.visit().trouble is None


def hold_the_database(seconds: float) -> threading.Thread:
    """Another connection writes, and is not done for so long; returns once it has begun."""
    has_it = threading.Event()

    def hold() -> None:
        with writing(settings().database) as session:
            service_notes.note(session, "thử")
            session.flush()
            has_it.set()
            time.sleep(seconds)

    thread = threading.Thread(target=hold)
    thread.start()
    assert has_it.wait(30)
    return thread
