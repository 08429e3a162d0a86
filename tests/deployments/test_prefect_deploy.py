"""`prefect deploy --all` on a real server: what Prefect makes of `deployments/prefect.yaml`."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from config.settings import ROOT, Settings
from deployments.registry import NAMES
from deployments.service.environment import prefect_environment, serve_one_version
from tests.deployments.conftest import free_port


@pytest.fixture
def prefect(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A server of its own, as others have deployments of these names; its environment."""
    of = Settings(mode="rehearsal", home=tmp_path, prefect_port=free_port(), _env_file=None)
    serve_one_version(of)
    environment = prefect_environment(of) | {"PREFECT_HOME": str(tmp_path / "prefect")}
    log = (tmp_path / "server.log").open("wb")
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", f"{of.prefect_port}"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(f"{environment['PREFECT_API_URL']}/health", server)
        yield environment
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _wait_for(health: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 400
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(health, timeout=2).is_success:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    pytest.fail("the Prefect server does not start")


def _types(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", *words], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip


def _made(environment: dict[str, str]) -> dict[str, dict[str, Any]]:
    api = environment["PREFECT_API_URL"]
    flows = {one["id"]: one["name"] for one in httpx.post(f"{api}/flows/filter", json={}).json()}
    found = httpx.post(f"{api}/deployments/filter", json={}).json()
    return {f"{flows[one['flow_id']]}/{one['name']}": one for one in found}


@pytest.mark.slow
@pytest.mark.prefect
def test_prefects_own_command_makes_every_deployment_once_there_is_a_pool(prefect: dict[str, str]) -> None:
    """Modules for entrypoints and no code to fetch, so that whatever runs it needs the service installed, no folder."""
    deploy = ("deploy", "--all", "--prefect-file", "deployments/prefect.yaml")
    assert "does not exist" in " ".join(_types(prefect, *deploy).stdout.split()).replace("- ", ""), "no pool yet"
    assert _types(prefect, "work-pool", "create", "party-visits", "--type", "process").returncode == 0
    done = _types(prefect, *deploy)
    assert done.returncode == 0, done.stdout + done.stderr

    made = _made(prefect)
    assert set(made) == set(NAMES)
    for one in made.values():
        assert one["work_pool_name"] == "party-visits"
        assert not one["pull_steps"]
        assert ":" not in one["entrypoint"]
        assert not one["paused"]
    slugs = {schedule["slug"] for one in made.values() for schedule in one["schedules"]}
    assert slugs == {"ngay-1-hang-thang", "cac-ngay-khac", "trong-nom"}
