"""Held letters: a look at who would get what, then several go at once; nothing is ever said to have left (P3)."""

import re

import pytest

from config.settings import Smtp, settings, use
from database.engine import writing
from database.models import DocumentRow, LetterRow
from tests.desk import Desk
from tests.letter_states import put
from tests.may import MAY
from tests.web.conftest import AsRole

PAGE = "/thu/dang-giu"


@pytest.fixture
def holding(desk: Desk) -> Desk:
    """The notice and its invitations are written, and held: there is no mail server."""
    desk.until_signed()
    with writing(settings().database) as session:
        for letter in session.query(LetterRow).filter(LetterRow.state == "queued"):
            put(letter, "held")
    use(settings().model_copy(update={"mode": "live"}))
    return desk


def with_server() -> None:
    use(settings().model_copy(update={"smtp": Smtp(host="mail.example")}))


def ticked(text: str) -> list[str]:
    return re.findall(r'name="thu" value="(\d+)" id="[^"]+" checked', text)


def test_without_a_mail_server_the_page_says_what_is_missing_and_has_no_button(holding: Desk, as_role: AsRole) -> None:
    officer = as_role("officer")
    page = officer.get(PAGE)

    assert page.status_code == 200
    assert "VISITS_SMTP__HOST" in page.text
    assert "Cho gửi các thư đã đánh dấu" not in page.text
    refused = officer.post(PAGE, {"thu": ticked(page.text)})
    assert refused.status_code == 422
    assert "Chưa đặt máy chủ thư" in refused.text
    assert 'id="held-letters"' in refused.text
    assert 'href="#held-letters"' in refused.text
    assert {letter.state for letter in holding.letters("invitation")} == {"held"}


def test_every_page_says_that_letters_are_held(holding: Desk, as_role: AsRole) -> None:
    assert holding.letters()
    for role, url in (("viewer", "/nam/2024"), ("leader", f"/chuyen/{MAY}"), ("officer", "/viec-cua-toi")):
        text = as_role(role).get(url).text
        assert '<aside class="letters-held" aria-label="Đang giữ thư">' in text
    with_server()
    assert "Đang giữ thư." not in as_role("viewer").get("/nam/2024").text


def test_all_that_are_ticked_go_at_once(holding: Desk, as_role: AsRole) -> None:
    with_server()
    officer = as_role("officer")
    page = officer.get(PAGE).text
    numbers = ticked(page)
    assert len(numbers) == len([one for one in holding.letters() if one.state == "held"]) > 5
    assert "van-phong@tinh-uy.example" in page, "who would get it"

    answer = officer.post(PAGE, {"thu": numbers[1:]})

    assert answer.status_code == 303
    assert {str(one.id): one.state for one in holding.letters() if one.state in ("held", "queued")} == {
        numbers[0]: "held", **dict.fromkeys(numbers[1:], "queued"),
    }  # fmt: skip


def test_they_are_narrowed_by_visit_and_by_purpose(holding: Desk, as_role: AsRole) -> None:
    officer = as_role("officer")

    invitations = ticked(officer.get(f"{PAGE}?loai=invitation&chuyen={MAY}").text)
    assert [int(one) for one in invitations] == [letter.id for letter in holding.letters("invitation")]
    assert ticked(officer.get(f"{PAGE}?chuyen=khong-co").text) == ticked(officer.get(PAGE).text)


def test_what_is_secret_is_not_among_them(holding: Desk, as_role: AsRole) -> None:
    with writing(settings().database) as session:
        session.get_one(DocumentRow, holding.documents("selection_notice")[-1].id).secrecy = "MẬT"

    assert "Không có thư nào đang giữ" in as_role("officer").get(PAGE).text


@pytest.mark.usefixtures("holding")
def test_a_letter_that_was_let_go_meanwhile_stays_as_it_is_and_is_named(as_role: AsRole) -> None:
    with_server()
    officer = as_role("officer")
    numbers = ticked(officer.get(PAGE).text)
    officer.post(PAGE, {"thu": numbers[:1]})

    answer = officer.follow(officer.post(PAGE, {"thu": numbers}))

    assert f"Đã cho gửi {len(numbers) - 1} thư." in answer.text
    assert f"Để lại thư {numbers[0]}: đang ở trạng thái “chờ gửi”" in answer.text
    assert officer.post(PAGE, {}).status_code == 422


@pytest.mark.usefixtures("holding")
def test_what_was_left_is_told_in_the_desks_own_words(as_role: AsRole) -> None:
    """A letter that there is not: its remedy is a command, and nobody at the desk has one."""
    with_server()
    officer = as_role("officer")
    numbers = ticked(officer.get(PAGE).text)

    said = officer.follow(officer.post(PAGE, {"thu": [numbers[0], "999999"]})).text

    assert "Đã cho gửi 1 thư. Để lại thư 999999: không có." in said
    assert "visits letters" not in said


def test_what_was_unticked_stays_so_when_nothing_could_go(holding: Desk, as_role: AsRole) -> None:
    officer = as_role("officer")
    numbers = ticked(officer.get(PAGE).text)

    refused = officer.post(PAGE, {"thu": numbers[2:]})

    assert holding.letters()
    assert ticked(refused.text) == numbers[2:]
