"""The one real Prefect server of a whole run of tests; started when the first test asks for it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from config.settings import ROOT, Settings
from deployments.service.environment import prefect_environment, serve_one_version

_SECONDS_TO_START = 400
#: Tests delete runs whose last events are still under way. Prefect writes events in bulk and drops the whole bulk when
#: one of them is of a run that is gone, and with it bars of the next test.
_EACH_EVENT_ALONE = {"PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "1"}


@pytest.fixture(scope="session")
def prefect_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a Prefect server with an empty home, to which this whole process talks."""
    from tests.flows.office import talking_to  # imports Prefect, which most tests do not need

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    of = Settings(mode="rehearsal", home=tmp_path_factory.mktemp("prefect"), prefect_port=port)
    serve_one_version(of)
    log = of.folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            cwd=ROOT, env={**prefect_environment(of), **_EACH_EVENT_ALONE},
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        _wait_for(server, f"{of.prefect_url}/api/health", log)
        with talking_to(of):
            yield port
    finally:
        _end(server)


def _wait_for(server: subprocess.Popen[bytes], health: str, log: Path) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(health, timeout=2).is_success:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    pytest.fail(f"the Prefect server does not start:\n{log.read_text()[-3000:]}")


def _end(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is not None:
        return  # a service that was stopped in this process takes everything with it that this process has started
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
