"""Accounts: what may be set, what is refused, who is signed out, what stays in the record."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

import answers.accounts
from answers.accounts import add, change, end_stand_in, is_password, new_password, set_password, stand_in
from answers.first_accounts import first_admin, rehearsal_accounts
from answers.password_strength import REHEARSAL_PASSWORD, password_problems
from config.settings import Settings
from database import accounts, audit, clock
from database.accounts import AccountRow
from database.engine import writing
from database.models import AuditRow
from database.schema import prepare
from domain.plan import Contacts, Plan
from domain.problem import Refused
from tests.databases import databases

GOOD = "một con ngựa đúng pin"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 as it is, at the least cost."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(answers.accounts, "hasher", lambda: quick)


@pytest.fixture
def session(office: Settings) -> Iterator[Session]:
    """One transaction on the office's database."""
    with writing(office.database) as opened:
        yield opened


def make(session: Session, login: str = "nva", *roles: str) -> AccountRow:
    """An account."""
    return add(session, login, f"Ông {login}", roles or ("officer",), GOOD, "Quản trị")


def test_an_account_keeps_a_hash_and_no_password(session: Session) -> None:
    row = make(session, " NVA ", "leader", "officer", "leader")

    assert row.login == "nva"
    assert row.roles == ["leader", "officer"]
    assert row.password.startswith("$argon2id$")
    assert is_password(row, GOOD)
    assert not is_password(row, GOOD + "x")
    assert not is_password(None, GOOD)
    audit.write_down(session)
    line = session.query(AuditRow).order_by(AuditRow.id.desc()).first()
    assert line
    assert (line.who, line.what, line.details) == (
        "Quản trị", "thêm tài khoản", {"login": "nva", "roles": ["leader", "officer"]}
    )  # fmt: skip


def test_everything_that_is_wrong_is_said_at_once(session: Session) -> None:
    with pytest.raises(Refused) as refused:
        add(session, "Nguyễn", " ", ["boss"], "ngắn", "x", email="khong-phai")

    assert [one.place for one in refused.value.problems] == [
        "tên đăng nhập", "họ và tên", "thư điện tử", "vai trò", "mật khẩu",
    ]  # fmt: skip


def test_a_login_belongs_to_one_person(session: Session) -> None:
    make(session)

    with pytest.raises(Refused, match="đã có người dùng"):
        make(session, "NVA")


def test_whoever_may_do_less_is_signed_out_at_once_and_whoever_may_do_more_is_not(session: Session) -> None:
    make(session, "boss", "admin")
    row = make(session, "nva", "officer", "leader")
    now = clock.now(session)
    accounts.begin_session(session, row.id, "t1", now)

    change(session, row, "Quản trị", name=row.name, email="", roles=["officer", "leader", "clerk"], active=True)
    assert accounts.find_session(session, "t1")

    change(session, row, "Quản trị", name=row.name, email="", roles=["officer"], active=True)
    assert accounts.find_session(session, "t1") is None


def test_the_last_admin_cannot_be_taken_away(session: Session) -> None:
    row = make(session, "boss", "admin")

    with pytest.raises(Refused, match="quản trị viên cuối cùng"):
        change(session, row, "x", name="x", email="", roles=["officer"], active=True)
    with pytest.raises(Refused, match="quản trị viên cuối cùng"):
        change(session, row, "x", name="x", email="", roles=["admin"], active=False)

    make(session, "boss2", "admin")
    change(session, row, "x", name="x", email="", roles=["admin"], active=False)
    assert not row.active


def test_a_password_set_by_another_must_be_changed_and_ends_every_session(session: Session) -> None:
    row = make(session)
    row.must_change = False
    accounts.begin_session(session, row.id, "t1", clock.now(session))

    set_password(session, row, "bốn con voi cùng đi", "Quản trị")

    assert row.must_change
    assert accounts.find_session(session, "t1") is None
    assert not is_password(row, GOOD)


def test_a_made_password_is_new_each_time_and_good_enough() -> None:
    made = {new_password() for _ in range(50)}

    assert len(made) == 50
    assert all(password_problems(one, ["admin"]) == [] for one in made)
    # Logins such as `an` occur in good passwords by chance.
    assert all(password_problems(one, [one[:2]]) == [] for one in made)


