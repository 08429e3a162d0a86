"""Somebody without an account scores on a phone: kept, opened again, looked at, sent (4.5)."""

from playwright.sync_api import expect

from answers.links import address, renew
from tests.desk import Desk
from tests.may import MAY, OFFICER
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound
from tests.workbooks import FRAME, MARKS


def test_what_was_kept_by_one_look_is_sent_by_the_next(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    link = address(renew(MAY, "scores", "inspector:1", OFFICER))
    page = opened(phone=True)
    page.goto(link)
    page.get_by_label("Phiếu chấm điểm").select_option(FRAME)
    page.get_by_role("button", name="Mở phiếu").click()
    is_sound(page)
    for name, points in MARKS.items():
        page.locator(f"#mark-{name}").fill(f"{points}".replace(".", ","))
    page.get_by_role("button", name="Lưu tạm").click()
    expect(page.locator("main")).to_contain_text("Phiếu chưa được gửi")
    is_sound(page)

    page.goto(f"{link}?phieu={FRAME}")
    expect(page.locator("#unsent")).to_contain_text("chưa gửi")
    page.get_by_role("button", name="Xem điểm trước khi ghi").click()
    is_sound(page)
    page.get_by_role("button", name="Ghi phiếu chấm điểm").click()

    expect(page.locator("h1")).to_have_text("Đã nhận, xin cảm ơn")
    is_sound(page)
    assert [row.source for row in desk.answers("score")] == ["link"]
