"""Whether a part of the service answers, as a container asks."""

from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from config.settings import Settings, use
from database import leases
from database.engine import writing
from deployments.alive import trouble
from flows.engine.wake_pipe import WakePipe
from letters.mailbox import LocalMailbox
from tasks.worker import RUNNER, end_lease, keep_lease, process
from tests.deployments.conftest import free_port


class _Desk(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Alive at its own address, and nowhere else."""
        self.send_response(200 if self.path == "/suc-khoe" else 404)
        self.end_headers()

    def log_message(self, *_of: object) -> None:
        """Nothing."""


@pytest.fixture
def desk_port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), _Desk) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_desk_that_answers_is_alive_whatever_it_is_called_outside(home: Settings, desk_port: int) -> None:
    """In a container it listens on every address; it is asked on the one of this machine."""
    of = home.model_copy(update={"desk_port": desk_port, "desk_host": "0.0.0.0", "desk_public_host": "visits.example"})
    assert trouble(of) == ""


def test_a_desk_that_does_not_answer_is_told_with_the_reason(home: Settings) -> None:
    """Nobody listens on port 1."""
    assert "bàn làm việc không trả lời" in trouble(home.model_copy(update={"desk_port": 1}))


def test_a_server_of_prefect_is_asked_whether_it_is_ready(home: Settings, desk_port: int) -> None:
    """Ready means that it has its rows; alive alone would not."""
    assert "404" in trouble(home.model_copy(update={"prefect_port": desk_port}), "server")
    assert "máy chủ Prefect không trả lời" in trouble(home.model_copy(update={"prefect_port": 1}), "server")


def test_a_mailbox_greets(home: Settings, tmp_path: Path) -> None:
    """By SMTP; a program that is silent, or speaks HTTP, is none."""
    mailbox = LocalMailbox(tmp_path / "mailbox", port=free_port())
    mailbox.start()
    try:
        assert trouble(home.model_copy(update={"mailbox_port": mailbox.port}), "mailbox") == ""
    finally:
        mailbox.stop()
    assert "hộp thư tại chỗ không trả lời" in trouble(home.model_copy(update={"mailbox_port": 1}), "mailbox")


def test_a_runner_is_alive_while_it_can_be_called(home: Settings) -> None:
    """Each has a pipe in its home, which dies with it."""
    assert "không có bộ chạy nào" in trouble(home, "runner")
    with WakePipe():
        assert trouble(home, "runner") == ""
    assert "không có bộ chạy nào" in trouble(home, "runner")


def test_a_runner_with_a_process_for_each_run_is_alive_while_its_lease_runs(office: Settings) -> None:
    """It has no pipe; whoever watches it is none, nor one of another machine."""
    of = use(office.model_copy(update={"runner": "process"}))
    keep_lease(RUNNER, {"chương trình": "a"})
    assert "không có bộ chạy nào" in trouble(of, "runner")
    end_lease()
    with writing(of.database) as session:
        elsewhere = replace(process(RUNNER), id="another", machine="another machine")
        leases.grant(session, elsewhere, 40)
    assert "không có bộ chạy nào" in trouble(of, "runner")
    keep_lease(RUNNER)
    assert trouble(of, "runner") == ""
    end_lease()
    assert "không có bộ chạy nào" in trouble(of, "runner")


def test_a_part_that_is_none_is_told(home: Settings) -> None:
    """With those that there are."""
    assert "desk, server, runner, mailbox" in trouble(home, "redis")
