"""What a browser keeps of findings is its owner's: it comes back to him, and nobody else finds it there."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from config.settings import settings
from database.accounts import SessionRow
from database.engine import writing
from tests.desk import Desk
from tests.may import MAY
from tests.web.browser.conftest import Opened
from tests.web.conftest import AsRole
from web.desk.security_tokens import session_cookie

FORM = f"/chuyen/{MAY}/ket-qua"
FIELD = "[name=strength-1]"
TYPED = "Chuẩn bị chu đáo, chưa ai được biết"


@pytest.fixture
def page(desk: Desk, opened: Opened) -> Page:
    """The findings form, open before an inspector."""
    desk.until_met()
    page = opened("inspector")
    page.goto(FORM)
    return page


def kept(page: Page) -> dict[str, str]:
    """All that this browser has stored for the desk."""
    found: dict[str, str] = page.evaluate("Object.fromEntries(Object.entries(localStorage))")
    return found


def type_what_does_not_arrive(page: Page) -> None:
    """As with a network that swallows it."""
    page.route("**/ket-qua/nhap", lambda route: route.abort())
    page.locator(FIELD).fill(TYPED)
    expect(page.locator("#keeping")).to_contain_text("Mất kết nối")


def end_every_session() -> None:
    """As after half an hour."""
    with writing(settings().database) as session:
        session.query(SessionRow).delete()


def sit_down(page: Page, as_role: AsRole, role: str) -> None:
    """Somebody signs in at this browser."""
    token = as_role(role).browser.cookies[session_cookie()]
    page.context.add_cookies([{"name": session_cookie(), "value": token, "domain": "127.0.0.1", "path": "/"}])


def test_what_the_desk_has_does_not_lie_in_the_browser(page: Page) -> None:
    page.locator(FIELD).fill(TYPED)
    expect(page.locator("#keeping")).to_contain_text("Đã lưu nháp")

    page.wait_for_function("localStorage.length === 0")
    page.reload()
    expect(page.locator(FIELD)).to_have_value(TYPED)


def test_what_waits_there_can_be_read_by_its_owner_alone(page: Page) -> None:
    type_what_does_not_arrive(page)

    (name,) = kept(page)
    assert name.startswith("nhap:person:")
    assert "Chuẩn" not in str(kept(page))
    page.reload()
    expect(page.locator("#restored")).to_contain_text("Đã khôi phục 1 ô")
    expect(page.locator(FIELD)).to_have_value(TYPED)


def test_after_a_session_that_ended_the_same_person_finds_the_text_again(page: Page, as_role: AsRole) -> None:
    end_every_session()
    page.locator(FIELD).fill(TYPED)
    expect(page.locator("#keeping")).to_contain_text("hết phiên làm việc")
    page.goto(FORM)
    expect(page.get_by_role("heading", name="Đăng nhập", exact=True)).to_be_visible()
    assert "Chuẩn" not in str(kept(page)) + page.content()

    sit_down(page, as_role, "inspector")
    page.goto(FORM)

    expect(page.locator(FIELD)).to_have_value(TYPED)
    expect(page.locator("#keeping")).to_contain_text("Đã lưu nháp")


def test_another_person_at_this_browser_takes_it_away(page: Page, as_role: AsRole) -> None:
    end_every_session()
    page.locator(FIELD).fill(TYPED)
    expect(page.locator("#keeping")).to_contain_text("hết phiên làm việc")
    assert kept(page)

    sit_down(page, as_role, "officer")
    page.goto("/")
    assert kept(page) == {}
    page.goto(FORM)
    expect(page.locator(FIELD)).to_have_value("")


def test_signing_out_hands_over_what_was_typed_last_and_leaves_nothing_behind(page: Page, as_role: AsRole) -> None:
    """`khac` is what no script takes away: the desk tells the browser to empty its storage."""
    page.evaluate("localStorage.setItem('khac', 'x')")
    page.locator(FIELD).fill(TYPED)
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator(".said")).to_contain_text("Đã đăng xuất")

    assert kept(page) == {}
    sit_down(page, as_role, "inspector")
    page.goto(FORM)
    expect(page.locator(FIELD)).to_have_value(TYPED)


def test_whoever_signs_out_with_text_that_did_not_arrive_is_asked_first(page: Page) -> None:
    type_what_does_not_arrive(page)
    asked: list[str] = []

    def no(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", no)
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_timeout(300)
    assert "chưa lưu được" in asked[0]
    expect(page.locator(FIELD)).to_have_value(TYPED)
    assert kept(page)

    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator(".said")).to_contain_text("Đã đăng xuất")
    assert kept(page) == {}
