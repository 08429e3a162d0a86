"""Step 2 of a list of which every thematic cell is late: a leader is asked once, and takes it with a reason (A5)."""

from dataclasses import replace
from datetime import date

import pytest

from answers.changes import move
from domain.dates import at
from domain.outcome import Done
from tests.desk import Desk
from tests.may import LEADER, THEMATIC_CELL
from tests.opened_mail import words
from tests.seen_now import seen_now


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
    assert "Không chấp nhận, ghi rõ lý do" in words(letter)
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
    assert "không chấp nhận kèm lý do thì không được chọn" in words(task)
    assert "visits accept 2024-05/bien_hoa" in words(task)
    assert len(asked.letters("late_nomination")) == 1


def test_a_late_list_taken_with_a_reason_goes_on_as_late_accepted(asked: Desk) -> None:
    """A5: reason and name are kept."""
    late_list(asked)
    asked.waits()

    asked.accept("Kế hoạch của đơn vị vừa được duyệt")

    assert asked.run_step(2) == Done("3 tổ chức đảng được giới thiệu, 3 trễ hạn")
    assert asked.candidates() == dict.fromkeys((1, 2, 3), "late_accepted")
    (row,) = asked.answers("acceptance")
    assert row.content == {
        "reason": "Kế hoạch của đơn vị vừa được duyệt", "late": [1, 2, 3], "incomplete": False, "refused": [],
    }  # fmt: skip
    assert row.by == "Trần Thị Minh Họa"


def test_the_acceptance_of_one_list_does_not_hold_for_the_next(asked: Desk) -> None:
    late_list(asked)
    asked.accept()
    asked.nominate([replace(THEMATIC_CELL, venue="Nơi khác")])

    assert asked.waits().wait.shown == "Chờ chấp nhận danh sách trễ"
    assert asked.candidates() == {1: "late"}


def test_the_host_is_told_what_became_of_each_late_meeting_and_why(asked: Desk) -> None:
    """A5: once for each word of a leader, however often the step looks."""
    late_list(asked)
    asked.waits()
    asked.accept("Kế hoạch vừa được duyệt", {2: "Trùng lịch của Tổ công tác"})

    asked.go_on()
    asked.run_step(3)

    (letter,) = asked.letters("late_decision")
    told = words(letter)
    assert letter.recipient == "host"
    assert "Chấp nhận, đưa vào lựa chọn nơi dự, giám sát (lý do: Kế hoạch vừa được duyệt)" in told
    taken, refused = told.split("- Không chấp nhận:")
    assert [f"\n{number}. " in taken for number in (1, 2, 3)] == [True, False, True]
    assert "\n2. " in refused
    assert "Lý do: Trùng lịch của Tổ công tác." in refused
    assert "gửi danh sách khác" not in told


def test_where_nothing_is_left_to_choose_the_host_is_asked_for_another_list(asked: Desk) -> None:
    """R51: without a thematic cell no choice keeps the rule."""
    late_list(asked)
    asked.waits()
    asked.accept("Vừa kiện toàn", {1: "Báo quá muộn"})

    waiting = asked.waits()
    asked.waits()

    assert waiting.wait.shown == "Chờ bổ sung danh sách"
    (letter,) = asked.letters("late_decision")
    assert "Đề nghị Ban Thường vụ Thành ủy Biên Hòa gửi danh sách khác" in words(letter)
    assert waiting.until is not None
    asked.set_clock(waiting.until.year, waiting.until.month, waiting.until.day)
    asked.waits()
    assert len(asked.letters("late_decision")) == 2, "and is reminded"
    asked.nominate([THEMATIC_CELL])
    assert asked.waits().wait.shown == "Chờ chấp nhận danh sách trễ", "another list is judged for itself"


def test_a_leader_may_take_after_all_what_was_refused(asked: Desk) -> None:
    late_list(asked)
    asked.waits()
    asked.accept("Vừa kiện toàn", {1: "Báo quá muộn"})
    asked.waits()

    asked.accept("Vừa kiện toàn", looked_at=seen_now(asked.key))

    assert asked.waits().wait.shown == "Chờ lựa chọn"
    first, second = asked.letters("late_decision")
    assert "Không chấp nhận" in words(first)
    assert "Không chấp nhận" not in words(second)


def test_a_meeting_that_moves_tells_nobody_of_the_late_list_again(asked: Desk) -> None:
    """A23: the word is written anew with the list, and is the same word."""
    late_list(asked)
    asked.accept("Vừa kiện toàn", {2: "Trùng lịch"})
    asked.go_on()
    asked.set_clock(2024, 4, 25, 9)
    move(asked.key, 1, at(date(2024, 5, 15), 14), LEADER)
    asked.go_on()

    assert len(asked.letters("late_decision")) == 1
    assert asked.candidates() == {1: "late_accepted", 2: "late_refused", 3: "late_accepted"}
