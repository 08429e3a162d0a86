"""The visit page: where it stands and why, its story in order, and what is hidden from whom."""

from dataclasses import replace
from datetime import date

import pytest

from answers.changes import cancel, move
from answers.papers import send_back
from config.settings import settings
from database import plans, visits
from database.engine import reading, writing
from domain.dates import at
from domain.wait import Wait
from tests.desk import Desk
from tests.may import LEADER, MAY, OFFICER, SECOND_DAY
from tests.web.conftest import ROLES, AsRole
from tests.web.looking import STAGES, queries_for

PAGE = f"/chuyen/{MAY}"
PDF = f"{PAGE}/van-ban/selection_notice.pdf"
RESULT = f"{PAGE}/van-ban/result_notice.pdf"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stage", STAGES)
def test_the_page_is_there_for_everybody_at_every_point_of_the_story(
    desk: Desk, as_role: AsRole, stage: str, role: str
) -> None:
    getattr(desk, stage)()

    page = as_role(role).get(PAGE)

    assert page.status_code == 200
    assert "Đảng bộ thành phố Biên Hòa" in page.text
    assert str(desk.visit.waiting_state) in page.text


def test_a_visit_that_has_not_begun_says_when_it_will(desk: Desk, as_role: AsRole) -> None:
    page = as_role("viewer").get(PAGE).text

    assert "Mở ngày 01/3/2024" in page
    assert desk.visit.state == "planned"


