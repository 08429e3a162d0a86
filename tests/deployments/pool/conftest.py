"""The office on a service whose runs go through a work pool, with workers of one type or the other."""

import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from config.settings import ROOT
from deployments.service.embedded import Service
from domain.plan import Contacts, Plan
from tests.deployments.conftest import office_on, service_with
from tests.deployments.pool.pool_workers import POOL
from tests.deployments.running import Running
from tests.deployments.service.at_the_service import kill, until

#: Our own type of worker, and Prefect's, which starts a process for each run.
KINDS = ("visits-warm", "process")


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """The type of the pool and of its workers."""
    return str(request.param)


@pytest.fixture(scope="module")
def pooled(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that only asks: its own pool, or one that somebody has made by Prefect's command."""
    with service_with("pool", tmp_path_factory.mktemp("pool"), step_seconds=45) as service:
        if kind != "visits-warm":
            make_pool_by_hand(service, kind)
        yield service


def make_pool_by_hand(service: Service, kind: str) -> None:
    """Another pool in place of the one that the first start has made; the next start puts the deployments into it."""
    httpx.delete(f"{service.settings.prefect_url}/api/work_pools/{POOL}", timeout=30).raise_for_status()
    command = [sys.executable, "-m", "prefect", "--no-prompt", "work-pool", "create", POOL, "--type", kind]
    subprocess.run(command, cwd=ROOT, env=service.environment, check=True, capture_output=True, timeout=120)
    kill(service, "runner")
    until(lambda: not service.is_ready("runner"), service)
    until(lambda: service.is_ready("runner"), service)


@pytest.fixture
def office(pooled: Service, shipped: tuple[Plan, Contacts]) -> Iterator[Running]:
    """The office of 2024 on that service, on the day its plan is signed; nothing has happened yet."""
    yield from office_on(pooled, shipped)
