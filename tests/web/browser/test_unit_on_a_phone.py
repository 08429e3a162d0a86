"""A unit sends its report, and a host what it did about a recommendation, on a phone by the link in its letter."""

from playwright.sync_api import expect

from config.settings import settings
from database import visits
from database.engine import reading
from database.self_reports import reported
from tests.desk import Desk
from tests.may import MAY
from tests.obligations import Obliged
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound
from tests.web.letters_links import link_of


def test_a_unit_sends_its_report_by_the_link_on_a_phone(desk: Desk, opened: Opened) -> None:
    desk.until_year_end()
    page = opened(phone=True)
    page.goto(link_of("2024/trang_bom", "year_end_request"))
    is_sound(page)
    page.get_by_label("Số chi bộ đã dự, giám sát").fill("ba mươi")
    page.get_by_role("button", name="Xem lại trước khi gửi").tap()
    page.locator("#problems a", has_text="không phải số lượng").tap()
    expect(page.get_by_label("Số chi bộ đã dự, giám sát")).to_be_focused()
    is_sound(page)

    page.get_by_label("Số chi bộ đã dự, giám sát").fill("30")
    page.get_by_label("Ưu điểm").fill("Sinh hoạt đều\nCó chuyên đề")
    page.get_by_role("button", name="Xem lại trước khi gửi").tap()
    expect(page.locator("#preview")).to_contain_text("Có chuyên đề")
    is_sound(page)
    page.get_by_role("button", name="Gửi báo cáo").tap()

    expect(page.locator("h1")).to_have_text("Đã nhận, xin cảm ơn")
    is_sound(page)
    with reading(settings().database) as session:
        report = reported(session, visits.find(session, "2024/trang_bom").id).report
    assert report
    assert (report.cells, report.committees, report.strengths) == (30, None, ("Sinh hoạt đều", "Có chuyên đề"))


def test_a_host_says_by_the_link_what_it_did(desk: Desk, opened: Opened) -> None:
    desk.until_year_end()
    page = opened(phone=True)
    page.goto(link_of(f"{MAY}/kien-nghi", "remedy_reminder"))
    is_sound(page)
    page.get_by_label("Kết quả thực hiện kiến nghị 1").fill("Đã ghi đủ trong sổ mới")
    page.get_by_label("Đã thực hiện xong").tap()
    page.get_by_role("button", name="Xem lại trước khi gửi").tap()
    expect(page.get_by_role("button", name="Gửi kết quả")).to_be_visible()
    is_sound(page)
    page.get_by_role("button", name="Gửi kết quả").tap()

    expect(page.locator("h1")).to_have_text("Đã nhận, xin cảm ơn")
    follow_up = Obliged(f"{MAY}/kien-nghi")
    follow_up.go_on()
    assert follow_up.finished == {1}
