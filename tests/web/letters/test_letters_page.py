"""The ledger of letters, one letter whole, and an officer's word about uncertain, held and secret ones."""

import pytest

from config.settings import settings, use
from database.engine import writing
from database.models import LetterRow
from tests.desk import Desk
from tests.letter_states import put as put_letter
from tests.may import MAY
from tests.obligations import Obliged
from tests.web.conftest import ROLES, AsRole
from tests.web.letters_links import link_in

CC = "ban-to-chuc@bien-hoa.example"
READERS = {"officer", "leader", "clerk", "admin"}


def put(*states: str, purpose: str = "selection_notice") -> int:
    with writing(settings().database) as session:
        letter = session.query(LetterRow).filter_by(purpose=purpose, recipient="host").one()
        put_letter(letter, *states)
        return letter.id


def test_the_ledger_is_for_the_office_and_the_admin(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()

    assert {role for role in ROLES if as_role(role).get("/thu").status_code == 200} == READERS


def test_letters_are_listed_newest_first_and_filtered_by_state_and_visit(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    number = put("uncertain")
    officer = as_role("officer")

    everything = officer.get("/thu").text.split("<tbody>")[1]
    assert everything.index("Thông báo danh sách") < everything.index("Đề nghị thông báo danh sách")
    uncertain = officer.get(f"/thu?trang_thai=uncertain&chuyen={MAY}").text
    assert f'href="/thu/{number}"' in uncertain
    assert "Đang hiện 1 trong 1 thư" in uncertain
    assert "Không có thư nào" in officer.get("/thu?chuyen=2024-09/cam_my").text
    assert "Không có đợt hay việc nào tên như vậy" in officer.get("/thu?chuyen=xyz").text


def test_a_letter_is_shown_as_its_recipient_reads_it_with_its_files(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    (letter,) = desk.letters("selection_notice", "host")
    officer = as_role("officer")

    page = officer.get(f"/thu/{letter.id}").text

    assert letter.message_id.strip("<>") in page
    assert "Chi bộ Trường THPT Mẫu" in page
    first = officer.get(f"/thu/{letter.id}/tep/1")
    assert first.status_code == 200
    assert first.headers["content-disposition"].startswith("attachment")
    assert officer.get(f"/thu/{letter.id}/tep/99").status_code == 404
    assert officer.get("/thu/999999").status_code == 404


def test_the_calendar_of_an_invitation_is_among_its_files(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()

    page = as_role("officer").get(f"/thu/{desk.letters('invitation')[0].id}").text

    assert ".ics" in page


def test_a_letter_is_read_once_and_its_html_is_none_of_its_files(desk: Desk, as_role: AsRole) -> None:
    """Both forms say the same; the page has the text, and what can be taken away are the files of the letter."""
    desk.until_issued()
    letter = desk.letters("group_notice", "inspector:1")[0]
    officer = as_role("officer")

    page = officer.get(f"/thu/{letter.id}").text
    files = [officer.get(f"/thu/{letter.id}/tep/{number}") for number in (1, 2, 3, 4)]

    assert page.count("Danh mục tài liệu mà tổ chức đảng chuẩn bị") == 1
    assert "text/html" not in page
    assert [one.status_code for one in files] == [200, 200, 200, 404]
    assert not any(b"<!DOCTYPE html>" in one.content for one in files[:3])


def test_who_may_not_see_findings_sees_no_letter_that_tells_them(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()
    desk.approve("result")
    desk.go_on()
    desk.issue("result", 81)
    desk.go_on()
    (letter,) = desk.letters("result_notice", "host")

    for role, sees in (("officer", True), ("admin", False)):
        page = as_role(role).get(f"/thu/{letter.id}")
        assert page.status_code == 200
        assert ("Sổ nghị quyết ghi vắn tắt" in page.text) is sees
        assert (as_role(role).get(f"/thu/{letter.id}/tep/1").status_code == 200) is sees


@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        ("uncertain", "da-di", "sent"), ("uncertain", "gui-lai", "queued"), ("held", "da-di", "sent"),
        ("held", "cho-gui", "queued"), ("withheld", "da-di", "sent"), ("by_hand", "da-di", "on_paper"),
    ],
)  # fmt: skip
def test_an_officer_decides_and_the_letter_moves_on(
    desk: Desk, as_role: AsRole, before: str, act: str, after: str
) -> None:
    desk.until_issued()
    number = put(before)
    officer = as_role("officer")
    assert f'action="/thu/{number}/{act}"' in officer.get(f"/thu/{number}").text

    answer = officer.post(f"/thu/{number}/{act}")

    assert answer.headers["location"] == f"/thu/{number}"
    (letter,) = desk.letters("selection_notice", "host")
    assert (letter.state, letter.resolved_by) == (after, "Nguyễn Văn Ví Dụ")


def test_a_copy_that_was_refused_is_seen_on_every_page_and_goes_again(desk: Desk, as_role: AsRole) -> None:
    """The letter counts as sent for its addressee; who has not got it, what to do, and the button are there."""
    desk.until_issued()
    number = put("sent", "refused", "sent")
    officer = as_role("officer")

    for url in ("/thu", "/thu?trang_thai=partly", f"/chuyen/{MAY}"):
        page = officer.get(url).text
        assert "đã gửi, bản đồng gửi bị từ chối" in page
        assert f"{CC} (bị từ chối)" in page
    assert f"đã gửi, bản đồng gửi bị từ chối: {CC}" in officer.get(f"/chuyen/{MAY}").text, "in the story"
    assert f"{CC}: sửa địa chỉ rồi gửi lại." in officer.get(f"/thu/{number}").text
    assert "1 thư đã gửi, bản đồng gửi bị từ chối" in officer.get("/viec-cua-toi").text

    assert officer.post(f"/thu/{number}/gui-lai-bi-tu-choi").status_code == 303

    (letter,) = desk.letters("selection_notice", "host")
    assert (letter.state, letter.states) == ("queued", ["sent", "queued", *["sent"] * 6])


def test_all_refused_letters_go_again_with_one_button(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    put("refused")
    put("sent", "refused", "sent", purpose="nomination_request")
    officer = as_role("officer")
    assert 'action="/thu/gui-lai-bi-tu-choi"' in officer.get("/thu").text

    said = officer.follow(officer.post("/thu/gui-lai-bi-tu-choi", {"chuyen": MAY})).text

    assert "Gửi lại 2 thư." in said
    assert [letter.states for letter in desk.letters("selection_notice", "host")] == [["queued"] * 8]
    assert [letter.states for letter in desk.letters("nomination_request")] == [["sent", "queued", "sent"]]
    assert 'action="/thu/gui-lai-bi-tu-choi"' not in said


def test_only_an_officer_sends_again_and_only_what_was_refused(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    number = put("sent")
    assert as_role("officer").post(f"/thu/{number}/gui-lai-bi-tu-choi").status_code == 422

    put("refused")
    for role in READERS - {"officer"}:
        assert "gui-lai-bi-tu-choi" not in as_role(role).get("/thu").text
        assert as_role(role).post(f"/thu/{number}/gui-lai-bi-tu-choi").status_code == 403
        assert as_role(role).post("/thu/gui-lai-bi-tu-choi").status_code == 403


def test_nobody_else_decides(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    number = put("uncertain")

    for role in READERS - {"officer"}:
        visitor = as_role(role)
        assert f"/thu/{number}/da-di" not in visitor.get(f"/thu/{number}").text
        assert visitor.post(f"/thu/{number}/da-di").status_code == 403


def test_a_letter_that_needs_no_decision_takes_none(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    number = put("sent")

    assert as_role("officer").post(f"/thu/{number}/gui-lai").status_code == 422


def test_without_a_mail_server_nothing_is_released(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    number = put("held")
    officer = as_role("officer")
    use(settings().model_copy(update={"mode": "live"}))

    assert f"/thu/{number}/cho-gui" not in officer.get(f"/thu/{number}").text
    assert officer.post(f"/thu/{number}/cho-gui").status_code == 422


@pytest.mark.parametrize("role", sorted(READERS))
def test_nobody_at_the_desk_reads_the_key_of_a_link(desk: Desk, as_role: AsRole, role: str) -> None:
    """A leader who had an inspector's could write her findings and then approve them himself."""
    desk.until_met()
    desk.go_on()
    for purpose, recipient in (("nomination_request", "host"), ("findings_request", "inspector:1")):
        letter = desk.letters(purpose, recipient)[-1]
        token = link_in(desk, purpose, recipient).rpartition("/")[2]
        page = as_role(role).get(f"/thu/{letter.id}").text
        assert "/tra-loi/[khóa-riêng-của-người-nhận]" in page
        assert token not in page


def test_an_admin_reads_the_reminder_of_recommendations_nowhere(desk: Desk, as_role: AsRole) -> None:
    """Its page hides them from him; the ledger showed them."""
    desk.until_reported()
    desk.approve("result")
    desk.go_on()
    desk.issue("result", 95)
    desk.go_on()
    followed = Obliged(f"{MAY}/kien-nghi")
    followed.set_clock(2024, 5, 19, 8)
    followed.open()
    followed.on(6, 24)
    (reminder,) = followed.letters("remedy_reminder")

    told = {role: "Ghi đủ kết quả biểu quyết" in as_role(role).get(f"/thu/{reminder.id}").text for role in READERS}

    assert told == {"officer": True, "leader": True, "clerk": True, "admin": False}
