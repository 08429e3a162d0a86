"""An inspector loses the network in the middle of the findings form, and loses nothing that was typed."""

import pytest
from playwright.sync_api import Error, Page, expect

from tests.desk import Desk
from tests.may import MAY
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound

TYPED = {
    "remark-R17": "thiếu báo cáo quý I",
    "strength-1": "Chuẩn bị chu đáo",
    "limitation-1": "Sổ nghị quyết ghi vắn tắt",
    "remedy-1-1-text": "Ghi đủ kết quả biểu quyết",
    "remedy-1-1-owner": "Chi ủy",
    "remedy-1-1-due": "01/7/2024",
}


def test_what_was_typed_without_a_network_is_there_after_a_reload_and_is_sent(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    page = opened("inspector", phone=True)
    page.goto(f"/chuyen/{MAY}/ket-qua")
    is_sound(page)
    keeping = page.locator("#keeping")
    page.locator("[name=attended_on]").fill("14/5/2024")
    choose(page, "R16", "met")
    expect(keeping).to_contain_text("Đã lưu nháp")

    page.context.set_offline(True)
    page.evaluate("navigator.sendBeacon = () => false")  # Chromium's pretended loss of the network lets beacons through
    choose(page, "R17", "partly_met")
    for name, text in TYPED.items():
        page.locator(f"[name='{name}']").fill(text)
    page.get_by_role("button", name="Thêm ưu điểm").click()
    page.locator("[name=strength-2]").fill("Thảo luận sôi nổi")
    expect(keeping).to_contain_text("Mất kết nối")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(keeping).to_contain_text("chưa gửi được")
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()  # the impatient thumb: the page is gone now

    page.context.set_offline(False)
    page.goto(f"/chuyen/{MAY}/ket-qua")

    expect(page.locator("#restored")).to_contain_text("Đã khôi phục 8 ô")
    for name, text in {**TYPED, "attended_on": "14/5/2024", "strength-2": "Thảo luận sôi nổi"}.items():
        expect(page.locator(f"[name='{name}']")).to_have_value(text)
    assert {name: chosen(page, name) for name in ("R16", "R17")} == {"R16": "met", "R17": "partly_met"}
    expect(keeping).to_contain_text("Đã lưu nháp")
    assert desk.answers("findings") == []

    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.locator("#missing")).to_contain_text("22 mục chưa có kết quả")
    is_sound(page)
    page.get_by_role("button", name="Gửi dù còn thiếu").click()
    page.locator(".said").wait_for()

    (row,) = desk.answers("findings")
    assert row.content["findings"]["strengths"] == ["Chuẩn bị chu đáo", "Thảo luận sôi nổi"]
    assert [one["item"] for one in row.content["findings"]["items"]] == ["R16", "R17"]


def choose(page: Page, item: str, result: str) -> None:
    """Tap a result; its button lies unseen over its words."""
    page.locator(f"#result-{item}-{result}").check()


def chosen(page: Page, item: str) -> str:
    """The result that is marked."""
    return str(page.locator(f"[name='result-{item}']:checked").get_attribute("value"))
