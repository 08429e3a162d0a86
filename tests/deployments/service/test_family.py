"""Whoever loses his parent while the service runs is its own, and ends with it; later he is nobody's here."""

import subprocess
import time
from collections.abc import Iterator

import psutil
import pytest

from deployments.service.family import Family


@pytest.fixture
def family() -> Iterator[Family]:
    """A service that runs in this process."""
    family = Family()
    yield family
    family.leave()


def orphan(seconds: float) -> int:
    """A process whose parent has ended at once, and which lives that long."""
    said = subprocess.run(
        ["sh", "-c", f"sleep {seconds} >&- 2>&- & echo $!"], capture_output=True, text=True, check=True
    )
    return int(said.stdout)


def is_ours(pid: int) -> bool:
    """Whether it is a child of this process, even one that has ended."""
    return pid in {child.pid for child in psutil.Process().children()}


def test_an_orphan_is_of_the_family_and_leaves_no_trace_when_it_ends(family: Family) -> None:
    pid = orphan(0.2)

    assert pid in {one.pid for one in family.members()}
    until = time.monotonic() + 10
    while is_ours(pid) and time.monotonic() < until:
        family.reap(set())
        time.sleep(0.02)
    assert not is_ours(pid)


def test_who_was_there_before_is_a_stranger() -> None:
    with subprocess.Popen(["sleep", "60"]) as before:
        family = Family()
        assert before.pid not in {one.pid for one in family.members()}
        family.leave()
        before.kill()


def test_after_the_service_an_orphan_is_nobody_of_ours() -> None:
    Family().leave()

    pid = orphan(0.2)

    assert not is_ours(pid)


def test_of_two_services_in_one_process_the_one_that_goes_on_keeps_its_orphans(family: Family) -> None:
    Family().leave()

    assert orphan(0.2) in {one.pid for one in family.members()}
