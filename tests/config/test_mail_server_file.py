"""The mail server that was set at the desk: read by every process when it changes, passed over where it is no use."""

import os

import pytest

from config.mail_server_file import file_of, keep, kept, password_file
from config.secret import mail_password
from config.settings import Settings, Smtp, settings, use


@pytest.fixture
def live(home: Settings) -> Settings:
    return use(home.model_copy(update={"mode": "live"}))


def test_another_process_sees_it_without_a_new_start(live: Settings) -> None:
    assert settings().safe

    keep(live, "mail.example", 587, "van-thu", "bí mật", "starttls")

    assert (settings().smtp.host, settings().smtp.security, settings().safe) == ("mail.example", "starttls", False)
    assert mail_password() == "bí mật"


def test_a_change_is_seen_and_nothing_is_read_as_long_as_there_is_none(live: Settings) -> None:
    keep(live, "mail.example", 587, "", "", "none")
    first = settings()
    assert settings() is first

    keep(live, "other.example", 25, "", "", "none")
    os.utime(file_of(live), ns=(1, 1))  # whatever the clock of the file system can tell apart

    assert settings().smtp.host == "other.example"


def test_a_server_without_a_login_has_no_password_any_more(live: Settings) -> None:
    keep(live, "mail.example", 587, "van-thu", "bí mật", "starttls")
    keep(live, "mail.example", 25, "", "", "none")

    assert not password_file(live).exists()
    assert mail_password() == ""


@pytest.mark.parametrize("text", ["", "{", "[]", '{"host": "x"}', "null"])
def test_a_file_that_says_nothing_leaves_the_service_safe(live: Settings, text: str) -> None:
    file_of(live).write_text(text, encoding="utf-8")

    assert kept(live) == {}
    assert settings().safe


def test_the_environment_comes_first(live: Settings) -> None:
    keep(live, "mail.example", 587, "", "", "none")
    use(live.model_copy(update={"smtp": Smtp(host="environment.example")}))

    assert settings().smtp.host == "environment.example"


def test_a_rehearsal_never_has_it(home: Settings) -> None:
    keep(home, "mail.example", 587, "", "", "none")

    assert settings().mode == "rehearsal"
    assert settings().smtp.host == ""
