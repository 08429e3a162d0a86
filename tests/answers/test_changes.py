"""Moving a meeting and calling a visit off: versions, deadlines, and what is too late to change (A23)."""

from datetime import date

import pytest

from answers.changes import cancel, move
from domain.dates import at
from domain.problem import Refused
from tests.desk import Desk
from tests.may import COMPLETE, LEADER, OFFICER, THEMATIC_CELL

LATER = at(date(2024, 5, 21), 8)


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """The visit whose complete list came on 20/3/2024."""
    desk.until_listed()
    return desk


def test_a_move_is_a_new_version_and_the_old_time_stays_on_record(listed: Desk) -> None:
    said = move(listed.key, 1, LATER, OFFICER, venue="Phòng họp B", reason="trùng lịch")

    assert said == (
        "Chi bộ Trường THPT Mẫu: 14 giờ 00, thứ Ba, ngày 14/5/2024 "
        "chuyển sang 8 giờ 00, thứ Ba, ngày 21/5/2024, tại Phòng họp B"
    )
    first, second = listed.answers("nominations")
    assert first.content["meetings"][0]["starts_at"] == "2024-05-14T14:00:00+07:00"
    assert second.content["meetings"][0]["starts_at"] == "2024-05-21T08:00:00+07:00"
    assert second.content["meetings"][0]["venue"] == "Phòng họp B"
    assert second.content["meetings"][1:] == first.content["meetings"][1:]
    (row,) = listed.answers("move")
    assert (row.by, row.content["reason"]) == (OFFICER.name, "trùng lịch")


def test_without_a_new_place_the_old_one_stays(listed: Desk) -> None:
    move(listed.key, 1, LATER, OFFICER)

    assert listed.answers("nominations")[1].content["meetings"][0]["venue"] == "Phòng họp A"


def test_a_meeting_in_time_stays_in_time_wherever_it_moves(listed: Desk) -> None:
    """A23: twice moved, and now less than thirty days after the list came."""
    move(listed.key, 1, at(date(2024, 4, 9), 8), OFFICER)
    move(listed.key, 1, at(date(2024, 4, 2), 8), OFFICER)

    assert listed.candidates() == dict.fromkeys((1, 2, 3), "on_time")


def test_a_late_meeting_does_not_become_timely_by_moving(desk: Desk) -> None:
    """A23 works in both directions: what counts is the day it was nominated for."""
    desk.open()
    desk.set_clock(2024, 4, 24)
    desk.nominate([THEMATIC_CELL])

    move(desk.key, 1, at(date(2024, 6, 20), 8), OFFICER)

    assert desk.candidates() == {1: "late"}


def test_an_acceptance_holds_after_the_move(desk: Desk) -> None:
    """A5, A23: nobody is asked twice about the same lateness."""
    desk.open()
    desk.set_clock(2024, 4, 24)
    desk.nominate([THEMATIC_CELL])
    desk.accept("Đơn vị đang đại hội")

    move(desk.key, 1, LATER, OFFICER)

    assert desk.candidates() == {1: "late_accepted"}
    last = desk.answers("acceptance")[-1]
    assert (last.by, last.content["reason"], last.answers) == (LEADER.name, "Đơn vị đang đại hội", 2)


def test_a_choice_follows_its_meeting(listed: Desk) -> None:
    listed.choose(1)

    move(listed.key, 1, LATER, OFFICER)

    assert len(listed.answers("choice")) == 1
    assert listed.waits().wait.shown == "Chờ phát hành thông báo"
    assert "ngày 21/5/2024" in listed.documents("selection_notice")[-1].body


@pytest.mark.parametrize(
    ("number", "to", "fault"),
    [
        (9, LATER, "danh sách không có số 9"),
        (1, at(date(2024, 3, 19), 23, 59), "đã qua"),
    ],
)
def test_what_cannot_be_is_refused(listed: Desk, number: int, to: object, fault: str) -> None:
    with pytest.raises(Refused, match=fault):
        move(listed.key, number, to, OFFICER)  # type: ignore[arg-type] # a moment

    assert len(listed.answers("nominations")) == 1
    assert listed.answers("move") == []


def test_nothing_moves_before_there_is_a_list(desk: Desk) -> None:
    desk.open()

    with pytest.raises(Refused, match="danh sách không có số 1"):
        move(desk.key, 1, LATER, OFFICER)


def test_a_meeting_that_was_attended_does_not_move(desk: Desk) -> None:
    desk.until_met()
    desk.report(desk.findings("R16"))

    with pytest.raises(Refused, match="đã có kết quả giám sát"):
        move(desk.key, 1, at(date(2024, 6, 3), 8), OFFICER)


# Calling off


@pytest.mark.parametrize("reason", ["", " ", "\t"])
def test_calling_off_needs_a_reason(listed: Desk, reason: str) -> None:
    with pytest.raises(Refused, match="cần lý do"):
        cancel(listed.key, reason, LEADER)
    assert listed.visit.state == "open"


def test_a_visit_is_called_off_with_name_and_reason(listed: Desk) -> None:
    """R49, 6.7 no. 12: its history stays."""
    before = listed.visit.wake_wanted
    cancel(listed.key, "Đơn vị kiện toàn tổ chức", LEADER)

    assert listed.visit.state == "cancelled"
    assert listed.visit.wake_wanted == before + 1
    (row,) = listed.answers("cancellation")
    assert (row.by, row.content) == (LEADER.name, {"reason": "Đơn vị kiện toàn tổ chức"})
    assert len(listed.answers("nominations")) == 1


def test_a_visit_that_has_not_begun_can_be_called_off(desk: Desk) -> None:
    cancel(desk.key, "Đơn vị kiện toàn tổ chức", LEADER)

    assert desk.visit.state == "cancelled"


def test_a_visit_is_called_off_once(listed: Desk) -> None:
    cancel(listed.key, "Đơn vị kiện toàn tổ chức", LEADER)

    with pytest.raises(Refused, match="đã hủy"):
        cancel(listed.key, "Lần nữa", LEADER)
    assert len(listed.answers("cancellation")) == 1


def test_a_move_to_the_same_time_and_place_is_none(listed: Desk) -> None:
    """P7: nothing is recorded, nobody is written to."""
    meeting = COMPLETE[0]

    for venue in ("", f" {meeting.venue} "):
        with pytest.raises(Refused, match="không có gì thay đổi"):
            move(listed.key, meeting.number, meeting.starts_at, OFFICER, venue=venue, reason="nhầm")

    assert listed.answers("move") == []
    assert len(listed.answers("nominations")) == 1


def test_another_place_at_the_same_time_is_a_move(listed: Desk) -> None:
    said = move(listed.key, 1, COMPLETE[0].starts_at, OFFICER, venue="Hội trường B", reason="sửa phòng")

    assert said.endswith("chuyển địa điểm sang Hội trường B")

    assert len(listed.answers("move")) == 1
