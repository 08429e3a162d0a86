"""At the desk a clerk corrects what an issued document bears; he reads every letter before it goes (F22)."""

import re

import pytest

from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import AsRole

VISIT = f"/chuyen/{MAY}"
FORM, NOTICE = f"{VISIT}/dinh-chinh/notice", f"{VISIT}/phat-hanh/notice"
RIGHT = {"number": "82", "issued_on": "22/3/2024", "signer_name": "Nguyễn Văn Khác", "reason": "nhầm dòng trong sổ"}


@pytest.fixture
def issued(desk: Desk) -> Desk:
    """80-TB went out; it is 25/3/2024."""
    desk.until_issued()
    desk.set_clock(2024, 3, 25, 9)
    return desk


def test_the_visit_leads_clerks_alone_to_the_form_which_shows_what_stands_now(issued: Desk, as_role: AsRole) -> None:
    assert issued.key == MAY
    clerk = as_role("clerk")
    assert f'href="{FORM}"' in clerk.get(VISIT).text
    assert f'href="{FORM}"' in clerk.get(NOTICE).text
    assert f'href="{FORM}"' not in as_role("leader").get(VISIT).text
    page = clerk.get(FORM).text
    assert "80-TB/BTCTU" in page
    assert 'value="22/3/2024"' in page


def test_first_every_letter_is_read_then_the_correction_is_made(issued: Desk, as_role: AsRole) -> None:
    clerk = as_role("clerk")
    assert 'value="confirm"' not in clerk.get(FORM).text

    looked = clerk.post(FORM, RIGHT | {"do": "look"})
    assert looked.status_code == 200
    assert "Số: đã ghi 80-TB/BTCTU; đúng là 82-TB/BTCTU" in looked.text
    assert 'value="confirm"' in looked.text
    assert 'value="nhầm dòng trong sổ"' in looked.text or "nhầm dòng trong sổ</textarea>" in looked.text
    assert [row.number for row in issued.documents("selection_notice")] == [80]

    done = clerk.post(FORM, RIGHT | {"do": "confirm"})
    assert "Đã đính chính: số 82-TB/BTCTU" in clerk.follow(done).text
    assert [row.number for row in issued.documents("selection_notice")] == [82]
    assert "Đính chính thông báo dự sinh hoạt" in clerk.get(VISIT).text


def test_the_register_shows_both_numbers(issued: Desk, as_role: AsRole) -> None:
    assert issued.key == MAY
    clerk = as_role("clerk")
    clerk.post(FORM, RIGHT | {"do": "confirm"})

    page = re.sub(r"<[^>]+>|\s+", " ", clerk.get("/so-van-ban").text)
    assert "cấp nhầm, đã đính chính" in page
    assert "80-TB/BTCTU → 82-TB/BTCTU" in page


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(issued: Desk, as_role: AsRole) -> None:
    clerk = as_role("clerk")
    refused = clerk.post(FORM, RIGHT | {"issued_on": "01/4/2024", "do": "look"})
    assert refused.status_code == 422
    assert "chưa tới" in refused.text
    assert 'value="82"' in refused.text
    assert not issued.letters("document_corrected")


def test_of_what_is_not_issued_and_of_the_plan_there_is_no_form(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    clerk = as_role("clerk")
    assert clerk.get(FORM).status_code == 404
    assert clerk.get("/nam/2024/tong-hop/dinh-chinh/plan").status_code == 404


def test_before_the_issue_each_letter_is_shown_word_by_word_folded_by_recipient(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    clerk = as_role("clerk")
    looked = clerk.post(NOTICE, {"do": "look", "number": "80", "issued_on": "21/3/2024"})

    assert looked.status_code == 200
    assert "Số 80-TB/BTCTU" in looked.text
    folded = looked.text.partition('id="letters-ahead"')[2].partition("</section>")[0]
    assert folded.count("<details>") == folded.count("</details>") >= 2
    assert "/tra-loi/" not in folded or "[khóa-riêng-của-người-nhận]" in folded
    assert [row.state for row in desk.documents("selection_notice")] == ["draft"]
    assert not desk.letters("selection_notice")
