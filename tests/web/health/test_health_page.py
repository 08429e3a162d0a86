"""How the service is, at the desk: the doctor's looks, by role, and plain words about copies."""

from sqlalchemy import text

from config.settings import settings, use
from database import audit, service_notes
from database.engine import writing
from database.models import DocumentRow, VisitRow
from database.restored import RESTORED
from tests.desk import Desk
from tests.web.conftest import AsRole


def test_it_says_what_the_doctor_says(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"

    shown = as_role("admin").get("/tinh-trang").text

    assert "Prefect chưa chạy" in shown
    assert "chạy: visits up" in shown
    assert "Khóa và mật khẩu" in shown
    assert "chưa kiểm tra" in shown


def test_what_is_of_this_machine_is_for_whoever_installs_it(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"

    shown = as_role("leader").get("/tinh-trang?kham=1").text

    assert "Mẫu thư" in shown
    assert "Khóa và mật khẩu" not in shown
    assert f"{settings().folder}" not in shown
    assert "visits up" not in shown


def test_the_thorough_looks_are_taken_when_asked_for(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    with writing(settings().database) as session:
        session.execute(text("UPDATE document SET body = 'khác'"))  # past the service, which would seal it anew

    quick, thorough = (as_role("admin").get(f"/tinh-trang{more}").text for more in ("", "?kham=1"))

    assert "đã bị sửa sau khi ghi" not in quick
    assert "đã bị sửa sau khi ghi" in thorough
    assert "01 mục hỏng" in thorough


def test_the_trouble_of_a_marked_visit_is_told_to_the_office_alone(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    with writing(settings().database) as session:
        session.get_one(VisitRow, desk.visit.id).trouble = "thư gửi Chi bộ Trường THPT Mẫu bị từ chối"
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"

    assert "Chi bộ Trường THPT Mẫu" in as_role("officer").get("/tinh-trang").text
    admins = as_role("admin").get("/tinh-trang").text
    assert "Chi bộ Trường THPT Mẫu" not in admins
    assert "việc có độ mật" in admins


def test_it_says_plainly_that_no_copy_is_known(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"

    shown = as_role("leader").get("/tinh-trang").text

    assert "không biết bản gần nhất được lập khi nào" in shown
    assert "chưa khôi phục lần nào" in shown


def test_a_copy_that_was_put_back_is_told_until_somebody_has_looked(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"
    with writing(settings().database) as session:
        audit.note(session, audit.SYSTEM, "nhận ra bản khôi phục", had=9, found=4)
        service_notes.note(session, RESTORED, "cơ sở dữ liệu là bản cũ được khôi phục")

    shown = as_role("officer").get("/tinh-trang").text

    assert "đang chờ người xem:" in shown
    assert "nhận ra bản khôi phục" in shown


def test_a_score_sheet_that_cannot_be_used_is_named(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"
    sheets = settings().folder / "phieu"
    sheets.mkdir()
    (sheets / "hong.yaml").write_text("id: phieu\n", encoding="utf-8")
    use(settings().model_copy(update={"rubrics": sheets}))

    assert "thiếu mục “version”" in as_role("officer").get("/tinh-trang").text
