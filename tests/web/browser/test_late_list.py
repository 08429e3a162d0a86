"""A leader says of each late meeting on a phone, and by keys alone, whether it is taken (A5)."""

from playwright.sync_api import Page, expect

from tests.desk import Desk
from tests.may import MAY
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound

FORM = f"/chuyen/{MAY}/chap-nhan"


def late_list(desk: Desk) -> None:
    """The three meetings of May, received too late."""
    desk.until_asked()
    desk.postman_calls()
    desk.set_clock(2024, 4, 24, 9)
    desk.nominate()
    desk.go_on()


def press(page: Page, *keys: str) -> None:
    """One key after the other."""
    for key in keys:
        page.keyboard.press(key)


def test_a_leader_refuses_one_meeting_on_a_phone_and_takes_the_others(desk: Desk, opened: Opened) -> None:
    late_list(desk)
    page = opened("leader", phone=True)
    page.goto(FORM)
    is_sound(page)
    page.get_by_label("Không chấp nhận", exact=True).nth(1).check()
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.locator("#why-2-problem-1")).to_contain_text("Chưa ghi vì sao không chấp nhận")
    is_sound(page)

    page.locator("#why-2").fill("Trùng lịch của Tổ công tác")
    for number in (1, 3):
        page.locator(f"#late-{number}-take").check()
    page.get_by_label("Lý do chấp nhận").fill("Kế hoạch của đơn vị vừa được duyệt")
    page.get_by_role("button", name="Ghi quyết định").click()

    expect(page.locator(".said")).to_contain_text("Đã ghi quyết định về danh sách")
    assert desk.candidates() == {1: "late_accepted", 2: "late_refused", 3: "late_accepted"}
    is_sound(page)
    page.goto(FORM)
    expect(page.locator("#decided")).to_contain_text("còn quyết định lại được")
    is_sound(page)


def test_the_same_is_done_by_keys_alone(desk: Desk, opened: Opened) -> None:
    late_list(desk)
    page = opened("leader")
    page.goto(FORM)
    page.locator("#late-1-take").focus()
    press(page, "Space", "Tab", "Tab", "Space", "Tab", "Tab", "Space", "Tab", "Tab")
    page.keyboard.type("Vừa kiện toàn")
    press(page, "Tab", "Enter")

    expect(page.locator(".said")).to_contain_text("Đã ghi quyết định về danh sách")
    assert set(desk.candidates().values()) == {"late_accepted"}
