"""What came back by mail, as the desk and the command line show it: letters given back, absences, who comes."""

from datetime import date

import pytest

from answers.incoming.acting import act
from domain.incoming import Attending
from tests.desk import Desk
from tests.mail_that_came import FULL, absence, bounce, calendar_reply, deal_with, store
from tests.may import MAY
from tests.web.conftest import AsRole

PAGE = f"/chuyen/{MAY}"
BODY, HOST = "van-phong@tinh-uy.example", "ban-thuong-vu@bien-hoa.example"


@pytest.fixture
def invited(desk: Desk) -> Desk:
    """The notice and the invitations went out."""
    desk.until_issued()
    return desk


def test_the_visit_the_ledger_and_the_letter_say_that_it_came_back_and_why(invited: Desk, as_role: AsRole) -> None:
    (letter,) = invited.letters("invitation", "body:party_office")
    deal_with(bounce(BODY), letter)
    officer = as_role("officer")

    page = officer.get(PAGE).text
    assert "1 đã trả lại</span>" in page
    assert "không có hộp thư này: 550 5.1.1 user unknown" in page
    assert "Thư bị trả lại" in page.split("Diễn biến</h2>")[1], "the story tells it"
    assert "đã trả lại</span>" in officer.get("/thu").text
    whole = officer.get(f"/thu/{letter.id}").text
    assert "Đã trả lại" in whole
    assert f"{BODY} trả lại thư" in whole
    assert "sửa địa chỉ rồi gửi lại" in whole
    assert 'action="/thu/' in whole
    assert "bị từ chối" not in whole.split("<main")[-1]


def test_what_settles_nothing_stands_beside_the_letter(invited: Desk, as_role: AsRole) -> None:
    (letter,) = invited.letters("selection_notice", "host")
    deal_with(bounce((HOST, FULL), for_good=False), letter)
    (other,) = invited.letters("invitation", "body:party_office")
    deal_with(absence(BODY, "Nguyễn Văn <b>Ví Dụ</b>", date(2024, 5, 2)), other)
    officer = as_role("officer")

    for text in (officer.get(PAGE).text, officer.get("/thu").text, officer.get(f"/thu/{letter.id}").text):
        assert f"Máy chủ nơi nhận của {HOST} vẫn đang thử" in text
    assert "Nguyễn Văn &lt;b&gt;Ví Dụ&lt;/b&gt; (van-phong@tinh-uy.example) báo vắng đến ngày 02/5/2024" in (
        officer.get(f"/thu/{other.id}").text
    )


def test_the_visit_shows_who_comes(invited: Desk, as_role: AsRole) -> None:
    deal_with(calendar_reply(MAY, 1, BODY, Attending.DECLINED, comment="bận họp"), None, invited.visit.id)

    page = as_role("leader").get(PAGE).text.split('id="ai-du"')[1].split("</section>")[0]

    assert page.count("<tr>") == 10
    assert 'không dự</span> <span class="soft">“bận họp”</span>' in page
    assert page.count("chưa trả lời") == 8


@pytest.mark.parametrize(
    ("role", "sees"), [("officer", True), ("admin", False), ("viewer", False), ("inspector", False)]
)
def test_what_somebody_writes_beside_his_answer_is_for_whoever_may_read_messages(
    invited: Desk, as_role: AsRole, role: str, sees: bool
) -> None:
    said = calendar_reply(MAY, 1, BODY, Attending.DECLINED, comment="đang điều trị")
    number = store(said, None, invited.visit.id)
    assert act(number) is not None
    reader = as_role(role)

    told = [reader.get(page) for page in (PAGE, "/thu-den", f"/thu-den/{number}", "/nhat-ky")]

    assert told[0].status_code == 200
    assert "không dự" in told[0].text
    assert any("đang điều trị" in page.text for page in told) is sees


def test_whoever_enters_who_came_sees_what_was_answered_before(desk: Desk, as_role: AsRole) -> None:
    desk.until_met()
    inspector = as_role("inspector")
    assert "Trả lời giấy mời" not in inspector.get(f"{PAGE}/ket-qua").text
    deal_with(calendar_reply(MAY, 1, BODY, Attending.ACCEPTED), None, desk.visit.id)

    text = inspector.get(f"{PAGE}/ket-qua").text

    assert "Trả lời giấy mời trước buổi này: " in text
    assert "– dự" in text


def test_the_addresses_say_which_of_them_gave_letters_back(invited: Desk, as_role: AsRole) -> None:
    admin = as_role("admin")
    assert "Trả lại 1 thư" not in admin.get("/quan-tri/lien-he").text
    (letter,) = invited.letters("invitation", "body:party_office")
    deal_with(bounce((BODY, "552 5.2.2 over quota")), letter)

    text = admin.get("/quan-tri/lien-he").text

    assert text.count("Trả lại 1 thư") == 1
    assert "hộp thư đầy" in text
