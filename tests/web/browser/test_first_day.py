"""An office's first day by clicks alone: from nothing to a loaded year, with a mail server that has taken a letter."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from config.settings import Settings, settings, use
from database import plans
from database.engine import reading
from database.schema import prepare
from letters.mailbox import LocalMailbox
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound
from tests.web.conftest import PASSWORD

_HEAD = {
    "Cơ quan cấp trên": "TỈNH ỦY ĐỒNG NAI", "Tên cơ quan trên văn bản": "BAN TỔ CHỨC",
    "Tên cơ quan trong câu văn": "Ban Tổ chức Tỉnh ủy", "Địa danh": "Đồng Nai", "Chữ viết tắt trong ký hiệu": "BTCTU",
    "Phòng nhận danh sách, báo cáo": "Phòng Tổ chức đảng - Đảng viên", "Chức vụ người ký": "TRƯỞNG BAN",
    "Họ và tên người ký": "Nguyễn Văn Mới", "Năm của kế hoạch đầu tiên": "2026",
}  # fmt: skip
_PEOPLE = {
    "office": "van-thu@btc.example", "staff.officer": "a@btc.example", "staff.leader": "b@btc.example",
    "staff.clerk": "c@btc.example", "inspectors.0": "d@btc.example",
}  # fmt: skip


@pytest.fixture
def office(home: Settings) -> Settings:
    """A live home with nothing in it."""
    prepare(home.database)
    use(home.model_copy(update={"mode": "live"}))
    return home


def test_an_office_that_has_nothing_is_at_its_first_year_by_clicks_alone(opened: Opened, tmp_path: Path) -> None:
    server = LocalMailbox(tmp_path / "tỉnh" / "letters")
    server.start()
    page = opened("admin")
    try:
        page.goto("/")
        _begins(page)
        _settles(page)
        _writes_addresses(page)
        _sets_mail_server(page, server)
    finally:
        server.stop()
    _loads(page)

    assert len(list(server.folder.rglob("*.eml"))) == 1
    with reading(settings().database) as session:
        assert len(plans.read(session, 2026)[0].units) == 100


def _begins(page: Page) -> None:
    page.wait_for_url("**/thiet-lap")
    is_sound(page)
    for label, text in _HEAD.items():
        page.get_by_label(label).first.fill(text)
    page.get_by_role("button", name="Lập bản dự thảo kế hoạch").click()
    page.get_by_text("Đã lập bản dự thảo kế hoạch năm 2026.").wait_for()


def _settles(page: Page) -> None:
    """One by one: as long as one is open there is no button that loads."""
    page.get_by_role("link", name="Quyết định", exact=True).click()
    is_sound(page)
    while page.get_by_role("button", name="Ghi quyết định").count():
        assert page.get_by_role("button", name="Nạp kế hoạch năm 2026").count() == 0
        page.get_by_label("Quyết định", exact=True).first.fill("giữ như dự thảo")
        page.get_by_role("button", name="Ghi quyết định").first.click()
        page.get_by_text("Đã ghi quyết định.").wait_for()


def _writes_addresses(page: Page) -> None:
    page.get_by_role("link", name="Địa chỉ", exact=True).click()
    for field, email in _PEOPLE.items():
        page.locator(f'input[name="{field}.name"]').fill(f"Người {field}")
        page.locator(f'input[name="{field}.email"]').fill(email)
    for one in page.locator('input[name^="bodies."][name$=".email"]').all():
        one.fill(f"{str(one.get_attribute('name')).split('.')[1]}@tu.example")
    fields = page.locator('input[name^="standing_boards."][name$=".email"]')
    codes = [name.split(".")[1] for name in fields.evaluate_all("all => all.map(one => one.name)")]
    page.get_by_text("Dán địa chỉ của nhiều đơn vị từ Excel").click()
    lines = [f"{code}\t{code.replace('_', '-')}@bt.example\t{code.replace('_', '-')}@tc.example" for code in codes]
    page.get_by_label("Các dòng dán từ Excel").fill("\n".join(lines))
    page.get_by_role("button", name="Ghi địa chỉ").click()
    page.get_by_text("Bản dự thảo đã đủ").wait_for()


def _sets_mail_server(page: Page, server: LocalMailbox) -> None:
    page.goto("/thiet-lap/may-chu-thu")
    is_sound(page)
    typed = {
        "Máy chủ": "127.0.0.1", "Cổng": f"{server.port}", "Gửi thư thử tới": "quan-tri@btc.example",
        "Mật khẩu đăng nhập của bạn": PASSWORD,
    }  # fmt: skip
    for label, text in typed.items():
        page.get_by_label(label).first.fill(text)
    page.get_by_label("Mã hóa").select_option("none")
    page.get_by_role("button", name="Gửi thư thử và ghi").click()
    page.get_by_text("đã nhận thư thử gửi quan-tri@btc.example").wait_for()


def _loads(page: Page) -> None:
    page.goto("/ke-hoach/2026")
    is_sound(page)
    page.get_by_label("Đã xem, kế hoạch này").check()
    page.get_by_role("button", name="Nạp kế hoạch năm 2026").click()
    page.wait_for_url("**/nam/2026")
    page.get_by_text("Đã nạp kế hoạch năm 2026, bản 1.").wait_for()