def test_an_unknown_visit_is_not_found(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"

    for address in ("/chuyen/2024-05/khong_co", "/chuyen/2024-13/bien_hoa", "/chuyen/nam/bien_hoa"):
        assert as_role("viewer").get(address).status_code == 404


def test_every_nominated_meeting_has_its_deadline_with_the_reason_and_its_points_part_by_part(
    desk: Desk, as_role: AsRole
) -> None:
    """R62, R64, R85: the meeting on 14/5/2024 may be notified until 14/4/2024."""
    desk.until_listed()

    page = as_role("viewer").get(PAGE).text

    assert "14/5/2024 trừ 30 ngày = 14/4/2024" in page
    assert "đúng hạn" in page
    assert "Báo trước ngày sinh hoạt ít nhất 30 ngày" in page
    assert "chi bộ sinh hoạt chuyên đề" in page


def test_a_late_meeting_is_shown_as_late(desk: Desk, as_role: AsRole) -> None:
    desk.until_asked()
    desk.set_clock(2024, 4, 16, 9)
    desk.nominate()
    desk.go_on()

    page = as_role("viewer").get(PAGE).text

    assert "Buổi này phải báo chậm nhất 14/4/2024: trễ hạn" in page
    assert "Buổi này phải báo chậm nhất 16/4/2024: đúng hạn" in page


def test_the_story_is_told_in_its_order(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()

    story = as_role("officer").get(PAGE).text.split("Diễn biến</h2>")[1]

    told = [
        "Bắt đầu", "Thư: đề nghị danh sách", "Nhận danh sách 3 tổ chức đảng", "Đề xuất nơi dự",
        "Chọn 1 nơi dự", "Soạn thông báo dự sinh hoạt, bản 1", "Phát hành thông báo dự sinh hoạt số 80-TB/BTCTU",
        "6 thư: giấy mời", "Ghi kết quả giám sát (bản 1)", "Duyệt báo cáo của Tổ công tác, bản 1",
    ]  # fmt: skip
    places = [story.index(one) for one in told]
    assert places == sorted(places)


def test_a_move_is_told_once_with_both_days_and_its_reason(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    move(MAY, 1, at(SECOND_DAY, 15), OFFICER, reason="Trùng kỳ thi")

    story = as_role("officer").get(PAGE).text.split("Diễn biến</h2>")[1]

    assert story.count("Chuyển buổi sinh hoạt") == 1
    assert "thứ Ba, ngày 14/5/2024 → 15 giờ 00, thứ Năm, ngày 16/5/2024" in story
    assert "Trùng kỳ thi" in story
    assert story.count("Nhận danh sách") == 1


def test_a_cancelled_visit_says_so_with_its_reason(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    cancel(MAY, "Đơn vị sáp nhập", LEADER)

    page = as_role("viewer").get(PAGE).text

    assert "Đã hủy" in page
    assert "Đơn vị sáp nhập" in page


def test_findings_and_what_tells_them_are_hidden_from_those_they_do_not_concern(desk: Desk, as_role: AsRole) -> None:
    """R22–R38 speak of people by name."""
    desk.until_reported()

    shown = {role for role in ROLES if "Sổ nghị quyết ghi vắn tắt" in as_role(role).get(PAGE).text}
    opened = {role for role in ROLES if as_role(role).get(RESULT).status_code == 200}

    assert shown == opened == {"officer", "leader", "clerk", "inspector"}
    assert as_role("viewer").get(RESULT).status_code == 403


def test_an_inspector_of_another_group_sees_no_findings(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()

    other = as_role("inspector", "khac", email="nguoi-khac@noi-khac.example")

    assert "Sổ nghị quyết ghi vắn tắt" not in other.get(PAGE).text
    assert other.get(RESULT).status_code == 403


def test_why_a_report_was_returned_is_hidden_with_the_findings(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()
    send_back(MAY, "Ghi rõ việc của đồng chí Bí thư", LEADER)
    desk.go_on()

    seen = {
        role
        for role in ROLES
        if any("đồng chí Bí thư" in as_role(role).get(url).text for url in (PAGE, "/nam/2024", "/nhat-ky"))
    }

    assert desk.visit.waiting_state == "Chờ sửa kết quả giám sát"
    assert seen == {"officer", "leader", "clerk", "inspector"}


def test_a_document_opens_as_it_was_issued_and_may_be_framed_by_the_desk_alone(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()

    answer = as_role("viewer").get(PDF)

    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]


def test_a_draft_is_drawn_when_it_is_asked_for(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    viewer = as_role("viewer")

    assert viewer.get(PDF).content.startswith(b"%PDF")
    assert viewer.get(PDF.replace(".pdf", ".docx")).content.startswith(b"PK")
    assert viewer.get(PDF + "?ban=7").status_code == 404
    assert viewer.get(PDF + "?ky=1").status_code == 404
    assert viewer.get(f"{PAGE}/van-ban/annual_plan.pdf").status_code == 404
    assert viewer.get(f"{PAGE}/van-ban/selection_notice.exe").status_code == 404


def test_a_failed_step_shows_its_error_with_the_desks_own_way_out(desk: Desk, as_role: AsRole) -> None:
    _fail(desk)

    page = as_role("officer").get(PAGE).text

    assert "sửa địa chỉ rồi bấm Chạy lại" in page
    assert "visits retry" not in page
    assert f'action="{PAGE}/chay-lai"' in page


def test_run_again_is_noted_in_the_persons_name_and_done_when_somebody_runs_visits(desk: Desk, as_role: AsRole) -> None:
    """Nobody runs visits at this moment: the page says so, and the wish is not lost."""
    _fail(desk)
    officer = as_role("officer")

    page = officer.follow(officer.post(f"{PAGE}/chay-lai"))

    assert desk.visit.rerun_by == "Nguyễn Văn Ví Dụ"
    assert "Đã cho chạy lại" in page.text
    assert "dịch vụ chưa chạy" in page.text


def test_what_was_just_decided_is_being_worked_on_and_is_not_asked_for_again(desk: Desk, as_role: AsRole) -> None:
    """Between the answer and the step that looks at it there is no button to press a second time."""
    desk.until_listed()
    desk.choose(1)
    leader = as_role("leader")

    page = leader.get(PAGE).text
    assert "Đang xử lý" in page
    assert "data-moving" in page
    assert f'href="{PAGE}/chon"' not in page
    assert "Chọn nơi dự" not in leader.get("/viec-cua-toi").text

    desk.go_on()
    page = leader.get(PAGE).text
    assert "Đang xử lý" not in page
    assert "Chờ phát hành thông báo" in page


def test_what_is_over_cannot_be_run_again_and_says_why(desk: Desk, as_role: AsRole) -> None:
    _fail(desk)
    with writing(settings().database) as session:
        visits.find(session, MAY).closed_at = at(date(2024, 6, 1), 8)

    answer = as_role("officer").post(f"{PAGE}/chay-lai")

    assert answer.status_code == 422
    assert "đã xong" in answer.text


def test_only_officers_and_admins_run_again_and_only_what_has_failed(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    assert as_role("officer").post(f"{PAGE}/chay-lai").status_code == 422
    for role in ("viewer", "leader", "clerk", "inspector"):
        assert as_role(role).post(f"{PAGE}/chay-lai").status_code == 403


def test_what_earlier_years_left_open_is_in_the_file_of_this_year(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()
    with writing(settings().database) as session:
        plan, contacts = plans.read(session, 2024)
        plans.save(session, replace(plan, year=2025), contacts, "thử")
    page, for_others = (as_role(role).get("/chuyen/2025-05/bien_hoa").text for role in ("officer", "viewer"))

    assert "Kiến nghị các năm trước còn để mở" in page
    assert f'href="{PAGE}/kien-nghi">Ghi đủ kết quả biểu quyết</a>' in page
    assert "Ghi đủ kết quả biểu quyết" not in for_others
    assert "Kiến nghị các năm trước" not in as_role("officer").get("/chuyen/2025-02/nhon_trach").text


def test_the_number_of_queries_does_not_grow_with_what_has_happened(desk: Desk, as_role: AsRole) -> None:
    desk.until_chosen()
    before = queries_for(as_role("officer"), PAGE)
    for number in range(5):
        move(MAY, 1, at(date(2024, 5, 20 + number), 8), OFFICER)
        desk.go_on()

    assert len(desk.answers("nominations")) == 6
    assert queries_for(as_role("officer"), PAGE) == before <= 33


def _fail(desk: Desk) -> None:
    desk.until_issued()
    with writing(settings().database) as session:
        row = visits.find(session, MAY)
        row.trouble = "Máy chủ thư từ chối: sửa địa chỉ rồi bấm Retry (hoặc visits retry). 550"
        row.waiting_for, row.wait = "officer", Wait.RUN_FAILED
    with reading(settings().database) as session:
        assert visits.find(session, MAY).trouble
