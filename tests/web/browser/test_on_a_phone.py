"""For a thumb: pickers, a part of the checklist at once, the year at today, ledgers that fold."""

from playwright.sync_api import expect

from tests.desk import Desk
from tests.may import MAY
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound


def test_a_day_is_picked_or_typed_and_stands_day_first(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    page = opened("inspector", phone=True)
    page.goto(f"/chuyen/{MAY}/ket-qua")
    field = page.locator("[name=attended_on]")
    picker = field.locator("xpath=..").locator(".picker > input")
    expect(field).to_have_value("14/5/2024")
    picker.dispatch_event("pointerdown")
    expect(picker).to_have_value("2024-05-14")

    picker.fill("2024-05-03")
    picker.dispatch_event("change")
    expect(field).to_have_value("03/05/2024")
    page.locator("[data-add=remedy-pattern]").first.tap()
    hour = page.locator("[data-time]").first
    hour.locator("xpath=..").locator(".picker > input").fill("09:05")
    expect(hour).to_have_value("09:05")
    expect(page.locator("#keeping")).to_contain_text("Đã lưu nháp")
    is_sound(page)


def test_with_a_mouse_days_are_typed_as_before(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    page = opened("inspector")
    page.goto(f"/chuyen/{MAY}/ket-qua")

    expect(page.locator(".picker").first).to_be_hidden()


def test_a_part_of_the_checklist_is_met_at_once_but_for_what_was_said_before(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    page = opened("inspector", phone=True)
    page.goto(f"/chuyen/{MAY}/ket-qua")
    part = page.locator("section", has=page.locator("#group-1"))
    items = part.locator("fieldset.item")
    items.first.get_by_label("Chưa đạt").check()

    part.get_by_role("button", name="Ghi “Đạt” cho mục chưa ghi").tap()
    expect(part.locator("input[value=met]:checked")).to_have_count(items.count() - 1)
    expect(part.locator("input[value=not_met]:checked")).to_have_count(1)
    expect(page.locator("#answered")).to_have_text(f"{items.count()}")
    expect(page.locator("#keeping")).to_contain_text("Đã lưu nháp")


def test_the_picture_of_the_year_opens_at_today(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    page = opened("officer", phone=True)
    page.goto("/nam/2024")

    box, today = page.locator(".year-box").bounding_box(), page.locator("line.today").bounding_box()
    assert box
    assert today
    assert box["x"] < today["x"] < box["x"] + box["width"]


def test_a_long_ledger_begins_with_ten_lines_on_a_phone_alone(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    page, wide = opened("officer", phone=True), opened("officer")
    page.goto("/nhat-ky")
    wide.goto("/nhat-ky")
    lines, every = page.locator("tbody > tr"), wide.locator("tbody > tr:visible").count()
    assert every == lines.count() > 10
    expect(page.locator("tbody > tr:visible")).to_have_count(10)
    is_sound(page)

    page.get_by_label("Hiện đủ").check()
    expect(page.locator("tbody > tr:visible")).to_have_count(every)
