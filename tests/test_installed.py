"""The packages stand at the top under plain names (`flows`, `tasks`): nothing else that is installed has them."""

from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from setuptools import find_namespace_packages

from config.settings import ROOT, _place

OURS = {
    "answers", "apart", "archive", "cli", "config", "database", "deployments", "domain", "flows", "inbox", "letters",
    "overview", "papers", "planning", "rehearsal", "scans", "sheets", "tasks", "web",
}  # fmt: skip


def test_no_library_of_the_lock_brings_a_package_of_the_same_name() -> None:
    """Whichever of two comes first on the path would be imported by both."""
    others = {name: set(who) - {"party-visits"} for name, who in packages_distributions().items() if name in OURS}
    assert {name: who for name, who in others.items() if who} == {}


def test_every_folder_with_code_is_a_package_and_says_which_question_it_answers() -> None:
    """A folder that is none would be left out of the wheel."""
    found = find_namespace_packages(str(ROOT), include=[f"{room}*" for room in OURS])
    folders = [Path(ROOT, *name.split(".")) for name in found]
    with_code = [folder for folder in folders if any(folder.glob("*.py"))]
    assert len(with_code) > len(OURS)
    for folder in with_code:
        said = (folder / "__init__.py").read_text(encoding="utf-8")
        assert said.startswith('"""'), folder


def test_an_installed_service_keeps_its_files_in_the_users_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never among the libraries, which the next installation replaces."""
    assert _place() == ROOT, "in a checkout: beside the code"
    monkeypatch.setattr("config.settings.ROOT", tmp_path / "site-packages")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert _place() == tmp_path / "data" / "party-visits"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert _place() == tmp_path / ".local" / "share" / "party-visits"
