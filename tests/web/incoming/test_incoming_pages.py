"""The inbox at the desk: what waits first, one message whole, files to keep only, one click, one look (R62, A20)."""

import re
from typing import Any

import pytest

from answers.incoming.acting import act
from answers.incoming.assigning import seen_of
from config.settings import settings
from database.engine import writing
from database.models import DocumentRow
from domain.incoming import MailKind, MailState, MatchedBy, Trust
from domain.plan import Plan
from tests.desk import Desk
from tests.incoming import HOST_ADDRESS, Sent, came, row_of
from tests.mail_that_came import bounce, store
from tests.may import MAY
from tests.scans.pictures import png
from tests.web.conftest import PEOPLE, ROLES, AsRole
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


# The list


def test_what_waits_stands_before_what_is_newer_and_done(waiting: Desk, as_role: AsRole) -> None:
    first = arrived(subject="Chờ xem")
    came(subject="Tự động", kind=MailKind.AUTOMATIC, state=MailState.DONE, at=waiting.set_clock(2024, 3, 21))

    page = as_role("officer").get("/thu-den").text

    assert page.index("Chờ xem") < page.index("Tự động")
    assert f'href="/thu-den/{first}"' in page
    assert "01 chờ người xem" not in page
    assert "<b>1</b> chờ người xem" in page


def test_the_list_is_of_one_kind_state_or_visit(waiting: Desk, as_role: AsRole) -> None:
    assert waiting.visit.wait
    arrived(subject="Danh sách tháng năm")
    came(subject="Vắng mặt", kind=MailKind.ABSENCE, state=MailState.DONE, visit="")
    officer = as_role("officer")

    shown = {
        url: ("Danh sách tháng năm" in (page := officer.get(url).text), "Vắng mặt" in page.split("<table")[-1])
        for url in ("/thu-den?loai=absence", "/thu-den?trang_thai=open", f"/thu-den?chuyen={MAY}", "/thu-den?loai=x")
    }

    assert list(shown.values()) == [(False, True), (True, False), (True, False), (True, True)]
    assert "Không có đợt hay việc nào" in officer.get("/thu-den?chuyen=2031-01").text


def test_a_long_inbox_has_pages_and_few_queries(waiting: Desk, as_role: AsRole) -> None:
    assert waiting.visit.wait
    for number in range(120):
        came(subject=f"Thư {number}", state=MailState.OPEN)
    officer = as_role("officer")

    assert "1–100 trong 120" in officer.get("/thu-den").text
    assert "101–120 trong 120" in officer.get("/thu-den?trang=2").text
    assert officer.get("/thu-den?trang=0").status_code == 404


def test_the_menu_and_ones_own_work_say_how_much_waits(waiting: Desk, as_role: AsRole) -> None:
    assert waiting.visit.wait
    arrived()
    arrived(subject="Thư khác")
    officer = as_role("officer")

    page = officer.get("/viec-cua-toi").text

    assert re.search(r'href="/thu-den">Thư đến <span class="waits">2<', page)
    assert "2 thư đến chờ người xem" in page
    assert re.search(r'>Việc của tôi <span class="waits">1<', page), "all messages are one thing to do"
    assert 'class="waits"' not in as_role("clerk").get("/thu-den").text
    assert 'href="/thu-den"' not in as_role("inspector").get("/mat-khau").text


# One message


def test_a_message_says_whose_it_is_when_it_came_and_how_it_is_known(
    waiting: Desk, as_role: AsRole, plan: Plan
) -> None:
    letter = waiting.letters("nomination_request")[0]
    number = arrived(xlsx(plan), letter=letter.id, text="Kính gửi <b>Ban</b> danh sách.")

    page = as_role("leader").get(f"/thu-den/{number}").text

    assert "Ban Thường vụ Thành ủy Biên Hòa" in page
    assert Trust.PASS.called in page.lower() or "Máy chủ của cơ quan xác nhận" in page
    assert f'<a href="/thu/{letter.id}">thư số {letter.id} (đề nghị danh sách)</a>' in page
    assert MatchedBy.REPLY.called in page
    assert "09:00 20/3/2024" in page or "09:00 20/03/2024" in page
    assert "Kính gửi &lt;b&gt;Ban&lt;/b&gt; danh sách." in page, "as text, never as HTML"
    assert "Xem danh sách" not in page, "a leader looks, an officer takes"


def test_a_stranger_is_said_to_be_one(waiting: Desk, as_role: AsRole) -> None:
    assert waiting.visit.wait
    number = arrived(sender="ai-do@noi-khac.example", visit="")

    assert "không có trong danh bạ" in as_role("officer").get(f"/thu-den/{number}").text


def test_files_are_kept_on_the_readers_machine_and_never_opened_here(waiting: Desk, as_role: AsRole) -> None:
    assert waiting.visit.wait
    page = b"<script>alert(1)</script>"
    number = arrived(("trang.html", "text/html", page), ("quet.pdf", "application/pdf", b"%PDF-1.7"))
    officer = as_role("officer")

    kept = officer.get(f"/thu-den/{number}/tep/2")
    assert kept.content == b"%PDF-1.7"
    assert kept.headers["content-disposition"].startswith("attachment")
    assert kept.headers["x-content-type-options"] == "nosniff"
    assert kept.headers["content-type"] == "application/octet-stream"
    assert officer.get(f"/thu-den/{number}/tep/1").status_code == 404, "what could run is not handed out"
    assert officer.get(f"/thu-den/{number}/tep/9").status_code == 404
    assert officer.get("/thu-den/999999999999/tep/1").status_code == 404
    assert as_role("admin").get(f"/thu-den/{number}/tep/2").status_code == 403


