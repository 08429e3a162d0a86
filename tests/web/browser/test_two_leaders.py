"""Two leaders choose at the same moment: one choice counts, and the other leader is told whose."""

from playwright.sync_api import Page, Route, expect

from tests.desk import Desk
from tests.may import MAY
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound


def test_of_two_leaders_at_once_exactly_one_wins_and_the_other_is_told(desk: Desk, opened: Opened) -> None:
    desk.until_listed()
    first, second = opened("leader"), opened("leader", login="leader2", name="Vũ Thị Thứ Hai", email="")
    for page, number in ((first, 1), (second, 2)):
        page.goto(f"/chuyen/{MAY}/chon")
        page.get_by_role("checkbox", name=f"{number}. ").check()
        page.get_by_label("Đã thống nhất với").fill("Thường trực Thành ủy")
    second.get_by_text("Chọn khi không có chi bộ chuyên đề").click()
    second.get_by_label("Lý do ngoại lệ").fill("Đơn vị hoãn buổi chuyên đề")

    at_once(first, second)

    told = {page: page.locator("main").inner_text() for page in (first, second)}
    (winner,) = [page for page, text in told.items() if "Đã ghi lựa chọn" in text]
    (loser,) = [page for page in told if page is not winner]
    name = "Trần Thị Minh Họa" if winner is first else "Vũ Thị Thứ Hai"
    assert f"{name} đã chọn lúc" in told[loser]
    assert f"{name} đã chọn nơi dự lúc" in loser.locator("#problems").inner_text()
    expect(loser.get_by_label("Đã thống nhất với")).to_have_value("Thường trực Thành ủy")
    is_sound(loser)
    assert [answer.by for answer in desk.answers("choice")] == [name]


def at_once(*pages: Page) -> None:
    """Press every button, hold back what the browsers send until all of it is there, then let it go together."""
    held: list[Route] = []
    for page in pages:
        page.route("**/chon", lambda route: held.append(route))
        page.get_by_role("button", name="Ghi lựa chọn", exact=True).click(no_wait_after=True)
    while len(held) < len(pages):
        pages[0].wait_for_timeout(20)
    for route in held:
        route.continue_()
    for page in pages:
        page.locator(".said, #decided").first.wait_for()
