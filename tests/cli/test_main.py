"""The `visits` command as a whole: what it offers, and how long one waits for it."""

import subprocess
import sys

from sqlalchemy import text

from config.settings import ROOT, Settings
from database.engine import engine_for
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


def test_a_number_that_no_database_can_hold_is_a_word_and_no_traceback(visits: Typed, office: Settings) -> None:
    result = visits("letters", "resolve", "9" * 30, "went_out", "--by", "Bà Thử")

    assert office.mode == "rehearsal"
    assert result.exit_code == 1
    assert "lỗi · dòng lệnh: có số quá lớn" in result.stderr


def test_a_database_without_tables_is_named_with_what_to_do(visits: Typed, home: Settings) -> None:
    with engine_for(home.database).connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar()

    result = visits("status", "--year", "2024")

    assert result.exit_code == 1
    assert "cơ sở dữ liệu còn trống → chạy trước: visits plan load FILE" in result.stderr
