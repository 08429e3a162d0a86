"""One menu for everything that the office keeps and sets: each person finds what he may open, and no more."""

import re

import pytest

from tests.desk import Desk
from tests.web.conftest import ROLES, AsRole
from web.desk.navigation import HOUSE


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_leads_to_every_page_that_one_may_open_and_to_no_other(desk: Desk, as_role: AsRole, role: str) -> None:
    assert desk.visit.state == "planned"
    visitor = as_role(role)

    listed = set(re.findall(r'<li><a href="([^"]+)"', visitor.get("/mat-khau").text.split("<main")[0]))

    assert {one.url for one in HOUSE if visitor.get(one.url).status_code == 200} == listed & {one.url for one in HOUSE}


def test_administration_is_one_menu_in_which_the_page_one_is_at_is_marked(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"

    shown = as_role("admin").get("/quan-tri/lien-he").text

    assert shown.count(">Quản trị<") == 1
    assert '<summary aria-current="true">Quản trị</summary>' in shown
    assert '<a href="/quan-tri/lien-he" aria-current="page">Địa chỉ liên hệ</a>' in shown
    assert shown.count('aria-current="page"') == 1
