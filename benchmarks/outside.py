"""What stands outside the process whose CPU is measured: a real Prefect server, a real mailbox."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from benchmarks.figure import CannotMeasureError
from config.settings import ROOT, Settings
from deployments.service.environment import prefect_environment, serve_one_version

_SECONDS = 300
_MAILBOX = """
import sys, time
from pathlib import Path
from letters.mailbox import LocalMailbox
box = LocalMailbox(Path(sys.argv[1]))
box.start()
print(box.port, flush=True)
time.sleep(10**6)
"""


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def mailbox(folder: Path) -> Iterator[int]:
    """The local mailbox in a process of its own; gives its port."""
    box = subprocess.Popen([sys.executable, "-c", _MAILBOX, str(folder)], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert box.stdout is not None
        yield int(box.stdout.readline())
    finally:
        box.terminate()
        box.wait(10)


@contextmanager
def prefect_server(of: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """The Prefect server of that home, until this ends."""
    serve_one_version(of)
    of.folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port"]
    with (of.folder / "prefect-server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, str(of.prefect_port)], cwd=ROOT, env=prefect_environment(of), stdin=subprocess.DEVNULL,
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        _wait_for(f"{of.prefect_url}/api/health")
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def _wait_for(health: str) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        with suppress(httpx.HTTPError):
            if httpx.get(health, timeout=2).is_success:
                return
        time.sleep(0.2)
    raise CannotMeasureError(f"no Prefect server answers at {health}")
