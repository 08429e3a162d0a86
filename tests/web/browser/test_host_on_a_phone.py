"""A host answers on a phone by the link in its letter, without an account."""

from playwright.sync_api import Page, expect

from tests.desk import Desk
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound
from tests.web.letters_links import link_in

CELL = {
    "organisation": "Chi bộ Trường THPT Mẫu", "org_type": "cell_grassroots", "day": "14052024", "time": "1400",
    "venue": "Phòng họp A", "kind": "thematic", "theme": "Nêu gương trong dạy và học", "members": "31",
}  # fmt: skip
OTHER = {
    "organisation": "Đảng ủy phường Mẫu", "org_type": "grassroots_committee", "day": "16/5/2024", "time": "8:00",
    "venue": "Hội trường", "kind": "regular",
}  # fmt: skip


def test_a_host_answers_by_the_link_on_a_phone(desk: Desk, opened: Opened) -> None:
    desk.until_asked()
    desk.set_clock(2024, 3, 20, 9)
    page = opened(phone=True)
    page.goto(link_in(desk, "nomination_request", "host"))
    is_sound(page)
    assert "Đăng nhập" not in page.inner_text("body")

    page.get_by_label("Số, ký hiệu").fill("63-CV/ThU")
    fill_row(page, 1, CELL)
    expect(page.locator("#day-1")).to_have_value("14/05/2024")
    expect(page.locator("#time-1")).to_have_value("14:00")
    page.get_by_role("button", name="Thêm dòng").tap()
    fill_row(page, page.locator("[data-row]").count(), OTHER)
    page.get_by_role("button", name="Xem lại trước khi gửi").tap()

    expect(page.locator("#preview > li")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("Chưa gửi.")
    is_sound(page)
    assert desk.answers("nominations") == []
    page.get_by_role("button", name="Gửi danh sách").tap()

    expect(page.locator("h1")).to_have_text("Đã nhận, xin cảm ơn")
    is_sound(page)
    (row,) = desk.answers("nominations")
    assert row.source == "link"
    assert [one["organisation"] for one in row.content["meetings"]] == [CELL["organisation"], OTHER["organisation"]]


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(desk: Desk, opened: Opened) -> None:
    desk.until_asked()
    desk.set_clock(2024, 3, 20, 9)
    page = opened(phone=True)
    page.goto(link_in(desk, "nomination_request", "host"))
    fill_row(page, 1, CELL | {"venue": "", "day": "32/5/2024"})
    page.get_by_role("button", name="Xem lại trước khi gửi").tap()

    page.locator("#problems").wait_for()
    is_sound(page)
    page.locator("#problems a", has_text="địa điểm").tap()
    expect(page.locator("#venue-1")).to_be_focused()
    expect(page.locator("#venue-1")).to_be_in_viewport()
    expect(page.locator("#organisation-1")).to_have_value(CELL["organisation"])


def test_what_a_host_typed_and_did_not_send_is_there_when_the_link_is_opened_again(desk: Desk, opened: Opened) -> None:
    desk.until_asked()
    desk.set_clock(2024, 3, 20, 9)
    link = link_in(desk, "nomination_request", "host")
    page = opened(phone=True)
    page.goto(link)
    fill_row(page, 1, CELL)
    page.get_by_role("button", name="Thêm dòng").tap()
    page.locator("#venue-2").fill("Hội trường")
    page.wait_for_timeout(200)
    assert "Phòng họp" not in page.evaluate("JSON.stringify(localStorage)"), "it is sealed"
    again = page.context.new_page()
    page.close()
    again.goto(link)

    expect(again.locator("#restored")).to_contain_text("Đã khôi phục")
    expect(again.locator("#venue-1")).to_have_value(CELL["venue"])
    expect(again.locator("#venue-2")).to_have_value("Hội trường")
    is_sound(again)
    again.locator("#venue-2").fill("")
    again.get_by_role("button", name="Xem lại trước khi gửi").tap()
    again.get_by_role("button", name="Gửi danh sách").tap()
    expect(again.locator("h1")).to_have_text("Đã nhận, xin cảm ơn")
    again.wait_for_function("() => localStorage.length === 0")


def test_whoever_does_not_want_what_came_back_is_rid_of_it(desk: Desk, opened: Opened) -> None:
    desk.until_asked()
    page = opened(phone=True)
    page.goto(link_in(desk, "nomination_request", "host"))
    page.locator("#venue-1").fill("Hội trường")
    page.wait_for_timeout(200)
    page.reload()
    expect(page.locator("#venue-1")).to_have_value("Hội trường")

    page.get_by_role("button", name="Bỏ phần khôi phục").tap()
    expect(page.locator("#venue-1")).to_have_value("")
    assert page.evaluate("localStorage.length") == 0


def test_a_link_that_holds_no_longer_says_so_politely(desk: Desk, opened: Opened) -> None:
    desk.until_asked()
    page = opened(phone=True)
    page.goto(link_in(desk, "nomination_request", "host") + "x")

    expect(page.locator("h1")).to_have_text("Liên kết không dùng được")
    is_sound(page)


def fill_row(page: Page, number: int, row: dict[str, str]) -> None:
    """Type one organisation into that row, leaving each field as a thumb does."""
    for field, text in row.items():
        place = page.locator(f"#{field}-{number}")
        if field in ("org_type", "kind"):
            place.select_option(text)
        else:
            place.fill(text)
            place.blur()
