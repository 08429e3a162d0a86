"""What an office sets is understood alike by every process of the service, wherever it runs."""

from pathlib import Path

import pytest

from apart.running import apart
from config.settings import Settings
from scans.trusted import read_trust_list
from tests.scans.signing import authority


def test_a_folder_of_trusted_signers_named_from_here_is_found_by_the_process_that_reads(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "tin-cay").mkdir()
    (tmp_path / "tin-cay" / "ca.pem").write_bytes(authority().root)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VISITS_TRUSTED_SIGNERS", "tin-cay")

    trusted = apart(read_trust_list, Settings().trusted_signers)

    assert trusted.unread == ()
    assert len(trusted.certificates) == 1
