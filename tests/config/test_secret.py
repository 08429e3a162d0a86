"""A secret comes from outside where an office gives it so, else it is made in the home; the order is one (0027)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.secret import (
    INBOX,
    MAIL,
    NAMES,
    all_given,
    found,
    given,
    inbox_password,
    mail_password,
    secret,
    secret_file,
)
from config.settings import ROOT, Settings, use
from deployments.service.environment import prefect_environment
from domain.problem import Refused

VALUE = "a-secret-that-came-from-outside"


@pytest.fixture
def live(home: Settings) -> Settings:
    """A live home without any secret."""
    (home.folder / "secrets" / "record").unlink()
    return told(home)


def told(home: Settings) -> Settings:
    """The settings of that home as this environment has them now."""
    return use(Settings(mode="live", home=home.folder, prefect_port=1, mailbox_port=1, _env_file=None))


def put(path: Path, value: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{value}\n", encoding="utf-8")
    return path


def test_the_first_who_asks_makes_it_and_everybody_gets_the_same(live: Settings) -> None:
    assert found("links") == ""
    assert secret("links") == secret("links") == found("links") != secret("desk")
    assert secret("prefect").startswith("visits:")
    assert secret_file("links").stat().st_mode & 0o077 == 0
    assert list(all_given(live)) == []


def test_each_place_comes_before_those_after_it(
    live: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Home, folder of secrets, credentials of systemd, file by name, variable."""
    values = [f"{place}-is-where-this-secret-is-from" for place in ("home", "folder", "systemd", "file", "variable")]
    put(secret_file("links"), values[0])
    seen = [secret("links")]
    put(tmp_path / "run" / "visits-links", values[1])
    put(tmp_path / "credentials" / "visits-links", values[2])
    named = put(tmp_path / "named", values[3])
    for variable, value in (
        ("VISITS_SECRETS_DIR", tmp_path / "run"), ("CREDENTIALS_DIRECTORY", tmp_path / "credentials"),
        ("VISITS_SECRET_LINKS_FILE", named), ("VISITS_SECRET_LINKS", values[4]),
    ):  # fmt: skip
        monkeypatch.setenv(variable, str(value))
        seen.append(secret("links", told(live)))

    assert seen == values


def test_what_comes_from_outside_is_never_written_into_the_home(
    live: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        put(tmp_path / "run" / f"visits-{name}", f"visits:{VALUE}")
    monkeypatch.setenv("VISITS_SECRETS_DIR", str(tmp_path / "run"))
    of = told(live)

    assert {secret(name, of) for name in NAMES} == {f"visits:{VALUE}"}
    assert list((live.folder / "secrets").iterdir()) == []


def test_the_password_of_the_mail_server_comes_by_the_same_ways(
    live: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mail_password(live) == ""
    put(tmp_path / "run" / f"visits-{MAIL}", "ở thư mục")
    monkeypatch.setenv("VISITS_SECRETS_DIR", str(tmp_path / "run"))
    assert mail_password(told(live)) == "ở thư mục"
    monkeypatch.setenv("VISITS_SMTP__PASSWORD_FILE", str(put(tmp_path / "named", "trong tệp")))
    assert mail_password(told(live)) == "trong tệp"
    monkeypatch.setenv("VISITS_SMTP__PASSWORD", "trong biến")
    assert mail_password(told(live)) == "trong biến"


def test_the_password_of_the_inbox_comes_by_the_same_ways_and_is_shown_nowhere(
    live: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert inbox_password(live) == ""
    put(tmp_path / "run" / f"visits-{INBOX}", "ở thư mục")
    monkeypatch.setenv("VISITS_SECRETS_DIR", str(tmp_path / "run"))
    assert inbox_password(told(live)) == "ở thư mục"
    monkeypatch.setenv("VISITS_INBOX__PASSWORD_FILE", str(put(tmp_path / "named", "trong tệp")))
    assert inbox_password(told(live)) == "trong tệp"
    monkeypatch.setenv("VISITS_INBOX__PASSWORD", "trong biến")
    assert inbox_password(told(live)) == "trong biến"
    assert "trong biến" not in repr(told(live)) + told(live).model_dump_json()


@pytest.mark.parametrize(
    ("variable", "value", "fault"),
    [
        ("VISITS_SECRET_LINKS_FILE", "/khong/co/tep", "VISITS_SECRET_LINKS_FILE: không đọc được khóa trong tệp"),
        ("VISITS_SECRET_LINKS_FILE", "gan/day", "không phải đường dẫn đầy đủ"),
        ("VISITS_SECRET_RECORD", "ngắn", "VISITS_SECRET_RECORD: khóa phải có ít nhất 24 chữ không dấu"),
        ("VISITS_SECRET_PREFECT", VALUE, "phải có dạng tên:mật-khẩu"),
        ("VISITS_SMTP__PASSWORD_FILE", "/dev/null", "VISITS_SMTP__PASSWORD_FILE: khóa để trống"),
    ],
)
def test_one_that_cannot_be_used_is_refused_with_its_place_and_never_told(
    live: Settings, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, fault: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(Refused) as refused:
        list(all_given(told(live)))

    assert fault in str(refused.value)
    assert VALUE not in str(refused.value)


def test_a_secret_is_in_no_text_of_the_settings(live: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(f"VISITS_SECRET_{name.upper()}", f"visits:{VALUE}")
    of = told(live)

    assert VALUE not in f"{of!r} {of.model_dump()} {given('links', of)!r}"


def test_a_rehearsal_has_none_of_the_office_s_secrets(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISITS_SECRET_LINKS", VALUE)
    of = use(Settings(mode="rehearsal", home=home.folder, _env_file=None))

    assert secret("links", of) not in ("", VALUE)


def test_a_part_of_the_service_gets_them_from_its_environment(
    live: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not from its command, which everybody on the machine can read."""
    monkeypatch.setenv("VISITS_SECRET_LINKS", VALUE)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(put(tmp_path / "given" / "visits-record", VALUE[::-1]).parent))
    asks = "from config.secret import secret; print(secret('links'), secret('record'))"
    environment = prefect_environment(told(live))

    said = subprocess.run(
        [sys.executable, "-c", asks], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert said.stdout.split() == [VALUE, VALUE[::-1]]
    assert os.listdir(live.folder / "secrets") == ["prefect"]


def test_one_file_may_hold_all_of_them(live: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same on every machine; what has no line there is looked for where it was before."""
    file = put(tmp_path / "keys", f"# of all machines\nlinks = {VALUE}\nsmtp-password={VALUE}=")
    monkeypatch.setenv("VISITS_SECRET_FILE", str(file))

    of = told(live)

    assert (secret("links", of), mail_password(of)) == (VALUE, f"{VALUE}=")
    assert given("desk", of) is None
