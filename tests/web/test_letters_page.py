"""The ledger of letters, one letter whole, and an officer's word about uncertain, held and secret ones."""

import pytest
from sqlalchemy import update

from config.settings import settings, use
from database.engine import writing
from database.models import LetterRow
from tests.desk import MAY, Desk
from tests.web.conftest import ROLES, AsRole

READERS = {"officer", "leader", "clerk", "admin"}


def put(state: str, purpose: str = "selection_notice") -> int:
    with writing(settings().database) as session:
        session.execute(update(LetterRow).where(LetterRow.purpose == purpose).values(state=state))
        return session.query(LetterRow).filter_by(purpose=purpose).one().id


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
    assert "Không có chuyến nào tên như vậy" in officer.get("/thu?chuyen=xyz").text


def test_a_letter_is_shown_as_its_recipient_reads_it_with_its_files(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    (letter,) = desk.letters("selection_notice")
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


def test_who_may_not_see_findings_sees_no_letter_that_tells_them(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()
    desk.approve("result")
    desk.go_on()
    desk.issue("result", 81)
    desk.go_on()
    (letter,) = desk.letters("result_notice")

    for role, sees in (("officer", True), ("admin", False)):
        page = as_role(role).get(f"/thu/{letter.id}")
        assert page.status_code == 200
        assert ("Sổ nghị quyết ghi vắn tắt" in page.text) is sees
        assert (as_role(role).get(f"/thu/{letter.id}/tep/1").status_code == 200) is sees


@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        ("uncertain", "da-di", "sent"), ("uncertain", "gui-lai", "queued"), ("held", "da-di", "sent"),
        ("held", "cho-gui", "queued"), ("withheld", "da-di", "sent"),
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
    (letter,) = desk.letters("selection_notice")
    assert (letter.state, letter.resolved_by) == (after, "Nguyễn Văn Ví Dụ")


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
