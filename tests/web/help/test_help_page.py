"""The help is true: every button of a role is told, every page it leads to opens for that role."""

import re

import pytest

from domain.role import OF_ACCOUNTS, Role
from domain.wait import Wait
from tests.desk import Desk
from tests.web.conftest import ROLES, AsRole
from web.help.page import GUIDES
from web.standing.buttons import WAITS

HELP = "/tro-giup"


def test_every_role_that_signs_in_has_a_guide() -> None:
    assert set(GUIDES) == set(OF_ACCOUNTS) == set(ROLES)


@pytest.mark.parametrize("role", OF_ACCOUNTS)
def test_a_guide_tells_of_everything_that_its_role_may_answer_and_of_nothing_else(role: Role) -> None:
    told: set[Wait] = {wait for doing in GUIDES[role].doings for wait in doing.waits}

    assert told == {one.wait for one in WAITS if one.answers({role})}


@pytest.mark.parametrize("role", ROLES)
def test_every_page_it_leads_to_opens_for_that_role(desk: Desk, as_role: AsRole, role: str) -> None:
    desk.until_listed()
    visitor = as_role(role)
    main = visitor.get(HELP).text.split("<main")[1].split("</main>")[0]

    links = set(re.findall(r'href="(/[^"]*)"', main))

    assert "/viec-cua-toi" in links
    assert {url: visitor.get(url).status_code for url in links if visitor.get(url).status_code not in (200, 303)} == {}


def test_whoever_has_several_roles_reads_of_each_and_anybody_may_read_of_another(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    both = as_role("leader", roles=["leader", "clerk"]).get(HELP).text
    viewer = as_role("viewer").get(f"{HELP}?vai=leader").text

    assert ("Chọn nơi dự" in both, "Lấy số, phát hành" in both, "Nhập danh sách" in both) == (True, True, False)
    assert "Chọn nơi dự" in viewer
    assert 'href="/nhat-ky"' not in viewer, "a page that is not for him is named and not linked"
