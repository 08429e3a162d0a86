"""A host's file in a real browser: whichever button or key sends the form, the file is read and nothing is dropped."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from domain.plan import Contacts, Plan
from tests.desk import Desk
from tests.may import MAY
from tests.obligations import SCAN
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound
from tests.web.letters_links import link_in
from tests.web.lists import ROW, filled_form


@pytest.fixture
def list_of(tmp_path: Path, shipped: tuple[Plan, Contacts]) -> Path:
    """The host's Excel form: one good row, one whose hour is none."""
    late_hour = ROW | {"B": "Chi bộ khu phố Mẫu Hai", "E": "16/5/2024", "F": "25:00"}
    (tmp_path / "danh-sach.xlsx").write_bytes(filled_form(shipped[0], ROW, late_hour))
    return tmp_path / "danh-sach.xlsx"


def choose_file(page: Page, path: Path) -> None:
    """Open the box for files and choose one."""
    page.get_by_text("bằng tệp Excel, Word hoặc CSV").click()
    page.get_by_label("Tệp danh sách").set_input_files(path)


@pytest.mark.parametrize("how", ["the big button", "the small button", "Enter in a field", "Enter in a row"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_however_the_form_is_sent_the_file_is_read(
    asked: Desk, opened: Opened, list_of: Path, how: str, phone: bool
) -> None:
    page = opened("officer", phone=phone)
    page.goto(f"/chuyen/{MAY}/de-cu")
    choose_file(page, list_of)
    if how == "the big button":
        page.get_by_role("button", name="Xem lại trước khi nhận").click()
    elif how == "the small button":
        page.get_by_role("button", name="Đọc tệp").click()
    elif how == "Enter in a field":
        page.get_by_label("Số, ký hiệu").press("Enter")
    else:
        page.locator("#venue-1").press("Enter")

    expect(page.locator("#preview > li")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("danh-sach.xlsx")
    is_sound(page)
    assert asked.answers("nominations") == []


def test_a_row_with_one_bad_cell_is_mended_on_the_page(asked: Desk, opened: Opened, list_of: Path) -> None:
    page = opened("officer")
    page.goto(f"/chuyen/{MAY}/de-cu")
    choose_file(page, list_of)
    page.get_by_role("button", name="Xem lại trước khi nhận").click()
    page.get_by_role("button", name="Sửa trên trang này").click()

    expect(page.locator("#organisation-2")).to_have_value("Chi bộ khu phố Mẫu Hai")
    expect(page.locator("#time-2")).to_have_value("25:00")
    expect(page.locator("#time-2")).to_have_attribute("aria-invalid", "true")
    is_sound(page)
    page.locator("#time-2").fill("19:00")
    page.locator("#time-2").press("Enter")
    page.get_by_role("button", name="Nhận danh sách này").click()

    expect(page.locator(".said[role=status]")).to_contain_text("Đã nhận danh sách 02 tổ chức đảng.")
    assert len(asked.answers("nominations")) == 1


def test_rows_typed_beside_the_file_are_shown_and_may_be_taken(asked: Desk, opened: Opened, list_of: Path) -> None:
    page = opened(phone=True)
    page.goto(link_in(asked, "nomination_request", "host"))
    page.locator("#organisation-1").fill("Chi bộ ấp Ba Mẫu")
    page.locator("#venue-1").fill("Nhà văn hóa")
    choose_file(page, list_of)
    page.get_by_role("button", name="Xem lại trước khi gửi").tap()

    expect(page.locator("#beside")).to_contain_text("Chi bộ ấp Ba Mẫu")
    is_sound(page)
    page.get_by_role("button", name="Sửa trên trang này").tap()
    expect(page.locator("#organisation-3")).to_have_value("Chi bộ ấp Ba Mẫu")
    expect(page.locator("#venue-3")).to_have_value("Nhà văn hóa")
    is_sound(page)


def test_enter_in_the_form_of_a_report_keeps_the_file(desk: Desk, opened: Opened, tmp_path: Path) -> None:
    desk.until_year_end()
    (tmp_path / "bao-cao.pdf").write_bytes(SCAN)
    page = opened("officer")
    page.goto("/nam/2024/bao-cao/trang_bom/nhan")
    page.get_by_label("Tệp Word, Excel hoặc PDF").set_input_files(tmp_path / "bao-cao.pdf")
    page.locator("#cells").fill("chín")
    page.locator("#cells").press("Enter")

    expect(page.locator("#file-kept")).to_contain_text("bao-cao.pdf")
    is_sound(page)
    page.locator("#cells").fill("9")
    page.locator("#cells").press("Enter")
    expect(page.locator("#preview")).to_contain_text("bao-cao.pdf")