def test_a_photo_is_drawn_anew(waiting: Desk, as_role: AsRole) -> None:
    assert waiting.visit.wait
    number = arrived(("anh.png", "image/png", png(60, 40)), ("gia.png", "image/png", b"GIF89a<script>"))
    officer = as_role("officer")

    drawn = officer.get(f"/thu-den/{number}/anh/1.png")
    assert drawn.headers["content-type"] == "image/png"
    assert drawn.content.startswith(b"\x89PNG")
    assert officer.get(f"/thu-den/{number}/anh/2.png").status_code == 404


# What a person does


def test_one_click_says_what_a_message_is_about(waiting: Desk, as_role: AsRole, plan: Plan) -> None:
    number = arrived(xlsx(plan), visit="")
    officer = as_role("officer")
    shown = officer.get(f"/thu-den/{number}").text
    first = re.findall(r'name="do" value="(assign:[^"]+)"', shown)[0]
    assert first == f"assign:{MAY}", "what waits for the sender comes first"

    answer = officer.post(f"/thu-den/{number}", {"do": first})

    assert "kèm danh sách 01 tổ chức đảng" in officer.follow(answer).text
    assert row_of(number).visit_id == waiting.visit.id


def test_any_other_visit_can_be_named_and_none_is_said_to_be_missing(waiting: Desk, as_role: AsRole) -> None:
    number = arrived(visit="")
    officer = as_role("officer")

    assert "chưa chọn đợt" in officer.post(f"/thu-den/{number}", {"do": "assign"}).text.lower()
    assert officer.post(f"/thu-den/{number}", {"do": "assign", "visit": "2031-01/x"}).status_code == 422
    assert officer.post(f"/thu-den/{number}", {"do": "assign", "visit": MAY}).status_code == 303
    assert row_of(number).visit_id == waiting.visit.id


def test_an_admin_sets_aside_what_a_machine_wrote_and_takes_it_back(waiting: Desk, as_role: AsRole) -> None:
    assert waiting.visit.wait
    number = arrived(visit="")
    admin = as_role("admin")

    aside = admin.follow(admin.post(f"/thu-den/{number}", {"do": "aside", "reason": "Quảng cáo"})).text
    assert "Quảng cáo" in aside
    assert PEOPLE["admin"][0] in aside
    admin.post(f"/thu-den/{number}", {"do": "back"})
    assert row_of(number).state == MailState.OPEN


# Who sees what


def test_whom_findings_do_not_concern_reads_no_word_and_gets_no_file(
    waiting: Desk, as_role: AsRole, plan: Plan
) -> None:
    assert waiting.visit.wait
    number = arrived(xlsx(plan), text="Lời của đơn vị")

    told = {role: "Lời của đơn vị" in as_role(role).get(f"/thu-den/{number}").text for role in ROLES}

    assert {role for role in ROLES if told[role]} == {"officer", "leader", "clerk"}


def test_of_a_marked_visit_a_message_is_only_named(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    number = came(subject="Về buổi tại Phòng họp A", text="Lời mật", state=MailState.OPEN, sender=HOST_ADDRESS)
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"
    admin, officer = as_role("admin"), as_role("officer")

    for url in ("/thu-den", f"/thu-den/{number}"):
        shown = admin.get(url).text
        assert "Phòng họp A" not in shown
        assert "Lời mật" not in shown
        assert f'href="{VISIT}"' not in shown
    seen = officer.get(f"/thu-den/{number}").text
    assert "thư chỉ giữ trong hộp thư của cơ quan" in seen
    assert "Lời mật" not in seen, "the mark came after the message, which is shown to nobody any more"
    assert "Phòng họp A" not in seen


def test_a_file_of_a_message_whose_visit_was_marked_since_is_handed_to_nobody(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    number = came([("ke-hoach.pdf", "application/pdf", b"%PDF-1.4 x")], state=MailState.OPEN)
    officer = as_role("officer")
    assert officer.get(f"/thu-den/{number}/tep/1").status_code == 200

    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"

    assert officer.get(f"/thu-den/{number}/tep/1").status_code == 404
    form = officer.get(f"{VISIT}/ket-qua?thu={number}").text
    assert "ke-hoach.pdf" not in form
    assert "Kính gửi danh sách" not in form


def test_before_a_message_is_put_beside_a_marked_visit_it_is_said_what_becomes_of_it(
    desk: Desk, as_role: AsRole
) -> None:
    desk.until_issued()
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"
    number = arrived(visit="")
    assert "có độ mật: thư chỉ còn trong hộp thư của cơ quan" in as_role("officer").get(f"/thu-den/{number}").text


def test_a_form_says_how_the_message_stood(waiting: Desk, as_role: AsRole) -> None:
    assert waiting.visit.wait
    number = arrived()

    assert f'name="seen" value="{seen_of(row_of(number))}"' in as_role("officer").get(f"/thu-den/{number}").text


def test_an_officer_says_whose_the_unknown_address_of_a_report_is(waiting: Desk, as_role: AsRole) -> None:
    (letter,) = waiting.letters("nomination_request")
    number = store(bounce("rieng@noi-khac.example"), letter)
    act(number)
    officer = as_role("officer")
    page = officer.get(f"/thu-den/{number}").text
    assert "Thư này của ai" in page

    missing = officer.post(f"/thu-den/{number}", {"do": "whose", "seen": seen_of(row_of(number))})
    assert (missing.status_code, "chưa chọn địa chỉ" in missing.text.lower()) == (422, True)
    sent = {"do": "whose", "seen": seen_of(row_of(number)), "whose": HOST_ADDRESS}
    said = officer.follow(officer.post(f"/thu-den/{number}", sent)).text

    assert f"{HOST_ADDRESS} trả lại" in said
    assert row_of(number).state == MailState.DONE
