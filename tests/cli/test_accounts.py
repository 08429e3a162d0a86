"""`visits users`: accounts from the command line, for the first day and for a lost password."""

import json
import re

from config.settings import Settings
from database import accounts
from database.engine import reading
from tests.cli.conftest import Typed


def test_an_account_is_added_listed_changed_and_locked(visits: Typed, office: Settings) -> None:
    added = visits("users", "add", "nva", "--name", "Nguyễn Văn A", "--roles", "officer, clerk")
    assert re.search(r"Mật khẩu tạm: [a-z0-9-]{19}", added.stdout)
    visits("users", "add", "ba", "--name", "Bà B", "--roles", "leader")

    assert "Nguyễn Văn A" in visits("users", "list").stdout
    (first, second) = json.loads(visits("users", "list", "--json").stdout)
    assert second == {
        "login": "nva", "name": "Nguyễn Văn A", "email": "", "roles": ["clerk", "officer"], "active": True,
        "signed_in_at": None,
    }  # fmt: skip
    assert first["login"] == "ba"

    assert "(khóa)" in visits("users", "roles", "nva", "--roles", "viewer", "--locked").stdout
    with reading(office.database) as session:
        row = accounts.by_login(session, "nva")
        assert row
        assert (row.roles, row.active) == (["viewer"], False)


def test_a_lost_password_is_replaced(visits: Typed, office: Settings) -> None:
    visits("users", "add", "nva", "--name", "A", "--roles", "officer")
    with reading(office.database) as session:
        before = accounts.everyone(session)[0].password

    assert "Mật khẩu tạm của nva" in visits("users", "password", "nva").stdout

    with reading(office.database) as session:
        assert accounts.everyone(session)[0].password != before


def test_a_stand_in_is_given(visits: Typed, office: Settings) -> None:
    assert office.mode == "rehearsal"
    for login in ("an", "ba"):
        visits("users", "add", login, "--name", login, "--roles", "leader")

    given = visits("users", "stand-in", "an", "--for", "ba", "--from", "2024-07-01", "--to", "05/7/2024")

    assert "an thay ba từ 01/7/2024 đến 05/7/2024" in given.stdout
    assert "an thay ba" in visits("users", "list").stdout


def test_what_cannot_be_is_refused_with_the_reason(visits: Typed, office: Settings) -> None:
    assert office.mode == "rehearsal"
    unknown = visits("users", "password", "ma")
    no_role = visits("users", "add", "nva", "--name", "A", "--roles", "boss")
    no_day = visits("users", "stand-in", "a", "--for", "b", "--from", "mai", "--to", "kia")

    assert [one.exit_code for one in (unknown, no_role, no_day)] == [1, 1, 1]
    assert "không có tài khoản này" in unknown.stderr
    assert "không có “boss”" in no_role.stderr
    assert "không phải ngày" in no_day.stderr
