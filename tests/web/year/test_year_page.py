"""The year page: what waits for whom, since when, how late, as a table and as a picture."""

from xml.etree import ElementTree

import pytest

from config.run_lists import LISTS
from config.settings import settings
from database import service_notes
from database.engine import writing
from database.models import LetterRow, PlanRow
from tests.desk import Desk
from tests.web.conftest import ROLES, AsRole
from tests.web.looking import STAGES, counting

HOSTS = ("Nhơn Trạch", "Công an tỉnh", "Tân Phú", "Biên Hòa", "Cao su Đồng Nai", "Long Khánh", "Thống Nhất", "Cẩm Mỹ")


@pytest.mark.parametrize("stage", STAGES)
def test_the_year_is_shown_at_every_point_of_the_story(desk: Desk, as_role: AsRole, stage: str) -> None:
    getattr(desk, stage)()

    page = as_role("viewer").get("/nam/2024")

    assert page.status_code == 200
    for host in HOSTS:
        assert host in page.text
    state = desk.visit.waiting_state
    assert state
    assert state in page.text


def test_the_first_page_is_the_year_of_the_clock(desk: Desk, as_role: AsRole) -> None:
    assert desk.today.year == 2024

    answer = as_role("viewer").get("/")

    assert (answer.status_code, answer.headers["location"]) == (303, "/nam/2024")


def test_a_year_without_a_plan_says_so(desk: Desk, as_role: AsRole) -> None:
    assert desk.today.year == 2024

    answer = as_role("viewer").get("/nam/2031")

    assert answer.status_code == 422
    assert "chưa nạp kế hoạch" in answer.text.lower()


def test_what_is_overdue_comes_first_and_says_by_how_much(desk: Desk, as_role: AsRole) -> None:
    """The choice was asked for on 20/3 and is due on 27/3/2024."""
    desk.until_listed()
    desk.set_clock(2024, 4, 3)

    table = as_role("viewer").get("/nam/2024").text.split("<tbody>")[1]

    assert table.index("Biên Hòa") < table.index("Nhơn Trạch")
    assert "quá hạn 7 ngày" in table


