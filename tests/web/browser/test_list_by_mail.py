"""A host answers the letter with a list: an officer finds it waiting, says what it is about, looks once, takes it."""

import pytest
from playwright.sync_api import expect

from answers.incoming.acting import act
from domain.incoming import MailState
from tests.desk import Desk
from tests.incoming import came, row_of
from tests.sheets.word_lists import document
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_list_in_word_becomes_the_answer_in_five_clicks(asked: Desk, opened: Opened, phone: bool) -> None:
    asked.postman_calls()
    asked.go_on()
    number = came([("danh-sach.docx", "application/x", document())], visit="")
    act(number)
    page = opened("officer", phone=phone)

    page.goto("/viec-cua-toi")
    page.get_by_role("link", name="Mở thư đến").click()
    page.get_by_role("link", name="Thư trả lời: Gửi danh sách").click()
    is_sound(page)
    page.get_by_role("button", name="2024-05").first.click()
    expect(page.get_by_role("status")).to_contain_text("kèm danh sách 02 tổ chức đảng")
    page.get_by_role("button", name="Xem danh sách trong danh-sach.docx").click()
    expect(page.locator("#preview > li")).to_have_count(2)
    expect(page.locator("#their-mail")).to_contain_text(f"thư đến số {number}")
    is_sound(page)
    assert asked.answers("nominations") == []
    page.get_by_role("button", name="Nhận danh sách này").click()

    expect(page.locator(".said")).to_contain_text("Đã nhận danh sách 02 tổ chức đảng")
    expect(page.locator("main")).to_contain_text("nhận danh sách giới thiệu từ thư này")
    is_sound(page)
    assert row_of(number).state == MailState.DONE
    assert len(asked.answers("nominations")) == 1
