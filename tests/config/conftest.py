"""What the tests of the room `config` share: the shipped plan, and files that hold a changed text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.plan_file import read_plan
from domain.plan import Plan

SHIPPED = Path(__file__).parents[2] / "config" / "plans" / "2024.yaml"


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The shipped plan of 2024."""
    shipped, _ = read_plan(SHIPPED)
    assert shipped
    return shipped


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Puts a text into a file of its own and gives its path."""

    def _write(text: str) -> Path:
        path = tmp_path / "changed.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return _write
