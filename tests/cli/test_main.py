"""The `visits` command as a whole: what it offers, and how long one waits for it."""

import subprocess
import sys

from config.settings import ROOT
from tests.cli.conftest import Typed

COMMANDS = (
    "up", "rehearse", "plan", "status", "show", "nominations", "accept", "choose",
    "issue", "approve", "move", "cancel", "retry", "findings", "letters", "doctor",
)  # fmt: skip


def test_help_lists_every_command(visits: Typed) -> None:
    result = visits("--help")

    assert result.exit_code == 0
    for command in COMMANDS:
        assert f" {command} " in result.stdout, command


def test_nothing_at_all_is_wrong_usage_and_shows_the_help(visits: Typed) -> None:
    result = visits()

    assert result.exit_code == 2
    assert "rehearse" in result.output


def test_the_command_line_does_not_wait_for_prefect() -> None:
    """Design trap 8: importing it takes seconds, and `visits status` does not need it."""
    code = "import sys, cli.main; print('prefect' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
