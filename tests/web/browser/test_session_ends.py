"""The session ends while somebody types: signed in again, the same person goes on; the next one finds nothing."""

import pytest
from playwright.sync_api import Page, expect

from config.settings import settings
from database import accounts
from database.engine import writing
from tests.desk import Desk
from tests.may import MAY
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound
from tests.web.conftest import PASSWORD, AsRole
from web.desk.security_tokens import session_cookie


def typed_too_late(page: Page) -> None:
    """The reason is typed, the session ends on the server, the button is pressed."""
    page.goto(f"/chuyen/{MAY}/huy")
    page.locator("#reason").fill("Đơn vị hợp nhất")
    cookie = next(one["value"] for one in page.context.cookies() if one["name"] == session_cookie())
    with writing(settings().database) as session:
        accounts.end_session(session, cookie)
    page.get_by_role("button", name="Hủy đợt").click()


def signs_in(page: Page, login: str) -> None:
    """Login and password, and Enter."""
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_label("Mật khẩu").press("Enter")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_same_person_goes_on_where_she_was(desk: Desk, opened: Opened, phone: bool) -> None:
    desk.until_chosen()
    page = opened("leader", phone=phone)
    typed_too_late(page)
    expect(page.locator(".said")).to_contain_text("được giữ")
    is_sound(page)

    signs_in(page, "leader")

    expect(page.locator("h1")).to_have_text("Hủy đợt")
    expect(page.locator("#reason")).to_have_value("Đơn vị hợp nhất")
    is_sound(page)
    assert desk.visit.state == "open"


def test_the_next_person_at_that_machine_finds_nothing(desk: Desk, opened: Opened, as_role: AsRole) -> None:
    desk.until_chosen()
    as_role("leader", "khac", name="Bùi Thị Khác", email="")
    page = opened("leader")
    typed_too_late(page)

    signs_in(page, "khac")

    expect(page.locator("#reason")).to_have_value("")
    assert "hợp nhất" not in page.content()
