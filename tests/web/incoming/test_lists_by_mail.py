"""A list that came by mail: seen as it was understood, taken with one look, once, from the day it came (R62, A4)."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from answers.incoming.acting import act
from domain.incoming import MailState
from domain.plan import Plan
from tests.desk import Desk
from tests.incoming import Sent, came, row_of
from tests.may import MAY
from tests.sheets.word_lists import document
from tests.web.conftest import PEOPLE, AsRole, Visitor
from tests.web.lists import ROW, filled_form

VISIT = f"/chuyen/{MAY}"
OFFICER = PEOPLE["officer"][0]


def xlsx(plan: Plan, name: str = "danh-sach.xlsx", **differs: str) -> Sent:
    return name, "application/x", filled_form(plan, {**ROW, **differs})


@pytest.fixture
def waiting(asked: Desk) -> Desk:
    """The host was asked, its letter went out; it is 20/3/2024 and the visit waits for the list."""
    asked.postman_calls()
    asked.go_on()
    return asked


def arrived(*files: Sent, **differs: Any) -> int:
    """A message that a rule has looked at."""
    number = came(files, **differs)
    act(number)
    return number


# A list becomes an answer


def opened(officer: Visitor, number: int, file: int = 1) -> httpx.Response:
    return officer.post(f"{VISIT}/de-cu", {"do": "mail", "mail": number, "mail_file": file})


def carried(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text.split("actions-form")[1]))


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_list_is_seen_as_it_was_understood_and_taken_with_one_look(
    waiting: Desk, as_role: AsRole, plan: Plan, ending: str
) -> None:
    came_at = waiting.set_clock(2024, 3, 20, 10)
    files = {"xlsx": xlsx(plan), "docx": ("danh-sach.docx", "application/x", document())}
    number = arrived(files[ending], at=came_at)
    waiting.set_clock(2024, 4, 25, 9)
    officer = as_role("officer")
    assert f'value="mail">Xem danh sách trong danh-sach.{ending}<' in officer.get(f"/thu-den/{number}").text

    preview = opened(officer, number)
    assert preview.status_code == 200, preview.text
    assert "Chi bộ Trường THPT Mẫu" in preview.text
    assert "đúng hạn" in preview.text, "by the day it came, although it is looked at a month later"
    assert waiting.answers("nominations") == []
    answer = officer.post(f"{VISIT}/de-cu", {**carried(preview.text), "do": "confirm"})

    assert answer.status_code == 303, answer.text
    (taken,) = waiting.answers("nominations")
    assert (taken.by, taken.source, taken.content["received_on"]) == (OFFICER, "mail", "2024-03-20")
    row = row_of(number)
    assert (row.state, row.settled_by) == (MailState.DONE, OFFICER)
    visit = officer.get(VISIT).text
    assert "Thư đến" in visit
    assert f'href="/thu-den/{number}"' in visit
    assert "Xử lý thư đến: nhận danh sách giới thiệu" in visit


def test_sent_twice_or_by_two_officers_it_is_one_answer(waiting: Desk, as_role: AsRole, plan: Plan) -> None:
    number = arrived(xlsx(plan))
    first, second = as_role("officer"), as_role("officer", "khac", name="Bùi Thị Khác", email="")
    mine, theirs = (carried(opened(one, number).text) for one in (first, second))

    assert first.post(f"{VISIT}/de-cu", {**mine, "do": "confirm"}).status_code == 303
    again = first.post(f"{VISIT}/de-cu", {**mine, "do": "confirm"})
    late = second.post(f"{VISIT}/de-cu", {**theirs, "do": "confirm"})

    assert len(waiting.answers("nominations")) == 1
    assert late.status_code == 422
    assert f"{OFFICER} đã xử lý thư này lúc" in late.text
    assert again.status_code in (303, 422)


def test_a_newer_list_by_link_is_not_covered_unseen(waiting: Desk, as_role: AsRole, plan: Plan) -> None:
    number = arrived(xlsx(plan))
    officer = as_role("officer")
    form = carried(opened(officer, number).text)
    waiting.nominate()

    answer = officer.post(f"{VISIT}/de-cu", {**form, "do": "confirm"})

    assert answer.status_code == 422
    assert "đã trả lời lúc" in answer.text
    assert row_of(number).state == MailState.OPEN
    assert len(waiting.answers("nominations")) == 1


def test_a_day_before_that_of_the_message_is_not_taken_silently(waiting: Desk, as_role: AsRole, plan: Plan) -> None:
    number = arrived(xlsx(plan))
    officer = as_role("officer")
    form = carried(opened(officer, number).text)

    preview = officer.post(f"{VISIT}/de-cu", {**form, "do": "preview", "received_on": "18/3/2024"})

    assert waiting.answers("nominations") == []
    assert "sớm hơn ngày thư đến (20/3/2024)" in preview.text or "sớm hơn ngày thư đến (20/03/2024)" in preview.text


def test_a_scan_is_shown_beside_the_form_that_is_typed_by_hand(waiting: Desk, as_role: AsRole) -> None:
    number = arrived(("quet.pdf", "application/pdf", b"%PDF-1.7"), ("anh.jpg", "image/jpeg", b"\xff\xd8\xff"),
                     at=waiting.set_clock(2024, 3, 20, 9) - timedelta(days=2))  # fmt: skip
    officer = as_role("officer")
    assert f'href="{VISIT}/de-cu?thu={number}"' in officer.get(f"/thu-den/{number}").text

    form = officer.get(f"{VISIT}/de-cu?thu={number}").text

    assert f'href="/thu-den/{number}/tep/1"' in form
    assert f'src="/thu-den/{number}/anh/2.png"' in form
    assert "Kính gửi danh sách của đơn vị." in form
    assert f'name="mail" value="{number}"' in form
    assert re.search(r'name="received_on"[^>]*value="18/0?3/2024"', form), "the day it came"


@pytest.mark.parametrize(
    ("file", "word"),
    [
        (("a.xlsx", "application/x", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")), "mật khẩu"),
        (("a.docx", "application/x", b"x"), "không phải tệp Word"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_stays(waiting: Desk, as_role: AsRole, file: Sent, word: str) -> None:
    number = arrived(file)

    preview = opened(as_role("officer"), number)

    assert preview.status_code == 422
    assert word in preview.text
    assert waiting.answers("nominations") == []
    assert row_of(number).state == MailState.OPEN


def test_a_message_of_another_unit_or_one_that_is_not_there_gives_nothing(
    waiting: Desk, as_role: AsRole, plan: Plan
) -> None:
    other = arrived(xlsx(plan), visit="2024-02/nhon_trach")
    officer = as_role("officer")

    for number in (other, 999, 10**12):
        assert 'name="mail"' not in officer.get(f"{VISIT}/de-cu?thu={number}").text
        officer.post(f"{VISIT}/de-cu", {"do": "mail", "mail": number, "mail_file": 1})
    assert waiting.answers("nominations") == []
    assert row_of(other).state == MailState.OPEN
