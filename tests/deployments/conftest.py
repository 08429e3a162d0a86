"""What tests of the runners share: the whole service, once with warm processes and once with a process per run."""

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest

import config.settings
from config.settings import ROOT, for_rehearsal, use
from deployments.service.embedded import Service
from domain.plan import Contacts, Plan
from tests.deployments.running import Running
from tests.flows.office import talking_to


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def service_with(
    runner: Literal["warm", "process", "pool"],
    home: Path,
    *,
    afresh: bool = True,
    numbers_itself: bool = True,
    **changes: object,
) -> Iterator[Service]:
    """The service of a rehearsal in `home`, to which this process talks, with the office's own wording beside it.

    Unless told otherwise it numbers requests and invitations by itself, from blocks, so that no clerk need do it.
    """
    shutil.copytree(ROOT / "letters" / "templates" / "nomination_request", home / "wording" / "nomination_request")
    before = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("VISITS_")}
    os.environ["VISITS_TEMPLATES"] = str(home / "wording")
    os.environ["VISITS_NUMBERING__FROM_BLOCKS"] = '["CV", "GM"]' if numbers_itself else "[]"
    in_use = list(config.settings._in_use)
    ports = {name: free_port() for name in ("prefect_port", "mailbox_port", "desk_port")}
    chosen = use(for_rehearsal(home / "rehearsal").model_copy(update={"runner": runner, **ports, **changes}))
    try:
        with Service(chosen, afresh=afresh) as service, talking_to(chosen):
            yield service
    finally:
        config.settings._in_use[:] = in_use
        del os.environ["VISITS_TEMPLATES"], os.environ["VISITS_NUMBERING__FROM_BLOCKS"]
        os.environ.update(before)


@pytest.fixture(scope="module", params=["warm", "process"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for all tests of a file, with either kind of runner; a step may take 45 s, as on a busy machine."""
    with service_with(request.param, tmp_path_factory.mktemp(request.param), step_seconds=45) as service:
        yield service


@pytest.fixture
def running(service: Service, shipped: tuple[Plan, Contacts]) -> Iterator[Running]:
    """The office of 2024 on that service, on the day its plan is signed; nothing has happened yet."""
    yield from office_on(service, shipped)


def office_on(service: Service, shipped: tuple[Plan, Contacts]) -> Iterator[Running]:
    """That office, which is taken away again afterwards."""
    use(service.settings)
    wording: Path = service.settings.folder.parent / "wording"
    office = Running(service, wording, *shipped)
    office.begin()
    yield office
    office.mend_wording("nomination_request")
    office.end()
