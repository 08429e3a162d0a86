"""What happened since one was here, from the record, by who may know what; what is marked is told to nobody else."""

import re

import pytest

from answers.papers import send_back
from config.settings import settings
from database import accounts
from database.engine import reading, writing
from database.models import DocumentRow
from tests.desk import Desk
from tests.may import LEADER, MAY
from tests.web.conftest import PASSWORD, AsRole, Visitor
from tests.web.looking import queries_for
from web.desk.access import wall_clock

NEWS, WEEK = "/tu-lan-truoc", "/tu-lan-truoc?tu=7-ngay"


def sign_in(visitor: Visitor, login: str) -> None:
    """As people do: by the form."""
    answer = visitor.post("/dang-nhap", {"login": login, "password": PASSWORD})
    assert answer.status_code == 303, answer.text


def away_since_now(login: str) -> None:
    """That person has seen everything, and leaves."""
    with writing(settings().database) as session:
        row = accounts.by_login(session, login)
        assert row
        row.signed_in_at = wall_clock()
        accounts.was_here(session, row.id)


def told(page: str) -> list[str]:
    """The lines of the page."""
    return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<li class=\"event.*?</p>", page, re.DOTALL)]


def test_it_begins_where_one_left_and_ends_with_the_newest(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    visitor = as_role("leader")
    away_since_now("leader")
    desk.choose(1)
    sign_in(visitor, "leader")

    page = visitor.get(NEWS).text

    assert "Chọn nơi dự" in page
    assert "Nhận danh sách giới thiệu" not in page, "that was before"


def test_what_one_saw_before_signing_out_is_not_new_the_next_time(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    visitor = as_role("leader")
    away_since_now("leader")
    sign_in(visitor, "leader")
    desk.choose(1)
    visitor.post("/dang-xuat")
    sign_in(visitor, "leader")

    assert "Không có gì mới" in visitor.get(NEWS).text


def test_to_whoever_signs_in_for_the_first_time_nothing_is_new(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()
    visitor = as_role("clerk")
    sign_in(visitor, "clerk")

    assert "Không có gì mới" in visitor.get(NEWS).text


def test_the_office_reads_of_accounts_and_who_looks_on_does_not(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    pages = {role: as_role(role).get(WEEK).text for role in ("officer", "viewer", "inspector")}

    assert {role: "Thêm tài khoản" in page for role, page in pages.items()} == {
        "officer": True, "viewer": False, "inspector": False,
    }  # fmt: skip
    assert all("Nhận danh sách giới thiệu" in page for page in pages.values())


def test_what_tells_findings_is_told_to_those_whom_they_concern(desk: Desk, as_role: AsRole) -> None:
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()
    send_back(MAY, "Đồng chí Mẫu vắng không lý do", LEADER)

    told_to = {
        role: "vắng không lý do" in as_role(role).get(WEEK).text for role in ("officer", "inspector", "viewer", "admin")
    }

    assert told_to == {"officer": True, "inspector": True, "viewer": False, "admin": False}


@pytest.mark.parametrize("role", ["viewer", "admin", "inspector"])
def test_of_what_bears_a_mark_others_are_told_nothing_and_count_nothing(desk: Desk, as_role: AsRole, role: str) -> None:
    desk.until_issued()
    more = {"login": "khac", "name": "Vũ Thị Khác", "email": "khac@tct.example"} if role == "inspector" else {}
    visitor = as_role(role, **more)
    before = told(visitor.get(WEEK).text)
    assert any("Biên Hòa" in line for line in before)
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"

    page = visitor.get(WEEK).text

    assert "Biên Hòa" not in page
    assert "2024-05" not in page
    counted = re.search(r"trong (\d+) việc", page)
    assert (int(counted[1]) if counted else 0) == len(told(page)) < len(before)


def test_the_number_of_queries_does_not_grow_with_what_has_happened(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    few = queries_for(as_role("officer"), WEEK)
    desk.choose(1)
    desk.go_on()

    assert queries_for(as_role("officer"), WEEK) == few <= 14
    with reading(settings().database) as session:
        assert accounts.by_login(session, "officer")
