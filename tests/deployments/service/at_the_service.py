"""The service as a test stands beside it: pages that are clicked, parts that are killed, the doctor that is asked."""

import time
from collections.abc import Callable
from typing import Any

import httpx
from typer.testing import CliRunner

from cli.main import app
from deployments.service.embedded import Service


class Pages(httpx.Client):
    """What staff do in Prefect's pages, which is a call of its API each time; a busy server is asked again."""

    def request(self, *how: Any, **more: Any) -> httpx.Response:
        """One click that must succeed."""
        deadline = time.monotonic() + 30
        while (answer := super().request(*how, **more)).status_code == 503 and time.monotonic() < deadline:
            time.sleep(0.2)
        return answer.raise_for_status()


def until(what: Callable[[], object], service: Service, seconds: float = 180) -> None:
    """Watch as `visits up` does until that is so."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, [(part.name, part.state, part.trouble) for part in service._parts.values()]
        service.watch()
        time.sleep(0.2)


def kill(service: Service, name: str) -> None:
    process: Any = service._parts[name].process
    process.kill()
    process.wait(5)


def doctor() -> str:
    """What `visits doctor` says of the service, without what it says of a home that has no plan."""
    return CliRunner(env={"COLUMNS": "240"}).invoke(app, ["doctor"]).stdout
