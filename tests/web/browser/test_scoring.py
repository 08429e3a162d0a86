"""An inspector scores a meeting on a phone: form, faults, review and comparison are sound pages (4.5)."""

from playwright.sync_api import expect

from domain.score_sheet import Whose
from tests.desk import Desk
from tests.may import MAY, OFFICER
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound
from tests.workbooks import FRAME, MARKS, given, marked


def test_an_inspector_scores_on_a_phone_and_sees_both_sides(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    given(marked(conducted="40"), OFFICER, Whose.OWN)
    page = opened("inspector", phone=True)
    page.goto(f"/chuyen/{MAY}/cham-diem/1")
    page.get_by_label("Phiếu chấm điểm").select_option(FRAME)
    page.get_by_role("button", name="Mở phiếu").click()
    for name, points in MARKS.items():
        page.locator(f"#mark-{name}").fill(f"{points}".replace(".", ","))
    page.locator("#mark-conducted").fill("41")
    page.get_by_role("button", name="Xem điểm trước khi ghi").click()
    expect(page.locator("#mark-conducted-problem-1")).to_contain_text("41 không phải điểm từ 0 đến 40")
    is_sound(page)

    page.locator("#mark-conducted").fill("35,5")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Xem lại điểm trước khi ghi")
    is_sound(page)
    page.get_by_role("button", name="Ghi phiếu chấm điểm").click()

    expect(page.locator(".said")).to_contain_text("91 điểm, xếp loại Tốt")
    page.get_by_text("Từng tiêu chí").click()
    expect(page.locator("tr.total")).to_contain_text("+4,5")
    is_sound(page)
    assert [row.content["whose"] for row in desk.answers("score")] == ["own", "group"]