def test_filters_keep_what_waits_for_one_role_and_say_how_many_are_shown(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    viewer = as_role("viewer")

    page = viewer.get("/nam/2024?cho_ai=leader").text

    assert "Đang hiện 1 trong 1 đợt (cả năm có 9)" in page
    assert "Biên Hòa" in page.split("<tbody>")[1]
    assert "Nhơn Trạch" not in page.split("<tbody>")[1]
    assert "Không có đợt nào như vậy" in viewer.get("/nam/2024?cho_ai=clerk").text
    assert "Cẩm Mỹ" in viewer.get("/nam/2024?thang=9").text.split("<tbody>")[1]


@pytest.mark.parametrize("query", ["trang_thai=x", "thang=13", "thang=", "cho_ai=", "trang=2", "thang=²"])
def test_filters_nobody_offers_do_no_harm(desk: Desk, as_role: AsRole, query: str) -> None:
    assert desk.today.year == 2024

    assert as_role("viewer").get(f"/nam/2024?{query}").status_code == 200


def test_the_button_is_there_for_who_may_press_it_and_for_nobody_else(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()

    found = {role for role in ROLES if "/chuyen/2024-05/bien_hoa/chon" in as_role(role).get("/nam/2024").text}

    assert found == {"leader"}


def test_units_that_supervise_themselves_stand_with_what_has_come_of_them(desk: Desk, as_role: AsRole) -> None:
    page = as_role("viewer").get("/nam/2024").text
    assert "chậm nhất hết ngày <strong>16/12/2024</strong>: đã nhận 0; chưa nhận 7" in page

    desk.until_year_end()
    page = as_role("officer").get("/nam/2024").text

    assert "đã nhận 1; đã quá hạn mà chưa nhận 6" in page
    assert 'href="/nam/2024/bao-cao/long_thanh">Long Thành' in page
    assert "20/11/2024" in page
    assert "quá hạn 2 ngày" in page  # Trảng Bom, whose report was due on the 16th
    assert 'href="/nam/2024/bao-cao/long_thanh/xem-xet"' in page


def test_plan_summary_and_recommendations_are_on_the_page_of_their_year(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()

    page, for_others = as_role("clerk").get("/nam/2024").text, as_role("viewer").get("/nam/2024").text

    assert 'href="/nam/2024/ke-hoach/phat-hanh/plan"' in page
    assert "Quá hạn kiến nghị" in page
    assert "Chờ duyệt báo cáo tổng hợp" in page
    assert "Chờ duyệt báo cáo tổng hợp" not in for_others


def test_the_picture_is_whole_xml_with_a_title_tet_today_and_every_visit(desk: Desk, as_role: AsRole) -> None:
    desk.until_met()

    page = as_role("viewer").get("/nam/2024").text
    picture = ElementTree.fromstring(page[page.index('<svg class="year-picture"') : page.index("</svg></div>") + 6])

    told = " ".join(picture.itertext())
    assert "Bảng năm 2024" in told
    assert "Tết" in told
    assert "Hôm nay 18/5" in told
    assert "Bước 5 · Thu kết quả giám sát · chờ Tổ công tác" in told
    assert "Sinh hoạt: 14/5/2024" in told


def test_names_from_the_plan_are_text_in_the_picture_and_in_the_table(desk: Desk, as_role: AsRole) -> None:
    desk.until_asked()
    with writing(settings().database) as session:
        plan = session.query(PlanRow).one()
        units = [{**unit, "short_name": "<script>alert(1)</script>"} for unit in plan.plan["units"]]
        plan.plan = {**plan.plan, "units": units}

    assert "<script>alert" not in as_role("viewer").get("/nam/2024").text


@pytest.mark.parametrize(("role", "told"), [(role, role in ("admin", "officer", "leader")) for role in ROLES])
def test_a_service_that_is_not_well_says_so_at_the_top_to_those_whom_it_concerns(
    desk: Desk, as_role: AsRole, role: str, told: bool
) -> None:
    desk.until_asked()
    with writing(settings().database) as session:
        service_notes.note(session, "server", "việc xếp lịch của máy chủ lỗi liên tiếp: <OperationalError>")
        session.query(LetterRow).one().state = "uncertain"

    page = as_role(role).get("/nam/2024").text

    assert ("Dịch vụ cần được xem lại" in page) is told
    if told:
        banner = page.split('role="status"')[1].split("</div>")[0]
        assert "máy chủ Prefect:</strong> việc xếp lịch của máy chủ lỗi liên tiếp: &lt;OperationalError&gt;" in banner
        assert "→ khởi động lại dịch vụ" in banner
        assert '1 thư chưa rõ đã đi chưa <a href="/thu">Mở sổ thư</a>' in banner
        assert "visits letters" not in banner
        assert ("nhờ người quản trị" in banner) is (role != "admin")


def test_a_service_that_is_well_says_nothing_of_itself(desk: Desk, as_role: AsRole) -> None:
    desk.until_asked()

    assert "Dịch vụ cần được xem lại" not in as_role("admin").get("/nam/2024").text


def test_the_number_of_queries_does_not_grow_with_the_story(desk: Desk, as_role: AsRole) -> None:
    viewer = as_role("viewer")
    viewer.get("/nam/2024")
    with counting() as empty:
        viewer.get("/nam/2024")
    desk.open()
    desk.until_reported()
    viewer = as_role("viewer")
    viewer.get("/nam/2024")

    with counting() as full:
        viewer.get("/nam/2024")

    assert len(full) == len(empty)
    assert len(full) <= 22


def test_whoever_looks_after_the_service_is_led_to_the_runs_in_prefect(desk: Desk, as_role: AsRole) -> None:
    """By whom they wait for, over a time in which no open one is left out."""
    assert desk.today.year == 2024

    shown = as_role("officer").get("/nam/2024").text

    for one in LISTS:
        assert f">{one.name}</a>" in shown
    assert (
        f"{settings().prefect_url}/runs?tag=ch%E1%BB%9D%3A%20l%C3%A3nh%20%C4%91%E1%BA%A1o%20Ban&amp;type=span" in shown
    )
    assert settings().prefect_url not in as_role("viewer").get("/nam/2024").text
