"""The year's days off are typed on a phone, without a script: what moves is seen before it counts, and taken back."""

from playwright.sync_api import expect

from tests.desk import Desk
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound


def test_a_day_off_is_typed_looked_at_confirmed_and_taken_back(desk: Desk, opened: Opened) -> None:
    desk.until_listed()
    page = opened("officer", phone=True)
    page.goto("/lich-lam-viec")
    page.get_by_role("link", name="Sửa ngày nghỉ năm 2024").click()
    days = page.get_by_label("Ngày nghỉ", exact=True)
    days.fill(days.input_value() + "\n27/3/2024 Nghỉ theo thông báo của tỉnh")

    page.get_by_role("button", name="Xem ngày nào bị chuyển").click()
    moved = page.locator("tr", has_text="2024-05 · Biên Hòa").first
    expect(moved).to_contain_text("hạn lựa chọn")
    expect(moved).to_contain_text("28/3/2024")
    is_sound(page)
    page.get_by_role("button", name="Ghi lịch này").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi lịch bản 2")
    is_sound(page)

    page.get_by_role("link", name="Hoàn tác").click()
    expect(page.locator("tr", has_text="2024-05 · Biên Hòa").first).to_contain_text("27/3/2024")
    is_sound(page)
    page.get_by_role("button", name="Trở lại lịch trước").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi lịch bản 3")
