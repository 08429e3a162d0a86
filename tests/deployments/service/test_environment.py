"""What the processes of a service are told beside what this one was started with."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import Inbox, Settings, for_rehearsal
from deployments.service.environment import prefect_environment


@pytest.fixture
def office_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office that has set its inbox, in its own file and in the environment."""
    monkeypatch.setenv("VISITS_INBOX__PORT", "1993")
    monkeypatch.setenv("VISITS_INBOX__TAKE_AT_ONCE", "true")
    file = tmp_path / "visits.env"
    file.write_text("VISITS_INBOX__HOST=imap.ban-to-chuc.example\nVISITS_INBOX__DONE_FOLDER=xong\n", encoding="utf-8")
    return file


def read_in_a_process(of: Settings, office_file: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings as a part of that service reads them."""
    for name, value in prefect_environment(of).items():
        monkeypatch.setenv(name, value)
    return Settings(_env_file=office_file)


def test_the_parts_of_a_rehearsal_read_no_inbox_of_the_office(
    tmp_path: Path, office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its runner would else take the office's mail out of the folder, into a database that nobody looks at."""
    assert Settings(_env_file=office_file).inbox.host == "imap.ban-to-chuc.example"

    of = read_in_a_process(for_rehearsal(tmp_path), office_file, monkeypatch)

    assert of.mode == "rehearsal"
    assert of.inbox == Inbox()


def test_a_rehearsal_that_was_given_an_inbox_has_it_in_all_its_parts(
    tmp_path: Path, office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = Inbox(host="127.0.0.1", port=1143, user="office", password=SecretStr('b1 "mật"'), security="none")

    of = read_in_a_process(for_rehearsal(tmp_path).model_copy(update={"inbox": given}), office_file, monkeypatch)

    assert of.inbox == given
