"""Whether the desk answers, as a container asks."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from config.settings import Settings
from deployments.alive import trouble


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
