"""At the desk a clerk corrects what an issued document bears; he reads every letter before it goes (F22)."""

import re
from datetime import date

import pytest

from config.settings import settings
from database.engine import reading
from database.models import AuditRow
from tests.desk import Desk
from tests.may import MAY
from tests.signed_sheets import signed_sheet
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


def test_a_doubtful_signed_file_needs_a_reason_of_its_own(issued: Desk, as_role: AsRole) -> None:
    """Why the number was wrong does not say why a sheet that nobody signed is mailed."""
    clerk = as_role("clerk")
    doubtful = signed_sheet(MAY, "notice", "82-TB/BTCTU", date(2024, 3, 22))
    assert "signed_reason" not in clerk.get(FORM).text
    looked = clerk.post(FORM, RIGHT | {"do": "look"}, files={"signed": ("ky.pdf", doubtful, "application/pdf")})

    assert looked.status_code == 422
    assert 'id="signed-problem-1"' in looked.text
    assert "Vì sao vẫn dùng tệp này" in looked.text
    assert not issued.letters("document_corrected")

    kept = {"upload": looked.text.split('name="upload" value="')[1].split('"')[0]}
    silent = clerk.post(FORM, RIGHT | kept | {"do": "confirm"})
    assert (silent.status_code, issued.answers("correction")) == (422, [])
    said = RIGHT | kept | {"signed_reason": "Chứng thư mới cấp tuần trước"}
    again = clerk.post(FORM, said | {"do": "look"})
    assert again.status_code == 200, again.text
    assert "Chứng thư mới cấp tuần trước</textarea>" in again.text
    clerk.follow(clerk.post(FORM, said | {"do": "confirm"}))
    with reading(settings().database) as session:
        (line,) = (row for row in session.query(AuditRow) if row.what == "nhận bản ký của 82-TB/BTCTU")
    assert line.details["doubts"]
    assert line.details["reason"] == "Chứng thư mới cấp tuần trước"


def test_a_look_at_invitations_before_their_notice_says_that_nothing_goes_yet(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    looked = as_role("clerk").post(
        f"{VISIT}/phat-hanh/invitation", {"do": "look", "number": "31", "issued_on": "21/3/2024"}
    )
    assert looked.status_code == 200
    assert "Giấy mời chỉ đi sau thông báo" in looked.text
    assert not desk.letters("invitation")


def test_after_a_renumbering_the_story_tells_the_first_issue_as_well(issued: Desk, as_role: AsRole) -> None:
    clerk = as_role("clerk")
    clerk.post(FORM, RIGHT | {"do": "confirm"})
    clerk.post(FORM, RIGHT | {"number": "83", "do": "confirm"})
    assert [row.number for row in issued.documents("selection_notice")] == [83]
    assert "Phát hành thông báo dự sinh hoạt số 80-TB/BTCTU" in clerk.get(VISIT).text


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
