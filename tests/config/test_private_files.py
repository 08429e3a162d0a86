"""What an office keeps is its own: files are made for their owner alone, and an older home is put right (P3)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.private_files import close_to_others, open_to_others

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights of files are another matter on Windows")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home as an earlier version made it: everybody on the machine reads it."""
    folder = tmp_path / "live"
    (folder / "mailbox").mkdir(parents=True)
    (folder / "mailbox" / "1.eml").write_text("liên kết của đơn vị", encoding="utf-8")
    (folder / "visits.db").write_bytes(b"mot")
    (folder / "secrets").mkdir(mode=0o700)
    for path in (folder, folder / "mailbox"):
        path.chmod(0o755)
    for path in (folder / "visits.db", folder / "mailbox" / "1.eml"):
        path.chmod(0o644)
    return folder


def test_what_others_may_read_is_found_and_closed(home: Path) -> None:
    assert {path.name for path in open_to_others(home)} == {"live", "mailbox", "1.eml", "visits.db"}

    assert close_to_others(home) == 4

    assert list(open_to_others(home)) == []
    assert (home / "visits.db").stat().st_mode & 0o777 == 0o600
    assert (home / "mailbox").stat().st_mode & 0o777 == 0o700


def test_a_closed_home_is_left_as_it_is(home: Path) -> None:
    close_to_others(home)

    assert close_to_others(home) == 0
    assert close_to_others(home / "nowhere") == 0


def test_what_a_link_leads_to_keeps_its_own_rights(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "cua-nguoi-khac.txt"
    elsewhere.write_text("chung", encoding="utf-8")
    elsewhere.chmod(0o644)
    (home / "link").symlink_to(elsewhere)

    close_to_others(home)

    assert elsewhere.stat().st_mode & 0o777 == 0o644


def test_a_command_makes_files_for_its_owner_alone(tmp_path: Path) -> None:
    """As the office types it, in a shell that would give everybody leave to read."""
    environment = {**os.environ, "VISITS_MODE": "rehearsal", "VISITS_HOME": str(tmp_path / "home")}
    plan = Path(__file__).parents[2] / "config" / "plans" / "2024.yaml"
    typed = [sys.executable, "-m", "cli.main", "plan", "load", str(plan)]

    subprocess.run(typed, env=environment, umask=0o022, check=True, capture_output=True)

    assert (tmp_path / "home" / "visits.db").exists()
    assert list(open_to_others(tmp_path / "home")) == []
