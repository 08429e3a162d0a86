"""A copy of a page goes when its visit gets a mark, when its link holds no longer, and when its time is over (0045)."""

import pytest
from playwright.sync_api import Error, Page, expect
from sqlalchemy import select

from answers.links import revoke
from config.settings import settings
from database.engine import reading, writing
from database.links import LinkRow
from database.models import DocumentRow
from tests.desk import Desk
from tests.may import MAY, OFFICER
from tests.web.browser.conftest import Opened
from tests.web.browser.test_no_network import FORM, by_link, kept_here, without_network

SCORES = f"/chuyen/{MAY}/cham-diem/1"
#: Every copy here is four days older than it was.
GROW_OLD = """async () => {
  for (const name of await caches.keys()) {
    const kept = await caches.open(name);
    for (const request of await kept.keys()) {
      const found = await kept.match(request);
      const date = new Date(Date.parse(found.headers.get("date")) - 96 * 3600000).toUTCString();
      const headers = { ...Object.fromEntries(found.headers), date };
      await kept.put(request, new Response(await found.text(), { headers }));
    }
  }
}"""


def mark_the_visit(desk: Desk) -> None:
    """Its notice is marked after all."""
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"


def take_the_link_back() -> None:
    """The inspector's, by which he gives findings."""
    mine = select(LinkRow).where(LinkRow.purpose == "findings", LinkRow.recipient == "inspector:1")
    with reading(settings().database) as session:
        (row,) = session.scalars(mine)
    revoke(MAY, row.id, OFFICER)


def nothing_is_kept(page: Page) -> None:
    """No copy, no worker; `wait_for_function` would take the promise for the answer."""
    for _ in range(50):
        workers = page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")
        if not (kept_here(page) or workers):
            return
        page.wait_for_timeout(100)
    assert kept_here(page) == []
    assert workers == 0


@pytest.mark.parametrize(
    ("address", "opened_again"),
    [(FORM, FORM), (SCORES + "?phieu=vi_du_42hd_chi_tiet", SCORES + "?phieu=vi_du_42hd_chi_tiet"),
     (SCORES + "?phieu=vi_du_42hd_chi_tiet", SCORES)],
)  # fmt: skip
def test_a_copy_goes_when_the_visit_has_got_a_mark(desk: Desk, opened: Opened, address: str, opened_again: str) -> None:
    desk.until_met()
    page = opened("inspector", phone=True)
    page.goto(address)
    page.get_by_role("button", name="Giữ trên máy này").click()
    expect(page.locator("#offline")).to_contain_text("được giữ trên máy này đến")
    mark_the_visit(desk)

    page.goto(opened_again)

    expect(page.locator("#offline")).to_have_count(0)
    nothing_is_kept(page)


def test_nothing_stays_of_a_link_taken_back_when_all_was_sent(desk: Desk, opened: Opened) -> None:
    page, link = by_link(desk, opened)
    take_the_link_back()

    page.goto(link)

    expect(page.locator("h1")).to_have_text("Liên kết không dùng được")
    nothing_is_kept(page)
    expect(page.locator("#not-sent")).to_be_hidden()


def test_what_is_shown_of_a_link_taken_back_goes_after_72_hours(desk: Desk, opened: Opened) -> None:
    page, link = by_link(desk, opened)
    page = without_network(page, link)
    page.locator("[name=limitation-1]").fill("Sổ nghị quyết ghi vắn tắt")
    page.wait_for_timeout(200)
    take_the_link_back()
    page.context.set_offline(False)
    page.goto(link)
    expect(page.locator("#not-sent")).to_contain_text("Sổ nghị quyết ghi vắn tắt")
    assert kept_here(page)

    page.evaluate(GROW_OLD)
    page.goto(link)

    nothing_is_kept(page)
    expect(page.locator("#not-sent")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_a_copy_laid_aside_goes_after_72_hours_without_a_network_too(desk: Desk, opened: Opened) -> None:
    """As `closed.js` lays it aside, under an address at which nothing opens."""
    page, link = by_link(desk, opened)
    page.evaluate("""async () => {
      const [name] = await caches.keys();
      const kept = await caches.open(name);
      const [one] = (await kept.keys()).filter((request) => new URL(request.url).pathname === location.pathname);
      await kept.put(location.pathname + "/ban-giu", await kept.match(one));
      await kept.delete(one);
    }""")
    page.evaluate(GROW_OLD)
    page.context.set_offline(True)

    with pytest.raises(Error):
        page.goto(link)

    page.context.set_offline(False)
    page.goto("/dang-nhap")
    assert kept_here(page) == []
