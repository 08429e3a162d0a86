"""Step 3: the office is advised with reasons, once for each list, and its choice is final (R50, R51, R64, A3)."""

from dataclasses import replace

import pytest

from domain.dates import at
from domain.outcome import Done
from tests.desk import Desk
from tests.may import FIRST_DAY, INCOMPLETE, LEADER, THEMATIC_CELL
from tests.opened_mail import words


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """The visit whose complete list came in time."""
    desk.until_listed()
    return desk


def test_the_leader_is_asked_and_told_the_command(listed: Desk) -> None:
    """R64."""
    waiting = listed.waits()

    assert (waiting.for_whom, waiting.wait.shown, waiting.message) == (
        "leader",
        "Chờ lựa chọn",
        "3 nơi được giới thiệu",
    )
    (task,) = listed.letters("staff_task", "staff:leader")
    assert task.recipient == "staff:leader"
    assert "visits choose 2024-05/bien_hoa" in words(task)


def test_the_advice_is_the_thematic_cell_and_every_place_has_its_reasons(listed: Desk) -> None:
    """R51, A7: the committee with a theme is not advised."""
    (advice,) = listed.answers("recommendation")

    assert advice.content["meetings"] == [1]
    assert [one["meeting"] for one in advice.content["ranking"]] == [1, 2, 3]
    assert all(one["points"] == sum(reason["points"] for reason in one["reasons"]) for one in advice.content["ranking"])
    assert advice.by == "hệ thống"


def test_one_advice_for_each_version_of_the_list_however_often_the_step_runs(listed: Desk) -> None:
    for _ in range(3):
        listed.run_step(3)
    assert len(listed.answers("recommendation")) == 1

    second = replace(THEMATIC_CELL, number=2, organisation="Chi bộ Mẫu Ba", starts_at=at(FIRST_DAY, 19))
    listed.nominate([replace(THEMATIC_CELL, venue="Phòng họp B"), second])
    for _ in range(3):
        listed.run_step(3)

    assert [(one.version, one.answers) for one in listed.answers("recommendation")] == [(1, 1), (2, 2)]


def test_the_leader_is_reminded_after_five_working_days_and_not_before(listed: Desk) -> None:
    """A15."""
    for day in (21, 22, 25, 26):
        listed.set_clock(2024, 3, day)
        listed.run_step(3)
    assert len(listed.letters("staff_task", "staff:leader")) == 1

    listed.set_clock(2024, 3, 27)
    listed.run_step(3)
    listed.run_step(3)

    assert len(listed.letters("staff_task", "staff:leader")) == 2


def test_late_places_are_not_advised(desk: Desk) -> None:
    """A5: what nobody has accepted cannot be chosen, so it is not advised either."""
    desk.until_asked()
    desk.set_clock(2024, 4, 16, 9)
    desk.nominate([THEMATIC_CELL, replace(THEMATIC_CELL, number=2, starts_at=at(FIRST_DAY.replace(day=28), 14))])
    desk.go_on()

    (advice,) = desk.answers("recommendation")

    assert [one["meeting"] for one in advice.content["ranking"]] == [2]


def test_a_choice_ends_the_step_and_is_named_in_its_record(listed: Desk) -> None:
    """R50, A3: with whom it was agreed, and who decided."""
    listed.choose(1, 2)

    assert listed.run_step(3) == Done("chọn 2: Chi bộ Trường THPT Mẫu; Chi bộ khu phố Mẫu Hai")
    (choice,) = listed.answers("choice")
    assert choice.content == {
        "meetings": [1, 2],
        "consulted_with": "Thường trực Thành ủy Biên Hòa",
        "override": "",
    }
    assert (choice.by, choice.answers) == (LEADER.name, 1)


def test_a_choice_without_a_thematic_cell_keeps_its_reason_for_the_annual_report(listed: Desk) -> None:
    """R51, 6.7 no. 3."""
    listed.choose(2, override="Chi bộ chuyên đề hoãn sinh hoạt")

    assert isinstance(listed.run_step(3), Done)
    assert listed.answers("choice")[0].content["override"] == "Chi bộ chuyên đề hoãn sinh hoạt"


def test_a_reason_that_was_not_needed_is_not_an_exception(listed: Desk) -> None:
    listed.choose(1, override="phòng khi cần")

    assert listed.answers("choice")[0].content["override"] == ""


def test_an_accepted_list_without_thematic_cell_is_advised_from_all_the_same(desk: Desk) -> None:
    """A6: the leader still needs a reason for the choice itself."""
    desk.until_asked()
    desk.nominate(INCOMPLETE)
    desk.accept()

    assert desk.waits().wait.shown == "Chờ lựa chọn"
    assert desk.answers("recommendation")[0].content["meetings"] == [1]
