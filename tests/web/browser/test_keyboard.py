"""The desk by keyboard alone: Tab reaches every control, one sees where one is, Enter and Space act as a click."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from answers.accounts import add
from config.settings import settings
from database.engine import writing
from tests.desk import Desk
from tests.may import MAY
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound
from tests.web.browser.pages import CHAPTERS
from tests.web.conftest import PASSWORD
from tests.web.drafted import begin_draft
from tests.web.letters_links import link_in

#: What one can do something with; of radio buttons that belong together Tab reaches one.
_CONTROLS = """() => {
  const found = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  window.passed = [];
  const kept = Array.from(found).filter((one) => !one.disabled && one.type !== "hidden" && one.tabIndex >= 0
    && one.checkVisibility({visibilityProperty: true}));
  kept.forEach((one, place) => {
    one.dataset.place = one.type === "radio" ? "radio " + one.name : place + " " + one.outerHTML.slice(0, 90);
  });
  const marked = (one) => one && !["none", "hidden"].includes(getComputedStyle(one).outlineStyle)
    && getComputedStyle(one).outlineWidth !== "0px";
  document.addEventListener("focusin", (event) => {
    const one = event.target, box = one.getBoundingClientRect();
    const corners = [[.5, .5], [.1, .5], [.9, .5], [.5, .15], [.5, .85]].map(
      ([x, y]) => document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
    window.passed.push({
      place: one.dataset.place || one.tagName,
      seen: marked(one) || (one.type === "radio" && marked(one.nextElementSibling)),
      clear: corners.some((over) => over && (over === one || one.contains(over) || over.contains(one)
        || over.htmlFor === one.id)),
    });
  });
  return Array.from(new Set(kept.map((one) => one.dataset.place)));
}"""

#: Each page once, by somebody who may open it.
_PAGES = [
    pytest.param(chapter, [(one.roles[0], one.path) for one in pages], id=chapter)
    for chapter, pages in CHAPTERS.items()
]


def tab_through(page: Page) -> tuple[list[str], list[dict[str, Any]]]:
    """The controls of a page, and where Tab has led from the top of it until it left the page."""
    controls: list[str] = page.evaluate(_CONTROLS)
    for _ in range(len(controls) + 5):
        page.keyboard.press("Tab")
    passed: list[dict[str, Any]] = page.evaluate("window.passed")
    return controls, passed


@pytest.mark.parametrize(("chapter", "pages"), _PAGES)
def test_tab_reaches_every_control_and_one_sees_where_one_is(
    desk: Desk, opened: Opened, chapter: str, pages: list[tuple[str, str]]
) -> None:
    begin_draft() if chapter == "drafted" else getattr(desk, chapter)()
    people: dict[str, Page] = {}
    for role, path in pages:
        if role not in people:
            people[role] = opened(role)
        page = people[role]
        page.goto(path)
        leads_everywhere(page)


def leads_everywhere(page: Page) -> None:
    """Tab does, from the top of the page, the skip link first; what it leads to is marked and not covered."""
    controls, passed = tab_through(page)
    reached = [one["place"] for one in passed]
    assert [one for one in controls if one not in reached] == [], page.url
    assert "#noi-dung" in reached[0], f"{page.url}: the skip link comes first"
    assert [one["place"] for one in passed if not one["seen"]] == [], page.url
    assert [one["place"] for one in passed if not one["clear"]] == [], page.url


def test_tab_reaches_every_control_without_an_account(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    page = opened()
    for link in (link_in(desk, "nomination_request", "host"), link_in(desk, "findings_request", "inspector:1")):
        page.goto(link)
        leads_everywhere(page)


def test_the_skip_link_leads_past_the_menu(desk: Desk, opened: Opened) -> None:
    desk.until_listed()
    page = opened("officer")
    page.goto(f"/chuyen/{MAY}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("phone", [False, True])
def test_the_menu_of_what_the_office_keeps_opens_by_keyboard(desk: Desk, opened: Opened, phone: bool) -> None:
    desk.until_listed()
    page = opened("clerk", phone=phone)
    page.goto("/viec-cua-toi")
    expect(page.get_by_role("link", name="Sổ số văn bản")).to_be_hidden()

    page.locator("summary", has_text="Quản trị").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Sổ số văn bản")).to_be_focused()
    is_sound(page)
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Sổ số văn bản")


def test_a_leader_signs_in_and_chooses_without_a_mouse(desk: Desk, opened: Opened) -> None:
    desk.until_listed()
    with writing(settings().database) as session:
        add(session, "leader", "Trần Thị Minh Họa", ["leader"], PASSWORD, "thử", must_change=False)
    page = opened()
    page.goto("/viec-cua-toi")
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    page.keyboard.type("leader")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Việc của tôi")
    tab_to(page, "Chọn nơi dự")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Chọn nơi dự, giám sát")
    tab_to(page, "1. Chi bộ Trường THPT Mẫu")
    page.keyboard.press("Space")
    tab_to(page, "Đã thống nhất với")
    page.keyboard.type("Thường trực Thành ủy")
    page.keyboard.press("Enter")

    expect(page.locator(".said")).to_contain_text("Đã ghi lựa chọn.")
    assert [answer.by for answer in desk.answers("choice")] == ["Trần Thị Minh Họa"]


def tab_to(page: Page, words: str, most: int = 60) -> None:
    """Press Tab until the control of that name has the focus."""
    name = "(one => (one.labels && one.labels[0] ? one.labels[0] : one).innerText || '')(document.activeElement)"
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in page.evaluate(name):
            return
    raise AssertionError(f"Tab does not lead to “{words}” on {page.url}")
