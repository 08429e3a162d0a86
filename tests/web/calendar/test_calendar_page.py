"""The calendar at the desk: typed from the notice, shown with what it moves, counted when confirmed, taken back."""

import re

from config.settings import settings
from database import calendars
from database.engine import reading, writing
from database.models import DocumentRow
from domain.calendar_content import CalendarContent
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import AsRole, Visitor
from tests.web.looking import queries_for

CHANGE = "/lich-lam-viec/sua?nam=2024"


def content() -> CalendarContent:
    """The calendar in force."""
    with reading(settings().database) as session:
        return calendars.in_force(session).content


def typed(visitor: Visitor, **more: str) -> dict[str, str]:
    """The form as it is opened, with more days."""
    shown = visitor.get(CHANGE).text
    fields = dict(re.findall(r'<textarea id="(\w+)"[^>]*>([^<]*)</textarea>', shown))
    fields["days_off"] += "\n" + more.pop("days_off", "")
    return {**fields, "official_through": "2024", **more}


def test_what_the_form_shows_says_the_same_calendar_again(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"
    officer = as_role("officer")
    before = content()

    shown = officer.post(CHANGE, {**typed(officer), "official_through": f"{before.official_through or ''}"})

    assert "đã đúng như vậy" in shown.text
    assert content() == before


def test_every_date_that_moves_is_shown_before_anything_counts(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    officer = as_role("officer")
    before = content()

    shown = officer.post(CHANGE, typed(officer, days_off="27/03/2024 Nghỉ theo thông báo của tỉnh"))

    assert shown.status_code == 200
    assert MAY in shown.text
    assert "hạn lựa chọn" in shown.text
    assert re.search(r"27/3/2024</td>.*<strong>28/3/2024", shown.text, re.DOTALL)
    assert content() == before


def test_confirmed_it_counts_and_is_taken_back_with_what_moves(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    officer = as_role("officer")
    before = content()
    answer = officer.post(CHANGE, typed(officer, days_off="27/03/2024 Nghỉ theo thông báo", do="confirm"))

    assert "ngày bị chuyển" in officer.follow(answer).text
    assert [one.why for one in content().days_off_in(2024) if one.day.isoformat() == "2024-03-27"] == [
        "Nghỉ theo thông báo"
    ]
    assert "28/3/2024" in officer.get("/lich-lam-viec/hoan-tac").text
    officer.follow(officer.post("/lich-lam-viec/hoan-tac", {"do": "confirm"}))
    assert content() == before


def test_days_in_a_row_are_one_line(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"
    officer = as_role("officer")
    fields = typed(officer, days_off="10/07/2024 – 12/07/2024 Nghỉ thêm", do="confirm")

    officer.follow(officer.post(CHANGE, fields))

    off = [one.day.isoformat() for one in content().days_off_in(2024) if one.why == "Nghỉ thêm"]
    assert off == ["2024-07-10", "2024-07-11", "2024-07-12"]
    assert "10/7/2024 – 12/7/2024 Nghỉ thêm" in officer.get(CHANGE).text


def test_each_wrong_line_is_named_and_nothing_typed_is_lost(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"
    officer = as_role("officer")
    wrong = {"days_off": "ngày mai nghỉ\n31/04/2024 Không có\n01/05/2025 Năm khác\n02/09/2024",
             "working_saturdays": "05/05/2024", "official_through": "24"}  # fmt: skip

    refused = officer.post(CHANGE, wrong)

    assert refused.status_code == 422
    for told in ("ng 1: không đọc được", "ng 2: “31/04/2024” không có trên lịch", "ng 3: không phải ngày của năm 2024",
                 "ng 4: chưa ghi nghỉ vì sao", "không phải thứ Bảy", "“24” không phải năm"):  # fmt: skip
        assert told in refused.text, told
    assert "ngày mai nghỉ" in refused.text


def test_going_on_with_the_form_keeps_what_was_typed(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"
    officer = as_role("officer")

    again = officer.post(CHANGE, typed(officer, days_off="10/07/2024 Nghỉ thêm", do="edit"))

    assert again.status_code == 200
    assert "10/07/2024 Nghỉ thêm" in again.text


def test_the_first_calendar_has_nothing_to_go_back_to(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"

    shown = as_role("officer").get("/lich-lam-viec/hoan-tac")

    assert "hông có bản nào trước nó" in shown.text
    assert 'value="confirm"' not in shown.text


def test_a_date_of_a_marked_visit_is_covered(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()
    before = {role: as_role(role).get("/lich-lam-viec").text for role in ("viewer", "officer")}
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"
    after = {role: as_role(role).get("/lich-lam-viec").text for role in ("viewer", "officer")}

    assert "duyệt thông báo kết quả" in before["viewer"]
    assert "duyệt thông báo kết quả" not in after["viewer"]
    assert "có độ mật" in after["viewer"]
    assert "duyệt thông báo kết quả" in after["officer"]


def test_the_page_asks_little_of_the_database(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()

    assert queries_for(as_role("viewer"), "/lich-lam-viec") <= 14
