"""The menu says on every page how much waits, and the page of one's own work shows as much."""

import re

import pytest

from config.settings import settings
from database.engine import writing
from database.models import LetterRow, VisitRow
from tests.desk import Desk
from tests.letter_states import put
from tests.obligations import Obliged
from tests.web.conftest import ROLES, AsRole
from tests.web.looking import STAGES

MINE = "/viec-cua-toi"


def counted(page: str) -> int:
    """What the menu says beside one's own work."""
    found = re.search(r'<span class="waits">(\d+)<', page)
    return int(found[1]) if found else 0


def shown(page: str) -> int:
    """The cards that one must do something about: what waits outside is not among them."""
    return page.split("Đang chờ bên ngoài (")[0].count('<li class="task')


@pytest.mark.parametrize("stage", [*STAGES, "until_year_end"])
def test_the_menu_counts_what_the_page_shows(desk: Desk, as_role: AsRole, stage: str) -> None:
    getattr(desk, stage)()

    pages = {role: as_role(role).get(MINE).text for role in ROLES}

    assert {role: counted(page) for role, page in pages.items()} == {role: shown(page) for role, page in pages.items()}


def test_somebody_waits_for_each_of_the_roles_somewhere_in_the_story(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()

    assert counted(as_role("leader").get("/nam/2024").text) == 1, "on other pages as well"
    assert counted(as_role("clerk").get("/nam/2024").text) == 0


def test_letters_to_decide_about_count_by_their_kind(desk: Desk, as_role: AsRole) -> None:
    desk.until_signed()
    with writing(settings().database) as session:
        for letter in session.query(LetterRow).filter_by(purpose="invitation"):
            put(letter, "uncertain")

    page = as_role("officer").get(MINE).text

    assert counted(page) == shown(page) >= 1


def test_what_was_just_answered_waits_for_the_service_and_is_not_counted(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    with writing(settings().database) as session:
        row = session.query(VisitRow).filter_by(unit="bien_hoa", kind="visit").one()
        row.wake_wanted = row.wake_seen + 1

    assert counted(as_role("leader").get(MINE).text) == 0


def test_findings_count_for_the_working_group_of_that_year_alone(desk: Desk, as_role: AsRole) -> None:
    desk.until_met()

    assert counted(as_role("inspector").get(MINE).text) == 1
    assert counted(as_role("inspector", "khac", email="khac@noi-khac.example").get(MINE).text) == 0


def test_one_request_to_several_units_is_one_matter_in_the_menu_and_on_the_page(desk: Desk, as_role: AsRole) -> None:
    for key in ("2024/long_thanh", "2024/xuan_loc"):
        unit = Obliged(key)
        unit.set_clock(2024, 11, 1)
        unit.open()
        unit.step()

    page = as_role("clerk").get(MINE).text

    assert counted(page) == shown(page) == 1
