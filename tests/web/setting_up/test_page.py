"""The first day: an office that has nothing yet is led from step to step until its year runs."""

import re

import pytest

from config.mail_server_file import keep as keep_server
from config.settings import settings
from database import plan_drafts, plans
from database.engine import reading
from tests.web.conftest import AsRole, Visitor
from tests.web.planning.conftest import URL, YEAR, fields, pasted_addresses, settle_all, the_draft
from tests.web.setting_up.conftest import HEAD

SET_UP = "/thiet-lap"


def test_an_admin_is_led_there_while_the_office_has_no_plan_and_nobody_else_is(admin: Visitor, as_role: AsRole) -> None:
    assert admin.get("/").headers["location"] == SET_UP
    assert as_role("viewer").get("/").headers["location"] != SET_UP

    page = admin.get(SET_UP).text
    assert "Việc tiếp theo:</strong> Cơ quan, người ký, năm kế hoạch" in page


def test_head_and_units_make_a_draft_under_the_offices_own_name(admin: Visitor) -> None:
    answer = admin.post(SET_UP, HEAD)

    assert answer.status_code == 303, answer.text
    draft = the_draft()
    assert (draft.plan.signer.name, draft.plan.signer.authority) == ("Nguyễn Văn Mới", "")
    assert len(draft.plan.units) == 100
    assert all(not one.email for one in draft.contacts.standing_boards.values()), "no invented address is taken over"
    assert draft.contacts.inspectors == ()
    assert "Quyết định" in admin.follow(answer).text


def test_another_province_begins_without_units_and_says_so(admin: Visitor) -> None:
    admin.post(SET_UP, HEAD | {"issuer-place": "Cà Mau", "issuer-parent": "TỈNH ỦY CÀ MAU", "units": "none"})

    assert the_draft().plan.units == ()
    assert "kế hoạch không có đơn vị nào" in admin.get(URL).text


@pytest.mark.parametrize("field", ["issuer-place", "signer-name", "year"])
def test_what_is_lacking_is_said_at_its_field_and_nothing_begins(admin: Visitor, field: str) -> None:
    answer = admin.post(SET_UP, HEAD | {field: ""})

    assert answer.status_code == 422
    assert f'id="{field}-problem-1"' in answer.text
    assert 'value="BAN TỔ CHỨC"' in answer.text
    with reading(settings().database) as session:
        assert plan_drafts.every(session) == ()


def test_every_step_is_done_at_the_desk_and_the_year_is_taken_up(admin: Visitor, as_role: AsRole) -> None:
    admin.post(SET_UP, HEAD)
    settle_all(admin)
    people = {
        "office.email": "van-thu@btc.example", "staff.officer.name": "Cán bộ A", "staff.officer.email": "a@btc.example",
        "staff.leader.name": "Lãnh đạo B", "staff.leader.email": "b@btc.example", "staff.clerk.name": "Văn thư C",
        "staff.clerk.email": "c@btc.example", "inspectors.0.name": "Tổ trưởng D", "inspectors.0.email": "d@btc.example",
    }  # fmt: skip
    addresses = fields(admin, f"{URL}/dia-chi")
    bodies = {name: f"{name.split('.')[1]}@tu.example" for name in addresses if re.match(r"bodies\..*\.email", name)}
    answer = admin.post(f"{URL}/dia-chi", addresses | people | bodies | {"pasted": pasted_addresses()})
    assert answer.status_code == 303, answer.text
    assert "Sẵn sàng nạp." in admin.get(SET_UP).text

    assert "được soạn và giữ lại, chưa ra ngoài" in admin.get(URL).text
    keep_server(settings(), "mail.example", 587, "", "", "none")
    assert "được gửi tới đơn vị ngay sau khi nạp" in admin.get(URL).text

    loaded = admin.post(URL, {"do": "load", "sure": "1"})

    assert loaded.status_code == 303, loaded.text
    with reading(settings().database) as session:
        assert list(plans.years(session)) == [YEAR]
    for role in ("officer", "leader", "clerk", "inspector"):
        as_role(role)
    page = admin.get(SET_UP).text
    assert "Đủ người cho mọi vai trò." in page
    assert "việc đã qua ngày, chưa ai nói đã làm đến đâu" in page or "Không còn việc nào chờ quyết định" in page


@pytest.mark.only_sqlite("the doctor is a process of its own, which does not know the database of a test")
def test_the_doctor_is_seen_at_the_desk_line_by_line(admin: Visitor) -> None:
    assert "Mất vài giây" in admin.get(f"{SET_UP}/kham").text, "opening the page calls nobody"

    page = admin.post(f"{SET_UP}/kham").text

    assert "Cơ sở dữ liệu" in page
    assert "chưa nạp kế hoạch" in page
    assert "Có điều phải sửa" in page
