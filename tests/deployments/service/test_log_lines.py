"""Whoever reads the log of a part reads the same of lines for people and of lines in JSON."""

import logging
from pathlib import Path

import pytest

from config.log_form import JsonLines
from deployments.service.log_lines import as_text
from deployments.service.part_log import PartLog
from deployments.service.server_log import ServerLog


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "server.log"


def fail(path: Path, logger: str, said: str) -> None:
    """As Prefect logs a loop of its server that fails."""
    with path.open("a", encoding="utf-8") as stream:
        writer = logging.getLogger(logger)
        writer.handlers, writer.propagate = [JsonLines(stream)], False
        try:
            raise ConnectionError("không nối được")
        except ConnectionError:
            writer.exception(said)


def test_a_part_s_last_error_is_the_same(log: Path) -> None:
    part = PartLog(log)
    part.begin()
    fail(log, "thử", "không chạy được")

    assert part.error() == "ConnectionError: không nối được"


def test_a_loop_of_the_server_that_fails_again_and_again_is_seen(log: Path) -> None:
    log.touch()
    server = ServerLog(log)
    for _ in range(3):
        fail(log, "docket.dependencies", "↩ [11ms] schedule_deployments(){}")

    assert "xếp lịch (schedule_deployments)" in server.look()
    assert "ConnectionError: không nối được" in server._said()


@pytest.mark.parametrize("line", ["» Đã sẵn sàng", "12:00:00.000 | ERROR   | x - y", '{"time": "2024-', '{"a": 1}', ""])
def test_any_other_line_stays_what_it_is(line: str) -> None:
    assert list(as_text(line)) == [line]
