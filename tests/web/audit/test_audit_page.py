"""The record of who did what: newest first, by visit and person, and whether it is whole."""

from sqlalchemy import text

from config.settings import settings
from database import audit
from database.engine import writing
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import ROLES, AsRole


def test_the_record_is_for_the_office_and_the_admin(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()

    found = {role for role in ROLES if as_role(role).get("/nhat-ky").status_code == 200}

    assert found == {"officer", "leader", "clerk", "admin"}


def test_it_says_who_did_what_newest_first(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()

    table = as_role("officer").get("/nhat-ky").text.split("<tbody>")[1]

    assert table.index("Phát hành thông báo dự sinh hoạt") < table.index("Chọn nơi dự") < table.index("Bắt đầu")
    assert "Lê Văn Giả Định" in table


def test_it_is_filtered_by_visit_and_by_person(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    officer = as_role("officer")

    by_person = officer.get("/nhat-ky?ai=Trần Thị Minh Họa").text.split("<tbody>")[1]
    assert "Chọn nơi dự" in by_person
    assert "Bắt đầu" not in by_person
    assert "Nạp kế hoạch" not in officer.get(f"/nhat-ky?chuyen={MAY}").text
    for part in ("trần thị minh", "TRAN THI MINH HOA", "minh hoạ"):
        assert (
            officer.get(f"/nhat-ky?ai={part}").text.split("<tbody>")[1].split("</tbody>")[0]
            == (by_person.split("</tbody>")[0])
        ), part
    assert "Không có dòng nào" in officer.get("/nhat-ky?ai=100%25").text
    assert "Không có đợt hay việc nào tên như vậy" in officer.get("/nhat-ky?chuyen=xyz").text


def test_a_whole_record_is_said_to_be_whole(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()

    assert "Sổ nguyên vẹn" in as_role("officer").get("/nhat-ky").text


def test_a_changed_line_is_named(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    officer = as_role("officer")
    with writing(settings().database) as session:
        session.execute(text("UPDATE audit SET who = 'kẻ khác' WHERE id = 2"))

    page = officer.get("/nhat-ky").text

    assert "Sổ không còn nguyên vẹn" in page
    assert "nhật ký, dòng 2" in page


def test_a_long_record_is_paged(desk: Desk, as_role: AsRole) -> None:
    desk.open()
    with writing(settings().database) as session:
        for number in range(130):
            audit.note(session, "người thử", f"việc {number}")
    officer = as_role("officer")

    assert "việc 129" in officer.get("/nhat-ky").text.lower()
    assert "1–100 trong" in officer.get("/nhat-ky").text
    assert "bắt đầu" in officer.get("/nhat-ky?trang=2").text.lower()
    assert "Không có dòng nào" in officer.get("/nhat-ky?trang=999").text
