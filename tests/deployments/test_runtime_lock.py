"""What an installation gets of the lock: all that the service needs, nothing that only tests need, every hash."""

import subprocess
import sys

import pytest

from config.settings import ROOT
from deployments.runtime_lock import blocks, direct, needed

LOCK = blocks((ROOT / "requirements.lock").read_text(encoding="utf-8"))
OURS = direct((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_it_has_what_the_service_asks_for_and_what_that_needs() -> None:
    """Straight from the lock, in its order."""
    kept = needed(LOCK, *OURS)
    assert {"prefect", "fastapi", "sqlalchemy", "starlette", "mako"} <= set(kept)
    assert kept == [name for name in LOCK if name in kept]


def test_it_has_nothing_that_only_tests_need() -> None:
    """A browser's driver and the linters are no part of a service, and a third of its disk."""
    assert not {"pytest", "mypy", "ruff", "playwright", "schemathesis", "hypothesis"} & set(needed(LOCK, *OURS))


def test_every_line_has_a_version_and_a_hash_and_no_address() -> None:
    """What pip wants with `--require-hashes`."""
    command = [sys.executable, "-I", "-S", str(ROOT / "deployments" / "runtime_lock.py")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for name, lines in blocks(printed).items():
        assert "--hash=sha256:" in lines, name
        assert lines == LOCK[name]
    assert "//" not in printed


def test_a_name_that_is_not_in_the_lock_is_refused() -> None:
    """An image without it would look complete."""
    with pytest.raises(SystemExit, match="not in the lock: nothing-of-that-name"):
        needed(LOCK, "nothing_of.that-name")


def test_a_circle_of_needs_comes_to_an_end() -> None:
    """Two libraries may need each other."""
    lock = blocks("a==1 \\\n    --hash=x\n    # via b\nb==1 \\\n    --hash=y\n    # via\n    #   a\n    #   c\nc==1\n")
    assert needed(lock, "a") == ["a", "b"]
    assert needed(lock, "c") == ["a", "b", "c"]
