"""At the desk: what lies behind when the plan was loaded is seen, asked about by a form, answered, and put right."""

import pytest

from config.settings import Settings, settings, use
from tests.may import MAY
from tests.mid_year import AUGUST, BEHIND, FEBRUARY, JULY, MARCH, PLAN, UNIT, MidYear
from tests.web.conftest import AsRole, Visitor
from tests.web.deciding import problem_at

FORM = f"/chuyen/{FEBRUARY}/tiep-nhan"
LIST = (
    "Tên tổ chức đảng,Loại hình,Thời gian,Địa điểm,Loại sinh hoạt,Chuyên đề\n"
    "Chi bộ Trường THPT Mẫu,Chi bộ cơ sở,14/5/2024 14:00,Phòng họp A,Chuyên đề,Nêu gương\n"
).encode()


@pytest.fixture
def office(home: Settings, mid_year: MidYear) -> Settings:
    """The desk of these tests stands in the office that has just loaded its plan, on 15/6/2024."""
    assert mid_year.undecided()
    return home


@pytest.fixture
def officer(mid_year: MidYear, as_role: AsRole) -> Visitor:
    assert mid_year.undecided()
    return as_role("officer")


def test_the_year_page_says_what_waits_for_a_decision_and_why(officer: Visitor, mid_year: MidYear) -> None:
    page = officer.get("/nam/2024").text
    assert f"{len(BEHIND)} việc có thời gian đã qua khi nạp kế hoạch" in page
    assert "tháng 02/2024 đã qua khi nạp kế hoạch" in page
    assert page.count('/tiep-nhan">Quyết định</a>') == len(mid_year.undecided())
    filtered = officer.get("/nam/2024?trang_thai=undecided").text
    assert f'href="/chuyen/{FEBRUARY}"' in filtered
    assert f'href="/chuyen/{AUGUST}"' not in filtered


def test_the_page_of_the_visit_says_it_with_the_button(officer: Visitor) -> None:
    page = officer.get(f"/chuyen/{FEBRUARY}").text
    assert "Chờ quyết định: tháng 02/2024 đã qua khi nạp kế hoạch" in page
    assert f'href="{FORM}">Quyết định</a>' in page


def test_it_stands_among_the_tasks_of_an_officer(officer: Visitor) -> None:
    page = officer.get("/viec-cua-toi")
    assert page.text.count("Chờ quyết định") >= len(BEHIND), page.status_code


@pytest.mark.parametrize("role", ["clerk", "inspector", "viewer", "admin"])
def test_others_do_not_decide(mid_year: MidYear, as_role: AsRole, role: str) -> None:
    visitor = as_role(role)
    assert visitor.get(FORM).status_code == 403
    assert visitor.post(FORM, {"way": "open"}).status_code == 403
    assert mid_year.row(FEBRUARY).state == "undecided"


def test_what_opens_at_once_does_not_say_that_letters_go_while_they_are_held(
    officer: Visitor, mid_year: MidYear
) -> None:
    assert mid_year.undecided()
    assert "Thư đi ngay tới đơn vị." in officer.get(FORM).text
    use(settings().model_copy(update={"mode": "live"}))

    page = officer.get(FORM).text

    assert "Thư đi ngay tới đơn vị." not in page
    assert "Đề nghị gửi danh sách được soạn ngay, như vừa đến ngày. Thư đang được giữ lại, chưa ra ngoài" in page


def test_done_on_paper_with_its_papers(officer: Visitor, mid_year: MidYear) -> None:
    answer = officer.post(
        FORM,
        {
            "way": "done", "done_notice_number": "90", "done_notice_date": "20/01/2024", "result_number": "99",
            "result_date": "10/3/2024", "attended": "Chi bộ A; 20/02/2024; chuyên đề\nChi bộ B",
        },
    )  # fmt: skip
    page = officer.follow(answer).text
    assert "đã làm xong trên giấy" in page
    assert "Chi bộ B" in page
    assert "99-TB/BTCTU" in page
    assert "Mở PDF" not in page, "there is no file of a paper"
    assert officer.get(f"/chuyen/{FEBRUARY}/van-ban/result_notice.pdf").status_code == 404
    assert mid_year.row(FEBRUARY).state == "closed"
    assert "Sửa quyết định về việc đã làm trước" in page
    again = officer.get(FORM).text
    assert 'value="99"' in again
    assert "Chi bộ A; 20/02/2024; chuyên đề" in again


