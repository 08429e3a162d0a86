"""What is typed at the cell while its form is sent, from there or from elsewhere, is not lost (0031, 0045)."""

from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from config.settings import settings
from database.drafts import DraftRow
from database.engine import writing
from domain.dates import OFFICE_ZONE
from tests.desk import Desk
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound
from tests.web.browser.test_no_network import by_link, without_network

#: The desk takes the form, and its answer does not come back.
SEND_AND_HEAR_NOTHING = """async () => {
  const sent = new URLSearchParams(new FormData(document.querySelector("main form")));
  sent.set("do", "confirm");
  await fetch(location.href, { method: "POST", body: sent });
}"""
LIMITATION = "Sổ nghị quyết ghi vắn tắt"


def type_at_the_cell(page: Page) -> None:
    """A strength where another may be meanwhile, and a limitation where nothing is."""
    page.locator("[name=strength-1]").fill("Thảo luận sôi nổi")
    page.locator("[name=limitation-1]").fill(LIMITATION)
    page.wait_for_timeout(200)


def send_from_elsewhere(opened: Opened, link: str) -> None:
    """The same inspector, at another computer."""
    page = opened()
    page.goto(link)
    page.locator("[name=attended_on]").fill("14/5/2024")
    page.locator("[name=strength-1]").fill("Chuẩn bị chu đáo")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_role("button", name="Gửi dù còn thiếu").click()
    expect(page.locator("h1")).to_contain_text("Đã nhận")


def back_with_a_network(page: Page) -> None:
    """The page as the desk has it now."""
    page.context.set_offline(False)
    page.get_by_role("button", name="Tải lại trang").click()
    expect(page.locator("#offline")).to_contain_text("được giữ trên máy này đến")
    expect(page.locator("[name=turn]")).to_have_value("2")


def kept_texts(page: Page) -> int:
    """How many drafts lie in this browser."""
    found: int = page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('nhap:')).length")
    return found


def test_what_was_typed_on_after_an_answer_that_got_lost_is_in_the_next_form(desk: Desk, opened: Opened) -> None:
    page, link = by_link(desk, opened)
    page.locator("[name=attended_on]").fill("14/5/2024")
    page.locator("[name=strength-1]").fill("Chuẩn bị chu đáo")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.get_by_role("button", name="Gửi dù còn thiếu")).to_be_visible()
    page.evaluate(SEND_AND_HEAR_NOTHING)
    assert len(desk.answers("findings")) == 1

    page = without_network(page, link)
    expect(page.locator("[name=turn]")).to_have_value("1")
    page.locator("#result-R17-not_met").check()
    page.locator("[name=strength-1]").fill("Chuẩn bị chu đáo, có tài liệu")
    page.locator("[name=limitation-1]").fill(LIMITATION)
    page.wait_for_timeout(200)
    back_with_a_network(page)

    expect(page.locator("#restored")).to_contain_text("Đã khôi phục 3 ô")
    expect(page.locator("[name=limitation-1]")).to_have_value(LIMITATION)
    expect(page.locator("[name=strength-1]")).to_have_value("Chuẩn bị chu đáo, có tài liệu")
    expect(page.locator("#result-R17-not_met")).to_be_checked()
    expect(page.locator("#not-sent")).to_be_hidden()
    expect(page.locator("#keeping")).to_contain_text("Đã lưu nháp")
    page.wait_for_timeout(200)
    assert kept_texts(page) == 1, "one turn's, beside the copy of its page"


def test_what_another_text_stands_in_place_of_is_shown_until_it_is_taken_away(desk: Desk, opened: Opened) -> None:
    page, link = by_link(desk, opened)
    page = without_network(page, link)
    type_at_the_cell(page)
    send_from_elsewhere(opened, link)
    back_with_a_network(page)

    told = page.locator("#not-sent")
    expect(told).to_contain_text("Thảo luận sôi nổi")
    expect(told).not_to_contain_text(LIMITATION)
    expect(page.locator("[name=strength-1]")).to_have_value("Chuẩn bị chu đáo")
    expect(page.locator("[name=limitation-1]")).to_have_value(LIMITATION)
    is_sound(page)
    page.reload()
    expect(told).to_contain_text("Thảo luận sôi nổi")

    told.get_by_role("button", name="Xóa khỏi máy này").click()
    expect(told).to_be_hidden()
    page.reload()
    expect(page.locator("[name=limitation-1]")).to_have_value(LIMITATION)
    expect(told).to_be_hidden()


def test_what_was_typed_before_another_sent_the_form_is_shown_and_not_put_in(desk: Desk, opened: Opened) -> None:
    """Whoever sent it may have left that out on purpose."""
    page, link = by_link(desk, opened)
    page = without_network(page, link)
    type_at_the_cell(page)
    send_from_elsewhere(opened, link)
    with writing(settings().database) as session:  # a rehearsal's clock is years behind the telephone's
        session.query(DraftRow).one().answered_at = datetime.now(OFFICE_ZONE) + timedelta(hours=1)
    back_with_a_network(page)

    told = page.locator("#not-sent")
    expect(told).to_contain_text("Thảo luận sôi nổi")
    expect(told).to_contain_text(LIMITATION)
    expect(page.locator("[name=limitation-1]")).to_have_value("")
