"""A leader asks at the desk for the letter of Monday mornings, and ends it there; nobody else is asked."""

from config.settings import settings
from database import accounts
from database.engine import reading
from tests.desk import Desk
from tests.web.conftest import AsRole

MINE, ASK = "/viec-cua-toi", "/viec-cua-toi/thu-sang-thu-hai"


def wants(login: str) -> bool:
    with reading(settings().database) as session:
        row = accounts.by_login(session, login)
        assert row is not None
        return row.weekly


def test_it_is_off_until_a_leader_asks_for_it_and_he_may_end_it(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.id
    leader = as_role("leader")
    assert "Gửi tôi thư tóm tắt sáng thứ Hai" in leader.get(MINE).text
    assert not wants("leader")

    page = leader.follow(leader.post(ASK, {"muon": "1"})).text
    assert "thư tóm tắt sẽ gửi tới lanh-dao-ban@ban-to-chuc.example" in page
    assert "Thôi gửi thư tóm tắt sáng thứ Hai" in page
    assert wants("leader")

    leader.post(ASK, {"muon": "0"})
    assert not wants("leader")


def test_nobody_else_has_the_choice(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.id
    for role in ("officer", "clerk", "viewer", "admin"):
        visitor = as_role(role)
        assert "sáng thứ Hai" not in visitor.get(MINE).text
        assert visitor.post(ASK, {"muon": "1"}).status_code == 403


def test_an_account_without_an_address_is_told_what_is_missing(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.id
    leader = as_role("leader", "khong-thu", email="")
    refused = leader.post(ASK, {"muon": "1"})
    assert refused.status_code != 303
    assert "tài khoản chưa có địa chỉ thư" in refused.text
    assert not wants("khong-thu")
