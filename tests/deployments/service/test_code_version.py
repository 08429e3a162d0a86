"""New code, settings or wording need a restart of the warm processes, and the service says so."""

import os
from pathlib import Path

import pytest

from deployments.service import code_version
from deployments.service.code_version import CodeVersion


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one step and one letter of the office's own; the disk is looked at as often as one asks."""
    monkeypatch.setattr(code_version, "_EVERY", 0)
    for file in ("tasks/step.py", "wording/request/body.txt"):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_text("cũ")
    return tmp_path


def later(file: Path) -> None:
    """Write it as if a second had passed; two writes within one tick of the disk look alike."""
    file.parent.mkdir(exist_ok=True)
    file.write_text("mới")
    os.utime(file, (file.stat().st_mtime + 1,) * 2)


@pytest.mark.parametrize("file", ["tasks/step.py", "wording/request/body.txt"])
def test_a_changed_file_is_noticed_once(office: Path, file: str) -> None:
    version = CodeVersion(office, office / "wording", office)
    assert not version.has_moved()
    later(office / file)
    assert version.has_moved()
    assert not version.has_moved()


@pytest.mark.parametrize("file", ["tasks/another_step.py", "local/visits.env"])
def test_a_new_file_is_noticed_too(office: Path, file: str) -> None:
    version = CodeVersion(office, office / "wording", office)
    later(office / file)
    assert version.has_moved()


def test_a_file_that_nobody_runs_is_none_of_its_business(office: Path) -> None:
    version = CodeVersion(office, office / "wording", office)
    later(office / "tests" / "test_step.py")
    assert not version.has_moved()
