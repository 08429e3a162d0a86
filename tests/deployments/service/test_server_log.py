"""A loop of the Prefect server that fails again and again is noticed; a passing error is not."""

import time
from pathlib import Path

import pytest

from deployments.service.server_log import ServerLog

#: As Prefect 3.9.1 wrote it when its scheduler found no table, shortened in the middle.
FAILS = """22:41:33.059 | ERROR   | docket.dependencies - ↩ [    11ms] schedule_deployments(){schedule_deployments}
Traceback (most recent call last):
  File "aiosqlite/core.py", line 63, in _connection_worker_thread
    result = function()
             ^^^^^^^^^^
sqlite3.OperationalError: no such table: deployment_schedule

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "docket/worker.py", line 1134, in _execute
    result = await execution.function(
sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table: deployment_schedule
[SQL: SELECT deployment.id
FROM deployment]
(Background on this error at: https://sqlalche.me/e/21/e3q8)
"""
OTHER = "22:41:34.000 | ERROR   | prefect.server - Encountered exception in request:\nValueError: no loop\n"
FINE = "22:41:35.000 | INFO    | prefect.server.services.late_runs - nothing late\n"
SAID = (
    "việc xếp lịch (schedule_deployments) của máy chủ lỗi liên tiếp: "
    "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table: deployment_schedule"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log with errors of an earlier start."""
    path = tmp_path / "server.log"
    path.write_text(FAILS * 5, encoding="utf-8")
    return path


def add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_one_and_the_same_loop_that_fails_three_times_is_named_with_its_error(path: Path) -> None:
    log = ServerLog(path)
    assert log.look() == ""

    add(path, FAILS + FINE + FAILS)
    assert log.look() == ""
    add(path, FAILS + FINE)

    assert log.look() == SAID
    assert log.look() == SAID


def test_an_error_that_is_only_half_written_is_read_when_it_is_whole(path: Path) -> None:
    log = ServerLog(path)
    middle = len(FAILS) // 2
    add(path, FAILS * 2 + FAILS[:middle])
    log.look()

    add(path, FAILS[middle:] + OTHER)

    assert log.look() == SAID


def test_requests_that_fail_are_no_loop_and_different_loops_do_not_add_up(path: Path) -> None:
    log = ServerLog(path)

    add(path, OTHER * 5 + FAILS + FAILS.replace("schedule_deployments", "monitor_late_runs") * 2)

    assert log.look() == ""


def test_it_is_over_when_it_has_been_quiet_for_long_enough(path: Path) -> None:
    log = ServerLog(path, window=0.2)
    add(path, FAILS * 3)
    assert log.look() == SAID

    time.sleep(0.3)

    assert log.look() == ""


def test_a_log_that_was_emptied_is_read_from_its_beginning(path: Path) -> None:
    log = ServerLog(path)

    path.write_text(FAILS * 3, encoding="utf-8")

    assert log.look() == SAID


def test_a_server_that_has_not_yet_written_is_no_trouble(tmp_path: Path) -> None:
    assert ServerLog(tmp_path / "server.log").look() == ""
