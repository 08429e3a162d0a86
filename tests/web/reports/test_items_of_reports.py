"""A unit reports on the items of the checklist by the form, at the desk and by its link (R16–R38, D13)."""

from collections.abc import Callable

import pytest

from config.settings import settings
from database import visits
from database.engine import reading
from database.self_reports import reported
from domain.self_report import ReportedItem
from tests.desk import Desk
from tests.web.conftest import AsRole, Visitor
from tests.web.letters_links import link_of

KEY, PAGE = "2024/trang_bom", "/nam/2024/bao-cao/trang_bom"
TYPED = {
    "seen": "0", "received_on": "18/12/2024", "committees": "2", "cells": "10", "thematic_cells": "4",
    "strengths": "Nền nếp", "R19-met": "12", "R20-met": "9", "R20-partly_met": "3", "R20-remark": "ghi vắn tắt",
}  # fmt: skip
TOLD = (ReportedItem("R19", 12), ReportedItem("R20", 9, 3, remark="ghi vắn tắt"))
LINE = "II.2.b Sổ nghị quyết: đạt 9, đạt một phần 3, chưa đạt 0 (ghi vắn tắt)"


@pytest.fixture(autouse=True)
def year_end(desk: Desk) -> None:
    """It is 18/12/2024, Trảng Bom has sent nothing."""
    desk.until_year_end()


def told() -> tuple[ReportedItem, ...]:
    with reading(settings().database) as session:
        report = reported(session, visits.find(session, KEY).id).report
        return report.items if report else ()


def test_an_officer_sees_each_item_before_it_counts_and_where_it_is_told(as_role: AsRole) -> None:
    officer = as_role("officer")
    form = officer.get(f"{PAGE}/nhan").text
    assert form.count('-met" name="R') >= 24

    preview = officer.post(f"{PAGE}/nhan", TYPED | {"do": "preview"}).text
    assert LINE in preview
    assert '<input type="hidden" name="R20-remark" value="ghi vắn tắt">' in preview
    assert told() == ()

    officer.post(f"{PAGE}/nhan", TYPED | {"do": "confirm"})
    assert told() == TOLD
    assert LINE in officer.get(PAGE).text
    assert 'name="R20-met" type="text" value="9"' in officer.get(f"{PAGE}/nhan").text


def test_a_unit_reports_them_by_its_link(stranger: Callable[[], Visitor]) -> None:
    unit, link = stranger(), link_of(KEY, "year_end_request")
    unit.get(link)
    unit.post(link, {name: text for name, text in TYPED.items() if name != "received_on"} | {"do": "confirm"})
    assert told() == TOLD


@pytest.mark.parametrize(
    ("field", "typed", "at", "said"),
    [
        ("R19-met", "mười", "R19-met", "không phải số lượng"),
        ("R21-remark", "thiếu", "R21-met", "Mục II.2.c có nhận xét nhưng chưa có số"),
    ],
)
def test_what_is_no_count_stands_at_its_field(as_role: AsRole, field: str, typed: str, at: str, said: str) -> None:
    answer = as_role("officer").post(f"{PAGE}/nhan", TYPED | {field: typed, "do": "preview"})
    assert answer.status_code == 422
    assert said in answer.text.split(f'id="{at}-problem-1">')[1].split("</span>")[0]


def test_what_does_not_fit_is_a_doubt_and_the_report_is_taken(as_role: AsRole) -> None:
    preview = as_role("officer").post(f"{PAGE}/nhan", TYPED | {"R19-met": "40", "do": "preview"})
    assert preview.status_code == 200
    assert "40 tổ chức đảng trong 12 đã dự, giám sát" in preview.text