def test_what_is_wrong_stands_at_its_field_and_nothing_is_taken(officer: Visitor, mid_year: MidYear) -> None:
    assert "Chưa chọn câu trả lời" in problem_at(officer.post(FORM, {}), "way")
    assert "Chưa ghi lý do" in problem_at(officer.post(FORM, {"way": "leave_out"}), "reason")
    late = {"way": "done", "result_number": "99", "result_date": "10/7/2024"}
    assert "chưa tới" in problem_at(officer.post(FORM, late), "result_date")
    assert "cả số và ngày" in problem_at(officer.post(FORM, {"way": "done", "result_number": "99"}), "result_date")
    assert "Chưa chọn bước" in problem_at(officer.post(FORM, {"way": "from_step"}), "step")
    assert mid_year.row(FEBRUARY).state == "undecided"


def test_going_on_from_the_fifth_step_with_the_list_as_a_file(officer: Visitor, mid_year: MidYear) -> None:
    url = f"/chuyen/{MAY}/tiep-nhan"
    fields = {
        "way": "from_step", "step": "5", "requested_on": "01/3/2024", "received_on": "20/3/2024", "chosen": "1",
        "chosen_on": "25/3/2024", "notice_number": "120", "notice_date": "02/4/2024",
    }  # fmt: skip
    assert "Chưa chọn tệp" in problem_at(officer.post(url, fields), "file")
    answer = officer.post(url, fields, files={"file": ("danh-sach.csv", LIST, "text/csv")})
    page = officer.follow(answer).text
    assert "làm tiếp từ bước 5" in page.casefold()
    assert mid_year.row(MAY).taken_up == "from_step"
    # The list is kept when only a date is put right.
    again = officer.post(url, {**fields, "notice_number": "121", "kept_list": "1"})
    assert again.status_code == 303, again.text
    mid_year.open_what_is_due()
    assert mid_year.waits(MAY) == "Chờ kết quả giám sát"
    assert "đã gửi bằng giấy" in officer.get(f"/thu?chuyen={MAY}").text
    assert "đã gửi bằng giấy" in officer.get(f"/chuyen/{MAY}").text


def test_opened_now_and_left_out(officer: Visitor, mid_year: MidYear) -> None:
    opened = officer.post(f"/chuyen/{JULY}/tiep-nhan", {"way": "open"})
    left = officer.post(f"/chuyen/{MARCH}/tiep-nhan", {"way": "leave_out", "reason": "kiện toàn cấp ủy"})
    assert (opened.status_code, left.status_code) == (303, 303)
    assert [mid_year.row(key).state for key in (JULY, MARCH)] == ["planned", "cancelled"]
    assert "kiện toàn cấp ủy" in officer.get(f"/chuyen/{MARCH}").text


def test_the_plan_and_what_is_still_ahead_have_the_same_form(officer: Visitor, mid_year: MidYear) -> None:
    plan = officer.post("/nam/2024/ke-hoach/tiep-nhan", {"way": "done"})
    assert "đã làm xong trên giấy" in officer.follow(plan).text
    assert mid_year.row(PLAN).state == "closed"
    assert "Đã làm một phần trên giấy" in officer.get(f"/chuyen/{AUGUST}").text
    report = officer.get("/nam/2024/bao-cao/long_thanh/tiep-nhan").text
    assert "Ngày nhận báo cáo" in report
    assert mid_year.row(UNIT).state == "planned"
