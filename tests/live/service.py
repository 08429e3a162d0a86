"""The live service as an office starts it, `visits up` as a process of its own, and what its Prefect says."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from config.settings import ROOT, Settings
from database.engine import engine_for, reading
from database.models import ServiceNoteRow
from deployments.service.environment import prefect_auth


class Live:
    """One office on a home of its own. It is started and stopped as often as a test wants."""

    def __init__(self, home: Path, **environment: str) -> None:
        names = ("prefect_port", "mailbox_port", "desk_port")
        ports: dict[str, Any] = dict(zip(names, free_ports(len(names)), strict=True))
        self.settings = Settings(mode="live", home=home, _env_file=None, **ports)
        self.environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith(("VISITS_", "PREFECT_"))},
            **{f"VISITS_{name.upper()}": f"{port}" for name, port in ports.items()},
            "VISITS_MODE": "live", "VISITS_HOME": f"{home}", **environment,
        }  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    def visits(self, *arguments: str) -> str:
        """What a command of `visits` says; it must succeed."""
        command = [sys.executable, "-m", "cli.main", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def start(self) -> None:
        """`visits up`, until it says where the desk is."""
        self._said.parent.mkdir(parents=True, exist_ok=True)
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "cli.main", "up"], cwd=ROOT, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
                umask=0o022,  # as a shell has it: what is private is so by the service's own doing
            )  # fmt: skip
        self.wait(lambda: self.settings.desk_url in self._said.read_text(), "the service has started", 600)

    def stop(self) -> None:
        """Ctrl-C, and every process of the service has ended."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            assert self._process.wait(30) == 0, self.said()
        finally:
            if self._process.poll() is None:
                self._process.kill()
            self._process = None

    def wait(self, what: Callable[[], object], told: str, seconds: float = 60) -> None:
        """Until that is so, as long as the service lives."""
        deadline = time.monotonic() + seconds
        while not what():
            assert self._process is None or self._process.poll() is None, f"it has ended before {told}:\n{self.said()}"
            assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {told}\n{self.said()}"
            time.sleep(0.2)

    @property
    def _said(self) -> Path:
        return self.settings.folder / "logs" / "up.log"

    def said(self) -> str:
        """The last lines of `visits up` and of each of its parts."""
        logs = sorted((self.settings.folder / "logs").glob("*.log"))
        return "\n".join(f"--- {log.name}\n{_end_of(log)}" for log in logs)

    def runs(self, deployment: str, **also: Any) -> list[dict[str, Any]]:
        """The runs that Prefect has of a deployment, by the time at which they were expected."""
        flow, name = deployment.split("/")
        asked = {
            "flows": {"name": {"any_": [flow]}}, "deployments": {"name": {"any_": [name]}},
            "sort": "EXPECTED_START_TIME_ASC", "limit": 200, **also,
        }  # fmt: skip
        url = f"{self.settings.prefect_url}/api/flow_runs/filter"
        answer = httpx.post(url, json=asked, auth=prefect_auth(self.settings), timeout=30)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()
        return found

    def notes(self) -> Mapping[str, ServiceNoteRow]:
        """What the service last said of itself."""
        with reading(self.settings.database) as session:
            return {row.name: row for row in session.scalars(select(ServiceNoteRow))}


@contextmanager
def live(home: Path, **environment: str) -> Iterator[Live]:
    """A live office that has not been started; whatever happens, no process of it is left."""
    office = Live(home, **environment)
    try:
        yield office
    finally:
        office.stop()
        engine_for(office.settings.database).dispose()
        shutil.rmtree(home, ignore_errors=True)  # Prefect's database is large


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, all different."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:])
