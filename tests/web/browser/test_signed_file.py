"""The clerk chooses a signed file, sees what it is worth, and issues, in a real browser and without scripts of ours."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from config.settings import Settings, use
from tests.desk import Desk
from tests.may import MAY
from tests.scans.signing import Authority, authority
from tests.signed_sheets import signed_sheet
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound
from tests.web.browser.test_pictures import keep

ISSUE = f"/chuyen/{MAY}/phat-hanh/notice"


@pytest.fixture
def trusting(home: Settings, tmp_path: Path) -> Path:
    """The office trusts the authority of the tests; files are put beside its folder."""
    (tmp_path / "tin-cay").mkdir()
    (tmp_path / "tin-cay" / "ca.pem").write_bytes(authority().root)
    use(home.model_copy(update={"trusted_signers": tmp_path / "tin-cay"}))
    return tmp_path


def chooses(page: Page, file: Path) -> None:
    """Opens the form, types the number, chooses the file, presses the button."""
    page.goto(ISSUE)
    page.get_by_label("Số (phải ghi)", exact=True).fill("80")
    page.get_by_label("Bản ký, đóng dấu").set_input_files(file)
    page.get_by_role("button", name="Phát hành", exact=True).click()


def test_a_good_file_is_seen_and_issued_and_its_look_stands_beside_the_document(
    trusting: Path, desk: Desk, opened: Opened
) -> None:
    desk.until_chosen()
    file = trusting / "ban-ky.pdf"
    file.write_bytes(signed_sheet(MAY, "notice", "80-TB/BTCTU", desk.today))
    page = opened("clerk")

    chooses(page, file)
    page.get_by_text("Đúng văn bản đã duyệt; chữ ký số nguyên vẹn").wait_for()
    is_sound(page)
    keep(page, "desk-signed", trusting)
    page.get_by_role("button", name="Phát hành", exact=True).click()

    page.get_by_text("Đã phát hành số 80-TB/BTCTU.").wait_for()
    page.goto(f"/chuyen/{MAY}")
    page.get_by_text("Kiểm tra bản ký").click()
    page.get_by_text("Nội dung: trùng từng chữ với văn bản đã duyệt").wait_for()
    page.locator("#van-ban").scroll_into_view_if_needed()
    is_sound(page)
    keep(page, "desk-signed-kept", trusting)


def test_a_doubtful_file_is_issued_with_a_reason_alone(trusting: Path, desk: Desk, opened: Opened) -> None:
    desk.until_chosen()
    file = trusting / "ban-ky.pdf"
    stranger = Authority("CA lạ").certifies("Người Lạ")
    file.write_bytes(signed_sheet(MAY, "notice", "81-TB/BTCTU", desk.today, stranger))
    page = opened("clerk")

    chooses(page, file)
    page.get_by_text("02 điều cần xem lại").wait_for()
    is_sound(page)
    keep(page, "desk-signed-doubts", trusting)
    page.get_by_role("button", name="Phát hành với tệp này").click()
    page.get_by_label("Lý do vẫn dùng tệp này").fill("Số trên bản giấy ghi tay, đã đối chiếu")
    is_sound(page)
    page.get_by_role("button", name="Phát hành với tệp này").click()

    page.get_by_text("Đã phát hành số 80-TB/BTCTU.").wait_for()
    page.goto(f"/chuyen/{MAY}")
    page.get_by_text("Lý do vẫn dùng: Số trên bản giấy ghi tay, đã đối chiếu").wait_for()
    assert desk.documents("selection_notice")[0].state == "issued"
