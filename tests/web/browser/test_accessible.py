"""Every page, for every role that opens it, wide and narrow: axe-core finds nothing serious, nothing is cut off."""

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page

from answers.incoming.acting import act
from config.settings import settings
from database import service_notes
from database.engine import writing
from database.models import LetterRow
from tests.desk import Desk
from tests.incoming import came
from tests.may import MAY
from tests.sheets.word_lists import document
from tests.web.browser.conftest import DESKTOP, PHONE, Opened
from tests.web.browser.looking import is_sound
from tests.web.browser.pages import CHAPTERS, ELSEWHERE, EVERYBODY, opened_by
from tests.web.desk.who_may import MAY_OPEN
from tests.web.drafted import begin_draft
from web.app import routes_of

_WHO_OPENS_WHAT = [
    pytest.param(role, chapter, paths, id=f"{role}, {chapter}")
    for role in EVERYBODY for chapter, paths in opened_by(role) if paths
]  # fmt: skip


def looks_right(page: Page, path: str) -> None:
    """Both on the screen of a desk and on that of a phone."""
    page.set_viewport_size(DESKTOP["viewport"])
    answer = page.goto(path)
    assert answer, path
    assert answer.status < 400 or path == "/khong-co", f"{path}: {answer.status}"
    assert page.locator("h1").count() == 1, path
    is_sound(page)
    page.set_viewport_size(PHONE["viewport"])
    is_sound(page)


def test_no_page_is_forgotten(site: FastAPI) -> None:
    known = {one.pattern for pages in CHAPTERS.values() for one in pages} | ELSEWHERE

    assert {route.path for route in routes_of(site) if "GET" in route.methods} == known


def test_nobody_who_may_open_a_page_is_forgotten() -> None:
    walked: dict[str, set[str]] = {}
    for page in (one for pages in CHAPTERS.values() for one in pages):
        walked.setdefault(page.pattern, set()).update(page.roles)

    forgotten = {path: set(may) - walked[path] for path, may in MAY_OPEN.items() if path in walked}
    assert {path: roles for path, roles in forgotten.items() if roles} == {}


@pytest.mark.parametrize(("role", "chapter", "paths"), _WHO_OPENS_WHAT)
def test_every_page_is_sound_for_everybody_who_opens_it(
    desk: Desk, opened: Opened, role: str, chapter: str, paths: list[str]
) -> None:
    begin_draft() if chapter == "drafted" else getattr(desk, chapter)()
    if chapter == "until_listed":
        act(came([("danh-sach.docx", "application/x", document())], text="Kính gửi danh sách của đơn vị."))
    page = opened(role)
    for path in paths:
        looks_right(page, path)


def test_the_pages_before_one_is_signed_in_and_those_that_are_not_there_are_sound(desk: Desk, opened: Opened) -> None:
    assert desk.key == MAY
    page = opened()
    looks_right(page, "/dang-nhap")
    looks_right(opened("viewer"), "/khong-co")


def test_a_refused_sign_in_is_said_on_a_sound_page(desk: Desk, opened: Opened) -> None:
    desk.until_listed()
    page = opened()
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("ai-do")
    page.get_by_label("Mật khẩu").fill("sai")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    is_sound(page)


def test_a_service_that_is_not_well_is_said_on_a_sound_page(desk: Desk, opened: Opened) -> None:
    desk.until_asked()
    with writing(settings().database) as session:
        service_notes.note(session, "server", "việc xếp lịch (schedule_deployments) của máy chủ lỗi liên tiếp")
        session.query(LetterRow).one().state = "held"
    page = opened("leader")

    looks_right(page, "/nam/2024")

    banner = page.get_by_role("status").filter(has_text="Dịch vụ cần được xem lại")
    assert banner.is_visible()
    assert banner.get_by_role("link", name="Mở sổ thư").is_visible()
