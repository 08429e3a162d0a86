"""Findings and score sheets where there is no network at all: opened once, filled in at the cell, sent when back."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from answers.links import address, renew, revoke
from config.settings import settings
from database.engine import reading
from database.links import LinkRow
from tests.desk import Desk
from tests.may import MAY, OFFICER
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import at_last, is_sound
from tests.web.letters_links import link_in

FORM = f"/chuyen/{MAY}/ket-qua"


def kept_here(page: Page) -> list[str]:
    """The copies of pages that lie in this browser."""
    names: list[str] = page.evaluate("caches.keys()")
    return names


def by_link(desk: Desk, opened: Opened) -> tuple[Page, str]:
    """An inspector's phone, his findings form opened once by the link in his letter."""
    desk.until_met()
    link = link_in(desk, "findings_request", "inspector:1")
    page = opened(phone=True)
    page.goto(link)
    expect(page.locator("#offline")).to_contain_text("được giữ trên máy này đến")
    is_sound(page)
    return page, link


def without_network(page: Page, link: str) -> Page:
    """The same phone at the cell: everything is closed, no network, and the link is opened again."""
    page.context.set_offline(True)
    again = page.context.new_page()
    page.close()
    again.goto(link)
    return again


def test_findings_are_opened_and_filled_in_without_a_network_and_sent_when_back(desk: Desk, opened: Opened) -> None:
    page, link = by_link(desk, opened)
    page.locator("[name=strength-1]").fill("Chuẩn bị chu đáo")
    expect(page.locator("#keeping")).to_contain_text("Đã lưu nháp")
    page.wait_for_timeout(200)

    page = without_network(page, link)
    expect(page.locator("#offline")).to_contain_text("Không có mạng: đây là bản giữ trên máy này")
    expect(page.locator("[name=strength-1]")).to_have_value("Chuẩn bị chu đáo")
    page.locator("#result-R16-met").check()
    page.locator("[name=attended_on]").fill("14/5/2024")
    page.get_by_role("button", name="Thêm ưu điểm").click()
    page.locator("[name=strength-2]").fill("Thảo luận sôi nổi")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.locator("#keeping")).to_contain_text("chưa gửi được")
    is_sound(page)
    page.close(run_before_unload=False)
    page = page.context.new_page()
    page.goto(link)
    expect(page.locator("[name=strength-2]")).to_have_value("Thảo luận sôi nổi")

    page.context.set_offline(False)
    expect(page.locator("#offline")).to_contain_text("Có mạng trở lại")
    page.get_by_role("button", name="Tải lại trang").click()
    expect(page.locator("#offline")).to_contain_text("được giữ trên máy này đến")
    expect(page.locator("[name=strength-2]")).to_have_value("Thảo luận sôi nổi")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_role("button", name="Gửi dù còn thiếu").click()
    expect(page.locator("h1")).to_contain_text("Đã nhận")

    (row,) = desk.answers("findings")
    assert row.content["findings"]["strengths"] == ["Chuẩn bị chu đáo", "Thảo luận sôi nổi"]
    at_last(page, "caches.keys().then((names) => names.length === 0)")
    assert page.evaluate("localStorage.length") == 0
    page.goto("/dang-nhap")
    at_last(page, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")


def test_a_link_taken_back_meanwhile_says_so_and_keeps_the_text(desk: Desk, opened: Opened) -> None:
    page, link = by_link(desk, opened)
    page = without_network(page, link)
    page.locator("[name=limitation-1]").fill("Sổ nghị quyết ghi vắn tắt")
    page.locator("#result-R17-not_met").check()
    page.wait_for_timeout(200)
    with reading(settings().database) as session:
        (row,) = session.scalars(
            select(LinkRow).where(LinkRow.purpose == "findings", LinkRow.recipient == "inspector:1")
        )
    revoke(MAY, row.id, OFFICER)

    page.context.set_offline(False)
    expect(page.locator("#keeping")).to_contain_text("không còn dùng được")
    page.get_by_role("button", name="Tải lại trang").click()
    expect(page.locator("h1")).to_have_text("Liên kết không dùng được")
    told = page.locator("#not-sent")
    expect(told).to_contain_text("Sổ nghị quyết ghi vắn tắt")
    expect(told).to_contain_text("Chưa đạt")
    is_sound(page)
    page.reload()
    expect(told).to_contain_text("Sổ nghị quyết ghi vắn tắt")
    assert desk.answers("findings") == []

    page.get_by_role("button", name="Xóa khỏi máy này").click()
    expect(told).to_be_hidden()
    assert kept_here(page) == []
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('nhap:')).length") == 0


def test_a_score_sheet_is_filled_in_without_a_network(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    link = _scores_link() + "?phieu=vi_du_42hd_chi_tiet"
    page = opened(phone=True)
    page.goto(link)
    expect(page.locator("#offline")).to_contain_text("được giữ trên máy này đến")

    page = without_network(page, link)
    field = page.locator("#score-form [inputmode=decimal]").first
    name = field.get_attribute("name")
    field.fill("31")
    note = page.locator("#score-form input[name^=note-]").first
    note.evaluate("(one) => { one.closest('details').open = true; }")
    note.fill("Có biên bản")
    page.wait_for_timeout(200)
    page.reload()
    expect(page.locator(f"[name='{name}']")).to_have_value("31")
    expect(page.locator("#restored")).to_contain_text("Đã khôi phục 2 ô")
    is_sound(page)

    page.context.set_offline(False)
    page.reload()
    expect(page.locator(f"[name='{name}']")).to_have_value("31")
    page.get_by_role("button", name="Xem điểm trước khi ghi").click()
    page.get_by_role("button", name="Ghi dù còn thiếu").click()
    expect(page.locator("h1")).to_contain_text("Đã nhận")
    assert len(desk.answers("score")) == 1
    at_last(page, "caches.keys().then((names) => names.length === 0)")
    assert page.evaluate("localStorage.length") == 0


def test_at_the_desk_a_copy_is_kept_only_when_asked_for_and_goes_at_sign_out(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    page = opened("inspector", phone=True)
    page.goto(FORM)
    expect(page.locator("#offline")).to_contain_text("chỉ giữ trên máy của riêng mình")
    assert kept_here(page) == []

    page.get_by_role("button", name="Giữ trên máy này").click()
    expect(page.locator("#offline")).to_contain_text("Gửi xong hoặc đăng xuất thì tự xóa")
    page = without_network(page, FORM)
    expect(page.locator("h1")).to_have_text("Kết quả dự, giám sát")
    page.context.set_offline(False)
    page.goto("/viec-cua-toi")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator(".said")).to_contain_text("Đã đăng xuất")

    assert kept_here(page) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def _scores_link() -> str:
    link = address(renew(MAY, "scores", "inspector:1", OFFICER))
    return link[link.index("/tra-loi") :]


def test_what_is_kept_can_be_taken_away_and_is_not_kept_again_unasked(desk: Desk, opened: Opened) -> None:
    page, link = by_link(desk, opened)
    page.get_by_role("button", name="Xóa khỏi máy này").click()
    expect(page.get_by_role("button", name="Giữ trên máy này")).to_be_visible()
    assert kept_here(page) == []
    page.goto(link)
    expect(page.get_by_role("button", name="Giữ trên máy này")).to_be_visible()
    assert kept_here(page) == []
