"""A step that failed is run again by its button at the desk, on the real Prefect, once its cause is mended."""

import pytest
from playwright.sync_api import expect
from prefect.client.schemas.objects import StateType

from tests.flows.office import Office
from tests.flows.test_mail_trouble import HOST_ADDRESSES, refuse
from tests.may import MAY
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import comes, is_sound
from tests.web.browser.service import Service

pytestmark = pytest.mark.prefect


def test_a_refused_notice_goes_to_the_mended_address_after_the_button_run_again(
    service: Service, opened: Opened
) -> None:
    service.do(until_the_notice_is_refused)
    officer, admin = opened("officer"), opened("admin")
    officer.goto(f"/chuyen/{MAY}")
    comes(officer, officer.get_by_text("Lỗi, chờ chạy lại"))
    expect(officer.locator("section.standing.overdue")).to_contain_text("Máy chủ thư từ chối")
    is_sound(officer)

    admin.goto("/quan-tri/lien-he?nam=2024")
    for address in HOST_ADDRESSES:
        admin.locator(f"input[value='{address}']").fill(address.replace("bien-hoa.example", "bien-hoa-moi.example"))
    admin.get_by_role("button", name="Lưu địa chỉ").click()
    expect(admin.locator(".said")).to_be_visible()
    officer.get_by_role("button", name="Chạy lại").click()
    expect(officer.locator(".said")).to_contain_text("Đã cho chạy lại từ bước bị lỗi")

    # The page shows what came of it by itself, without being loaded again, and keeps what was said.
    expect(officer.get_by_text("Chờ ngày sinh hoạt")).to_be_visible(timeout=40_000)
    expect(officer.locator(".said")).to_contain_text("Đã cho chạy lại từ bước bị lỗi")
    is_sound(officer)
    expect(officer.locator("section.standing.overdue")).to_have_count(0)
    assert service.do(lambda office: office.state().type) is StateType.PAUSED
    assert service.do(told_twice) == service.do(notice_of_the_host), "once to its copies, once to the host"


def until_the_notice_is_refused(office: Office) -> None:
    """The clerk issued the notice, the invitations went out, and the mail server refused what is for the host."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.host_sends_its_list()
    office.leader_chooses(2)
    refuse(HOST_ADDRESSES)
    office.clerk_issues("notice", 81)
    office.new_letters()
    assert office.state().type is StateType.FAILED


def notice_of_the_host(office: Office) -> list[str]:
    """The notice that has reached everybody with an address."""
    return [row.message_id for row in office.outbox("sent") if row.purpose == "selection_notice"]


def told_twice(office: Office) -> list[str]:
    """Letters that arrived more often than once."""
    arrived = office.message_ids()
    return [one for one in set(arrived) if arrived.count(one) > 1]
