"""Step 2 of a list of which every thematic cell is late: a leader is asked once, and takes it with a reason (A5)."""

from dataclasses import replace

import pytest

from domain.outcome import Done
from tests.desk import Desk
from tests.may import THEMATIC_CELL
from tests.opened_mail import words


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """The visit after its request of 01/3/2024 went out."""
    desk.until_asked()
    desk.postman_calls()
    return desk


def late_list(desk: Desk) -> None:
    """All three meetings of May, received twenty days before the first."""
    desk.set_clock(2024, 4, 24, 9)
    desk.nominate()


def test_a_list_of_which_every_thematic_cell_is_late_waits_for_somebody_to_take_it(asked: Desk) -> None:
    """A5: lateness never hides a list."""
    late_list(asked)

    waiting = asked.waits()
    asked.run_step(2)

    assert (waiting.for_whom, waiting.wait.shown) == ("leader", "Chờ chấp nhận danh sách trễ")
    (letter,) = asked.letters("late_nomination")
    assert letter.recipient == "staff:leader"
    assert "14/5/2024 trừ 30 ngày = 14/4/2024" in words(letter)
    assert "Trễ hạn: 10 ngày" in words(letter)
    assert "Chưa chấp nhận: chuyến tiếp tục chờ" in words(letter)
    assert "Hạn xử lý: ngày 04/5/2024" in words(letter)
    assert "visits accept 2024-05/bien_hoa" in words(letter)
    assert asked.letters("staff_task") == [], "one letter about one list"


def test_whoever_has_not_decided_about_a_late_list_is_reminded_of_it(asked: Desk) -> None:
    late_list(asked)
    following = asked.waits().until
    assert following is not None
    asked.set_clock(following.year, following.month, following.day)
    asked.waits()

    (task,) = asked.letters("staff_task")
    assert task.recipient == "staff:leader", "only a leader can take it"
    assert "1. Chi bộ" in words(task)
    assert "trễ 10 ngày" in words(task)
    assert "Chưa chấp nhận thì chuyến tiếp tục chờ" in words(task)
    assert "visits accept 2024-05/bien_hoa" in words(task)
    assert len(asked.letters("late_nomination")) == 1


def test_a_late_list_taken_with_a_reason_goes_on_as_late_accepted(asked: Desk) -> None:
    """A5: reason and name are kept."""
    late_list(asked)
    asked.waits()

    asked.accept("Kế hoạch của đơn vị vừa được duyệt")

    assert asked.run_step(2) == Done("3 tổ chức đảng được đề cử, 3 trễ hạn")
    assert asked.candidates() == dict.fromkeys((1, 2, 3), "late_accepted")
    (row,) = asked.answers("acceptance")
    assert row.content == {"reason": "Kế hoạch của đơn vị vừa được duyệt", "late": [1, 2, 3], "incomplete": False}
    assert row.by == "Trần Thị Minh Họa"


def test_the_acceptance_of_one_list_does_not_hold_for_the_next(asked: Desk) -> None:
    late_list(asked)
    asked.accept()
    asked.nominate([replace(THEMATIC_CELL, venue="Nơi khác")])

    assert asked.waits().wait.shown == "Chờ chấp nhận danh sách trễ"
    assert asked.candidates() == {1: "late"}
