"""What an office sets is understood alike by every process of the service, wherever it runs."""

from pathlib import Path

import pytest

import config.settings
from apart.running import apart
from config.settings import Inbox, Settings, for_rehearsal, settings
from domain.problem import Refused
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


@pytest.mark.parametrize(
    ("bind", "host", "port"),
    [("0.0.0.0:80", "0.0.0.0", 80), ("[::1]:4300", "::1", 4300), (":4300", "127.0.0.1", 4300), ("db:1", "db", 1)],
)
def test_where_a_part_listens_is_typed_in_one_word(
    monkeypatch: pytest.MonkeyPatch, bind: str, host: str, port: int
) -> None:
    monkeypatch.setenv("VISITS_DESK_BIND", bind)

    assert (Settings(_env_file=None).desk_host, Settings(_env_file=None).desk_port) == (host, port)


@pytest.mark.parametrize("bind", ["4200", "host", "host:", "host:0", "host:70000", "::1:4200", "a b:1"])
def test_what_is_no_address_is_named_with_its_variable(monkeypatch: pytest.MonkeyPatch, bind: str) -> None:
    monkeypatch.setenv("VISITS_PREFECT_BIND", bind)

    with pytest.raises(Refused, match="VISITS_PREFECT_BIND: “.*” không phải địa chỉ và cổng → ghi như"):  # noqa: RUF043
        Settings(_env_file=None)


def test_prefect_on_another_machine_is_found_by_the_address_of_its_api() -> None:
    of = Settings(prefect_api_url="http://prefect:4200/api/", prefect_bind="10.0.0.5:4300", _env_file=None)

    assert (of.prefect_url, of.own_prefect_url) == ("http://prefect:4200", "http://10.0.0.5:4300")


def test_a_rehearsal_goes_to_no_other_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISITS_PREFECT_API_URL", "http://prefect:4200/api")
    monkeypatch.setenv("VISITS_PREFECT_BIND", "0.0.0.0:4300")
    monkeypatch.setenv("VISITS_MAILBOX_ADDRESS", "mailbox:25")

    of = for_rehearsal()

    assert of.prefect_url == "http://127.0.0.1:4300"
    assert of.mailbox_at == ("127.0.0.1", of.mailbox_port)


def test_a_rehearsal_reads_no_mail_of_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISITS_INBOX__HOST", "imap.example")
    assert Settings(_env_file=None).inbox.host == "imap.example"
    assert for_rehearsal().inbox.host == ""


def test_a_rehearsal_runs_its_visits_itself_where_the_office_has_a_work_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are started by the office, and belong to the live service."""
    monkeypatch.setenv("VISITS_RUNNER", "pool")
    assert for_rehearsal().runner == "warm"
    monkeypatch.setenv("VISITS_RUNNER", "process")
    assert for_rehearsal().runner == "process"


def test_no_command_of_a_rehearsal_reads_the_inbox_of_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """`VISITS_MODE=rehearsal visits inbox read`, typed where the office's own inbox is set."""
    monkeypatch.setattr(config.settings, "_in_use", [])
    monkeypatch.setenv("VISITS_MODE", "rehearsal")
    monkeypatch.setenv("VISITS_INBOX__HOST", "imap.ban-to-chuc.example")

    assert settings().inbox == Inbox()


def test_a_live_office_reads_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config.settings, "_in_use", [])
    monkeypatch.setenv("VISITS_MODE", "live")
    monkeypatch.setenv("VISITS_INBOX__HOST", "imap.ban-to-chuc.example")

    assert settings().inbox.host == "imap.ban-to-chuc.example"
