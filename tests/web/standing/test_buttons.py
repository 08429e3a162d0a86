"""The desk's table says of everything that can be waited for who may answer it, and where."""

import pytest

from config.addresses import form_of, page_of
from domain.obligation import parse_reference
from domain.wait import Wait
from tests.desk import Desk
from tests.may import MAY
from web.standing.buttons import WAITS, at_desk


def test_everything_that_can_be_waited_for_is_in_the_table_once() -> None:
    assert [one.wait for one in WAITS] == list(Wait)


def test_every_wait_for_a_person_has_a_button_that_somebody_of_the_office_may_press() -> None:
    for wait in WAITS:
        needs_person = wait.whom not in ("date", "mail_server")
        assert bool(wait.button and wait.may) == needs_person, wait.wait


def test_every_button_acts_at_once_or_leads_away_from_the_page_on_which_it_stands() -> None:
    one = parse_reference(MAY)
    for wait in (one for one in WAITS if one.button):
        leads_on = wait.path if wait.post else form_of(one, wait.wait) != page_of(one)
        assert leads_on, wait.wait


def test_what_waits_for_a_role_of_the_office_is_answered_by_that_role() -> None:
    for wait in WAITS:
        if wait.whom in ("officer", "leader", "clerk", "inspector"):
            assert wait.whom in wait.may, wait.wait


@pytest.mark.parametrize(
    ("until", "state", "button"),
    [
        ("until_asked", "Chờ danh sách", "Nhập danh sách"),
        ("until_listed", "Chờ lựa chọn", "Chọn nơi dự"),
        ("until_chosen", "Chờ phát hành thông báo", "Lấy số, phát hành"),
        ("until_met", "Chờ kết quả giám sát", "Ghi kết quả"),
        ("until_reported", "Chờ duyệt kết quả", "Xem và duyệt kết quả"),
    ],
)
def test_each_point_of_the_story_waits_under_a_name_of_the_table(
    desk: Desk, until: str, state: str, button: str
) -> None:
    getattr(desk, until)()

    wait = at_desk(desk.visit.wait)

    assert wait is not None
    assert (wait.wait.shown, wait.button) == (state, button)
    assert desk.visit.waiting_for == wait.whom
