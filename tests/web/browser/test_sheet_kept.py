"""What is typed into a score sheet and not sent is kept by itself, and is there when the page is opened again."""

from playwright.sync_api import expect

from tests.desk import Desk
from tests.may import MAY
from tests.web.browser.conftest import Opened

SHEET = f"/chuyen/{MAY}/cham-diem/1?phieu=vi_du_42hd_chi_tiet"
FIELD = '#score-form input[id^="mark-"][type="text"], #score-form input[id^="mark-"]:not([type])'


def test_typing_is_kept_without_a_button_and_nothing_is_sent(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    page = opened("inspector")
    page.goto(SHEET)
    page.locator(FIELD).first.fill("1,5")
    expect(page.locator("#sheet-kept")).to_contain_text("Đã lưu tạm")

    page.goto(SHEET)
    expect(page.locator(FIELD).first).to_have_value("1,5")
    expect(page.locator("#unsent")).to_be_visible()
    assert not desk.answers("score")


def test_a_network_that_swallows_it_is_told_and_tried_again(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    page = opened("inspector")
    page.goto(SHEET)
    page.route("**/cham-diem/1", lambda route: route.abort())
    page.locator(FIELD).first.fill("1,5")
    expect(page.locator("#sheet-kept")).to_contain_text("Chưa lưu tạm lên máy chủ được")

    page.unroute("**/cham-diem/1")
    page.locator(FIELD).first.fill("2")
    expect(page.locator("#sheet-kept")).to_contain_text("Đã lưu tạm")
