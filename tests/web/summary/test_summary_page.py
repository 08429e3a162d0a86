"""The year in figures: what the desk shows is what the records come to, and each figure leads to its records."""

import re

from config.settings import settings
from database.engine import reading
from papers.annual import summarise
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import AsRole

PAGE = "/nam/2024/tong-hop"


def test_every_figure_of_the_report_is_there_with_its_value(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()
    page = as_role("leader").get(PAGE).text
    shown = {name.strip(): int(value) for value, name in re.findall(r"<b>(\d+)</b> <span>([^<]+)", page)}
    with reading(settings().database) as session:
        figures = summarise(session, 2024).figures
    assert {one.name: one.value for one in figures}.items() <= shown.items()
    assert shown["Kiến nghị"] > 0


def test_a_figure_leads_to_the_records_it_counts(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()
    leader = as_role("leader")
    behind = re.search(r"Tổ chức đảng được dự</span></summary>(.*?)</details>", leader.get(PAGE).text, re.S)
    assert behind
    (url,) = re.findall(r'href="([^"]+)"', behind[1])
    assert url == f"/chuyen/{MAY}"
    assert leader.get(url).status_code == 200
    assert "lựa chọn, bản 1" in behind[1]


def test_what_nobody_has_recorded_is_said_to_be_missing(desk: Desk, as_role: AsRole) -> None:
    assert desk.key
    page = as_role("clerk").get(PAGE).text
    assert re.search(r"<b>0</b> <span>Đợt đã tổ chức <span[^>]*>chưa có", page)


def test_the_year_page_leads_there_whoever_may_open_it(desk: Desk, as_role: AsRole) -> None:
    assert desk.key
    assert PAGE in as_role("officer").get("/nam/2024").text
    assert PAGE not in as_role("viewer").get("/nam/2024").text


def test_a_year_without_a_plan_has_no_figures(desk: Desk, as_role: AsRole) -> None:
    assert desk.key
    assert as_role("officer").get("/nam/2031/tong-hop").status_code == 404