@pytest.mark.parametrize(
    "password",
    ["nguyen van vi du", "NguyễnVănVíDụ1", "nva.2024-nva", "vi-du.ban@nva", "Ban Tổ chức Tỉnh ủy", "BTCTU-dongnai"],
)
def test_a_password_made_of_the_person_or_the_office_is_refused_wherever_it_is_set(
    session: Session, password: str
) -> None:
    row = add(session, "nva", "Nguyễn Văn Ví Dụ", ["officer"], GOOD, "x", email="vi-du.ban@tinhuy.example")

    with pytest.raises(Refused, match="tên cơ quan"):
        set_password(session, row, password, "Quản trị", own=True)
    with pytest.raises(Refused, match="quá dễ đoán"):
        add(session, "nva.2024", "Nguyễn Văn Ví Dụ", ["officer"], password, "x", email="vi-du.ban@tinhuy.example")
    assert is_password(row, GOOD)


def test_the_password_of_a_rehearsal_is_taken_there_and_refused_in_life(session: Session, tmp_path: Path) -> None:
    row = make(session)
    set_password(session, row, REHEARSAL_PASSWORD, "x")

    live = databases().fresh(tmp_path)
    prepare(live)
    with writing(live) as of_live, pytest.raises(Refused, match="quá dễ đoán"):
        add(of_live, "nva", "Ông A", ["admin"], REHEARSAL_PASSWORD, "x")
    databases().remove(live)


def test_a_stand_in_is_for_a_period_and_can_be_taken_back(session: Session) -> None:
    make(session, "an", "leader")
    taker = make(session, "ba", "officer")
    today = clock.now(session).date()

    row = stand_in(session, "ba", "an", today, today + timedelta(days=2), "Quản trị")

    assert [one.name for one in accounts.places_of(session, taker.id, today)] == ["Ông an"]
    assert accounts.places_of(session, taker.id, today + timedelta(days=2))
    assert not accounts.places_of(session, taker.id, today + timedelta(days=3))
    end_stand_in(session, row.id, "Quản trị")
    end_stand_in(session, row.id, "ai khác")
    session.flush()
    assert not accounts.places_of(session, taker.id, today)
    assert row.ended_by == "Quản trị"


def test_a_stand_in_that_makes_no_sense_is_refused(session: Session) -> None:
    make(session, "an")
    make(session, "ba")

    with pytest.raises(Refused, match="không ai thay chính mình"):
        stand_in(session, "an", "an", date(2024, 1, 3), date(2024, 1, 4), "x")
    with pytest.raises(Refused, match="trước ngày bắt đầu"):
        stand_in(session, "an", "ba", date(2024, 2, 3), date(2024, 2, 2), "x")
    with pytest.raises(Refused, match="đã qua"):
        stand_in(session, "an", "ba", date(2023, 1, 1), date(2023, 1, 2), "x")
    with pytest.raises(Refused, match="không có “ma”"):
        stand_in(session, "ma", "ba", date(2024, 1, 3), date(2024, 1, 4), "x")


def test_the_first_start_makes_an_admin_and_the_second_one_nothing(session: Session) -> None:
    password = first_admin(session)

    row = accounts.by_login(session, "admin")
    assert row
    assert password
    assert is_password(row, password)
    assert row.must_change
    assert first_admin(session) is None


def test_a_rehearsal_has_one_account_for_each_role(session: Session, shipped: tuple[Plan, Contacts]) -> None:
    _plan, contacts = shipped

    rehearsal_accounts(session, {"leader": "Lãnh đạo của kịch bản"}, contacts)
    rehearsal_accounts(session, {}, contacts)

    rows = {row.roles[0]: row for row in accounts.everyone(session)}
    assert set(rows) == {"officer", "leader", "clerk", "inspector", "viewer", "admin"}
    assert rows["leader"].name == "Lãnh đạo của kịch bản"
    assert rows["inspector"].email == contacts.inspectors[0].email
    assert all(is_password(row, REHEARSAL_PASSWORD) and not row.must_change for row in rows.values())
