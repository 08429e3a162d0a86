"""One visit from the nominations to the result notice, by clicking; everybody signs in as who he is (R50-R62)."""

import pytest
from playwright.sync_api import Locator, Page, expect

from answers.accounts import add
from config.settings import settings
from database.engine import writing
from tests.may import MAY
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import comes, is_sound
from tests.web.browser.service import Service
from tests.web.browser.test_host_on_a_phone import CELL, OTHER, fill_row
from tests.web.conftest import PASSWORD, PEOPLE

pytestmark = pytest.mark.prefect


def test_an_officer_takes_a_visit_from_the_nominations_to_the_result_notice(service: Service, opened: Opened) -> None:
    service.do(lambda office: (office.plan_only(MAY), office.on(2024, 3, 1, 8), office.on(2024, 3, 20, 9)))
    officer, leader, clerk, inspector = (
        signed_in(opened, role) for role in ("officer", "leader", "clerk", "inspector")
    )

    my_task(officer, "Nhập danh sách").click()
    officer.get_by_label("Ngày nhận").fill("20/3/2024")
    fill_row(officer, 1, CELL)
    officer.get_by_role("button", name="Thêm dòng").click()
    fill_row(officer, officer.locator("[data-row]").count(), OTHER)
    officer.get_by_role("button", name="Xem lại trước khi nhận").click()
    expect(officer.locator("#preview > li")).to_have_count(2)
    is_sound(officer)
    press(officer, "Nhận danh sách này", "Đã nhận danh sách 02 tổ chức đảng.")

    my_task(leader, "Chọn nơi dự").click()
    leader.get_by_role("checkbox", name=CELL["organisation"]).check()
    leader.get_by_label("Đã thống nhất với").fill("Thường trực Thành ủy Biên Hòa")
    press(leader, "Ghi lựa chọn", "Đã ghi lựa chọn.")

    issue(clerk, "80")
    comes(officer, officer.get_by_text("Chờ ngày sinh hoạt"))
    service.do(lambda office: office.on(2024, 5, 18, 9))

    write_findings(inspector)
    my_task(leader, "Xem và duyệt báo cáo").click()
    press(leader, "Duyệt bản 1", "Đã duyệt báo cáo của tổ công tác.")
    my_task(leader, "Xem và duyệt kết quả").click()
    press(leader, "Duyệt bản 1", "Đã duyệt thông báo kết quả.")
    issue(clerk, "81")

    comes(officer, officer.get_by_text("Đã kết thúc ngày 18/5/2024"))
    is_sound(officer)
    expect(officer.locator("ol.every-step > li.done")).to_have_count(6)
    expect(officer.locator("table.letters tr", has_text="ban-thuong-vu@bien-hoa.example").first).to_be_attached()
    assert "result_notice → host" in service.do(lambda office: office.new_letters())


def signed_in(opened: Opened, role: str) -> Page:
    """Somebody who types login and password, and is where his work is."""
    name, email = PEOPLE[role]
    with writing(settings().database) as session:
        add(session, role, name, [role], PASSWORD, "thử", email=email, must_change=False)
    page = opened()
    page.goto("/viec-cua-toi")
    page.get_by_label("Tên đăng nhập").fill(role)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("h1")).to_have_text("Việc của tôi")
    return page


def my_task(page: Page, button: str) -> Locator:
    """The one button of what waits for that person, once the service has come so far."""
    page.get_by_role("link", name="Việc của tôi").click()
    found = page.locator("main").get_by_role("link", name=button)
    comes(page, found)
    return found


def press(page: Page, button: str, said: str) -> None:
    """Press it, and read what the desk says."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".said[role=status]")).to_contain_text(said)
    assert "dịch vụ chưa chạy" not in page.locator(".said").inner_text()


def issue(clerk: Page, number: str) -> None:
    """Give the number, of today."""
    my_task(clerk, "Lấy số, phát hành").click()
    expect(clerk.locator("#no-faults")).to_be_visible()
    is_sound(clerk)
    clerk.get_by_label("Số", exact=False).first.fill(number)
    press(clerk, "Phát hành", f"Đã phát hành số {number}-TB/")


def write_findings(inspector: Page) -> None:
    """Everything that the form asks, clicked and typed."""
    my_task(inspector, "Ghi kết quả").click()
    inspector.get_by_label("Ngày dự").fill("14/5/2024")
    for result in inspector.get_by_role("radio", name="Đạt", exact=True).all():
        result.check()
    texts = {
        "strength-1": "Chuẩn bị chu đáo", "limitation-1": "Sổ nghị quyết ghi vắn tắt",
        "remedy-1-1-text": "Ghi đủ kết quả biểu quyết", "remedy-1-1-owner": "Chi ủy", "remedy-1-1-due": "01/7/2024",
    }  # fmt: skip
    told = {"chaired_by": "Bí thư", "minutes_by": "Thư ký", "members": "20", "present": "18", "absences": "02 ốm"}
    texts |= {f"meeting-1-{name}": text for name, text in told.items()}
    for name, text in texts.items():
        inspector.locator(f"#{name}").fill(text)
    inspector.locator("#meeting-1-resolution").select_option("passed")
    inspector.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(inspector.locator("#complete")).to_be_visible()
    is_sound(inspector)
    press(inspector, "Gửi kết quả", "")
