"""A step that hangs: told to end when code can hear it, its process ended when it cannot (docs/decisions/0008)."""

import subprocess
import sys
import time

import pytest
from prefect.client.schemas.objects import StateType

from config.settings import ROOT
from tests.desk import MAY
from tests.flows.office import Office

#: Adds up numbers for hours inside the interpreter, where no signal and no exception arrives.
DEAF = "from flows.step_limit import at_most\nwith at_most(1):\n    sum(range(10**13))\n"


@pytest.mark.prefect
def test_a_step_that_hangs_is_ended_counted_and_shown(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it stays; the run fails with the reason, and Retry goes on at that step."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.new_letters()
    office.set(step_seconds=1)
    with monkeypatch.context() as hanging:
        hanging.setattr("tasks.step_3_select_thematic_cell.record_of", lambda *_: time.sleep(3600))
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


def test_a_step_that_hears_nothing_ends_with_its_process_and_the_log_says_where_it_stood() -> None:
    """The run is then one whose process has died, which everybody knows how to heal."""
    ended = subprocess.run([sys.executable, "-c", DEAF], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 1
    assert "Timeout" in ended.stderr
    assert "line 3" in ended.stderr
