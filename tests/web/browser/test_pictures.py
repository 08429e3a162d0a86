"""The pictures of the desk in the documentation: drawn anew by `make pictures`, else only tried."""

import os
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from answers.incoming.acting import act
from benchmarks.desk_crowd import fill
from config.settings import ROOT, settings
from database.engine import engine_for, writing
from database.schema import prepare
from domain.dates import at
from domain.incoming import MailKind, Trust
from domain.plan import Contacts, Plan
from tests.desk import Desk
from tests.incoming import came
from tests.mail_that_came import bounce, deal_with
from tests.mail_that_came import came as said
from tests.scans.pdfs import pdf
from tests.web.browser.conftest import Opened
from tests.web.browser.pages import VISIT
from tests.web.letters_links import link_in
from tests.web.lists import ROW, filled_form

#: Where pictures are kept; a run of tests that was not asked for them leaves no trace. Read before tests empty it.
_KEPT = os.environ.get("VISITS_PICTURES", "")
_MOST = 200 * 1024


def draw(page: Page, path: str, name: str, folder: Path, *, above: str = "") -> None:
    """A picture of the screen, with that element at the top of it."""
    page.goto(path)
    if above:
        page.locator(above).first.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top + scrollY - 70)")
    page.wait_for_function("Array.from(document.images).every((one) => one.complete || one.loading === 'lazy')")
    page.wait_for_load_state("networkidle")
    keep(page, f"desk-{name}", folder)


def keep(page: Page, name: str, folder: Path) -> None:
    """The page as it is now, where it was asked for; else in that folder."""
    file = (ROOT / _KEPT if _KEPT else folder) / f"{name}.png"
    page.screenshot(path=file, animations="disabled", caret="hide")
    assert file.stat().st_size <= _MOST, f"{file.name} has {file.stat().st_size // 1024} KB"


def test_the_year_in_the_middle_of_it(
    desk: Desk, opened: Opened, shipped: tuple[Plan, Contacts], tmp_path: Path
) -> None:
    assert desk.today == date(2024, 1, 3)
    engine_for(settings().database).dispose()
    (settings().folder / "visits.db").unlink()
    prepare(settings().database)
    with writing(settings().database) as session:
        fill(session, *shipped, range(2024, 2025), at(date(2024, 5, 31), 7))

    draw(opened("officer"), "/nam/2024", "year", tmp_path)
    draw(opened("officer", phone=True), "/nam/2024", "year-phone", tmp_path)


def test_the_choice(desk: Desk, opened: Opened, tmp_path: Path) -> None:
    desk.until_listed()
    draw(opened("leader"), f"{VISIT}/chon", "choice", tmp_path)
    draw(opened("leader", phone=True), "/viec-cua-toi", "tasks-phone", tmp_path)


def test_what_came_by_mail(desk: Desk, opened: Opened, plan: Plan, tmp_path: Path) -> None:
    desk.until_asked()
    desk.postman_calls()
    desk.go_on()
    desk.set_clock(2024, 3, 20, 10)
    number = what_came(desk, plan)
    page = opened("officer")
    draw(page, "/thu-den", "mail", tmp_path)
    draw(page, f"/thu-den/{number}", "message", tmp_path)
    page.get_by_role("button", name="Xem danh sách").click()
    expect(page.locator("#preview > li")).to_have_count(2)
    page.evaluate("scrollTo(0, 0)")
    keep(page, "desk-list-by-mail", tmp_path)
    draw(opened("officer", phone=True), f"/thu-den/{number}", "message-phone", tmp_path)


def what_came(desk: Desk, plan: Plan) -> int:
    """A morning's mail, the list of the host last; its number."""
    request = desk.letters()[0]
    deal_with(
        bounce(
            (request.addresses[1], "452 4.2.2 mailbox full"),
            for_good=False,
            subject="Delayed Mail (still being retried)",
        ),
        request,
    )
    away = {"back_on": date(2024, 3, 25), "subject": "Trả lời tự động: Thông báo dự sinh hoạt"}
    deal_with(said(MailKind.ABSENCE, "thanh-vien-1@to-cong-tac.example", "Hoàng Văn Mẫu", **away), request)
    act(came(sender="ban-doc@bao-chi.example", subject="Xin hỏi lịch tiếp công dân", visit="", trust=Trust.UNKNOWN))
    second = {**ROW, "B": "Chi bộ khu phố Mẫu Hai", "E": "16/5/2024", "H": "Thường kỳ", "I": ""}
    files = [("Danh sách tháng 5.xlsx", "application/x", filled_form(plan, ROW, second)),
             ("Danh sách có dấu.pdf", "application/pdf", pdf())]  # fmt: skip
    text = "Kính gửi Ban Tổ chức Tỉnh ủy danh sách tổ chức đảng sinh hoạt tháng 5 của Đảng bộ thành phố Biên Hòa."
    number = came(files, subject=f"Re: {request.subject}", letter=request.id, text=text)
    act(number)
    return number


def test_a_visit_and_the_issue_of_its_notice(desk: Desk, opened: Opened, tmp_path: Path) -> None:
    desk.until_chosen()
    draw(opened("clerk"), f"{VISIT}/phat-hanh/notice", "issue", tmp_path)
    draw(opened("officer"), VISIT, "visit", tmp_path)
    draw(opened("officer", phone=True), VISIT, "visit-phone", tmp_path)


def test_what_is_answered_from_outside(desk: Desk, opened: Opened, tmp_path: Path) -> None:
    desk.until_met()
    draw(opened("inspector", phone=True), f"{VISIT}/ket-qua", "findings-phone", tmp_path, above="#checklist")
    draw(opened(phone=True), link_in(desk, "findings_request", "inspector:1"), "link-phone", tmp_path)


def test_what_the_year_asks_for_beside_the_visits(desk: Desk, opened: Opened, tmp_path: Path) -> None:
    desk.until_year_end()
    draw(opened("officer"), "/nam/2024/bao-cao/long_thanh/xem-xet", "report", tmp_path)
    draw(opened("leader"), "/nam/2024/tong-hop", "summary", tmp_path)
