"""Step 4: the notice waits for the clerk, then host and invited bodies hear once, with calendar (R52–R56, R71, R72)."""

from datetime import UTC, date, timedelta
from typing import Any

import pytest

from answers.changes import move
from domain.dates import at
from domain.outcome import Done
from tests.desk import Desk
from tests.may import FIRST_DAY, HOST, OFFICER
from tests.opened_mail import calendars, enclosed, event, mail, words

BODIES = {
    "body:provincial_standing_body",
    "body:inspection_commission",
    "body:propaganda_board",
    "body:mass_mobilisation_board",
    "body:internal_affairs_board",
    "body:party_office",
}
MOVED_TO = at(date(2024, 5, 15), 8, 30)


@pytest.fixture
def chosen(desk: Desk) -> Desk:
    """The visit whose thematic cell was chosen on 21/3/2024."""
    desk.until_chosen()
    return desk


GROUP = {"inspector:1", "inspector:2", "inspector:3"}


def invitations(desk: Desk, revision: int) -> list[Any]:
    """The entries of the party office's invitations of that revision."""
    letters = [one for one in desk.letters("invitation", "body:party_office") if one.revision == revision]
    return [event(one) for letter in letters for one in calendars(letter)]


# Before the issue


def test_the_notice_is_drafted_and_waits_for_the_clerk(chosen: Desk) -> None:
    """2.4: numbering and issuing are acts of people."""
    waiting = chosen.waits()

    assert (waiting.for_whom, waiting.wait.shown) == ("clerk", "Chờ phát hành thông báo")
    (notice,) = chosen.documents("selection_notice")
    assert (notice.state, notice.number, notice.symbol, notice.changes) == ("draft", None, "", [])
    assert "Chi bộ Trường THPT Mẫu" in notice.body
    (task,) = chosen.letters("staff_task", "staff:clerk")
    assert "visits issue 2024-05/bien_hoa notice" in words(task)


def test_nothing_leaves_the_office_before_a_person_has_issued(chosen: Desk) -> None:
    """6.7 no. 6."""
    chosen.set_clock(2024, 4, 20)
    chosen.run_step(4)

    assert chosen.letters("selection_notice", "host") == []
    assert chosen.letters("invitation") == []


def test_a_draft_looked_at_on_another_day_is_the_same_draft(chosen: Desk) -> None:
    for day in (22, 25, 28):
        chosen.set_clock(2024, 3, day)
        chosen.run_step(4)

    assert len(chosen.documents("selection_notice")) == 1


def test_a_move_before_the_issue_changes_only_the_draft(chosen: Desk) -> None:
    """A23: nobody outside has heard of the old time, so nobody hears of a change."""
    move(chosen.key, 1, MOVED_TO, OFFICER, reason="trùng lịch")
    chosen.waits()

    first, second = chosen.documents("selection_notice")
    assert (first.state, second.state, second.changes) == ("superseded", "draft", [])
    chosen.set_clock(2024, 3, 22, 9)
    chosen.issue("notice", 80)
    assert isinstance(chosen.run_step(4), Done)
    (letter,) = chosen.letters("selection_notice", "host")
    assert "điều chỉnh" not in words(letter)
    assert "8 giờ 30" in words(letter)


def test_after_that_issue_the_notice_stays_as_it_is(chosen: Desk) -> None:
    """A23: the move before the issue is no adjustment, today or on any later day."""
    move(chosen.key, 1, MOVED_TO, OFFICER, reason="trùng lịch")
    chosen.waits()
    chosen.set_clock(2024, 3, 22, 9)
    chosen.issue("notice", 80)

    waiting = chosen.waits()

    assert (waiting.for_whom, waiting.wait.shown) == ("date", "Chờ ngày sinh hoạt")
    assert len(chosen.documents("selection_notice")) == 2
    assert len(chosen.letters("selection_notice", "host")) == 1


# The issue


@pytest.fixture
def issued(desk: Desk) -> Desk:
    """The visit whose notice was issued as number 80 on 22/3/2024; its letters wait for the postman."""
    desk.until_signed()
    return desk


def test_the_issue_ends_the_step(chosen: Desk) -> None:
    chosen.issue("notice", 80)

    assert chosen.run_step(4) == Done("thông báo số 80-TB/BTCTU")


def test_the_notice_goes_to_the_host_with_number_and_date(issued: Desk) -> None:
    """R52, R71."""
    (letter,) = issued.letters("selection_notice", "host")

    assert (letter.recipient, letter.must_arrive, letter.state) == ("host", True, "queued")
    assert "80-TB/BTCTU" in words(letter)
    assert "ngày 22 tháng 3 năm 2024" in words(letter)
    assert "II.7" in words(letter)  # what the host has ready (R39)
    assert enclosed(letter) == ["2024-05_bien_hoa_TB-danh-sach.docx", "2024-05_bien_hoa_TB-danh-sach.pdf"]


def test_every_invited_body_gets_one_invitation(issued: Desk) -> None:
    """R54–R56, R72, D6."""
    letters = issued.letters("invitation")

    assert {letter.recipient for letter in letters} == BODIES
    assert len(letters) == len(BODIES)
    assert len({letter.addresses[0] for letter in letters}) == len(BODIES)


def test_bodies_of_the_host_attend_without_an_invitation_of_their_own(issued: Desk) -> None:
    """R57–R59."""
    told = {letter.recipient for letter in issued.letters() if letter.purpose != "staff_task"}
    assert told == {"host", "organisation:1", *BODIES, *GROUP}


def test_the_calendar_entry_says_where_and_when(issued: Desk) -> None:
    (letter,) = issued.letters("invitation", "body:party_office")
    (calendar,) = calendars(letter)
    entry = event(calendar)

    assert calendar["METHOD"] == "REQUEST"
    assert entry["SEQUENCE"] == 0
    assert entry["UID"] == "2024_05_bien_hoa-1@visits.example"
    assert entry["DTSTART"].dt.astimezone(UTC) == at(FIRST_DAY, 14).astimezone(UTC)
    assert entry["DTEND"].dt - entry["DTSTART"].dt == timedelta(hours=2)
    assert entry["LOCATION"] == "Phòng họp A"
    assert "van-phong@tinh-uy.example" in str(entry["ATTENDEE"])


def test_the_mail_says_the_method_of_its_calendar_entry(issued: Desk) -> None:
    """RFC 6047: without it a mail program shows a file instead of an invitation."""
    (letter,) = issued.letters("invitation", "body:party_office")
    (part,) = [part for part in mail(letter).walk() if part.get_content_type() == "text/calendar"]

    assert part.get_param("method") == "REQUEST"


def test_every_chosen_meeting_has_an_entry_of_its_own(desk: Desk) -> None:
    desk.until_issued(1, 2)

    entries = invitations(desk, 1)

    assert [entry["UID"] for entry in entries] == [
        "2024_05_bien_hoa-1@visits.example",
        "2024_05_bien_hoa-2@visits.example",
    ]


def test_a_step_that_runs_again_sends_nothing_again(issued: Desk) -> None:
    """6.7 no. 4."""
    before = len(issued.letters())
    issued.postman_calls()

    for day in (22, 23, 29):
        issued.set_clock(2024, 3, day, 10)
        issued.run_step(4)

    assert len(issued.letters()) == before
    assert issued.queued() == []


# A meeting that moves after the issue


@pytest.fixture
def moved(desk: Desk) -> Desk:
    """The visit whose notice went out, and whose meeting was then moved on 02/5/2024."""
    desk.until_issued()
    desk.set_clock(2024, 5, 2, 9)
    move(desk.key, 1, MOVED_TO, OFFICER, venue="Phòng họp B", reason="trùng lịch")
    return desk


def test_a_move_after_the_issue_waits_for_the_clerk_with_a_new_revision(moved: Desk) -> None:
    """A23: the notice that is out stays as it was issued."""
    waiting = moved.waits()

    assert (waiting.for_whom, waiting.wait.shown) == ("clerk", "Chờ phát hành điều chỉnh")
    first, second = moved.documents("selection_notice")
    assert (first.state, first.symbol, second.state) == ("issued", "80-TB/BTCTU", "draft")
    assert "chuyển sang 8 giờ 30, thứ Tư, ngày 15/5/2024, tại Phòng họp B" in second.changes[0]
    assert moved.queued() == ["staff_task → staff:clerk"]


def test_the_adjustment_goes_to_all_who_had_the_first_with_the_same_entry_one_step_on(moved: Desk) -> None:
    """A23: same UID, SEQUENCE + 1, new time and place."""
    moved.waits()
    moved.issue("notice", 85)
    moved.go_on()

    (letter,) = [one for one in moved.letters("selection_notice", "host") if one.revision == 2]
    assert "85-TB/BTCTU" in words(letter)
    assert "điều chỉnh" in words(letter)
    assert {one.recipient for one in moved.letters("invitation") if one.revision == 2} == BODIES
    (old,), (new,) = invitations(moved, 1), invitations(moved, 2)
    assert (new["UID"], new["SEQUENCE"]) == (old["UID"], old["SEQUENCE"] + 1)
    assert new["DTSTART"].dt.astimezone(UTC) == MOVED_TO.astimezone(UTC)
    assert new["LOCATION"] == "Phòng họp B"


def test_an_adjustment_is_sent_once_and_then_the_day_is_waited_for(moved: Desk) -> None:
    moved.waits()
    moved.issue("notice", 85)

    waiting = moved.waits()
    moved.postman_calls()
    moved.waits()

    assert (waiting.wait.shown, waiting.until) == ("Chờ ngày sinh hoạt", date(2024, 5, 15))
    assert moved.queued() == []
    assert len(moved.documents("selection_notice")) == 2


def test_a_second_move_tells_only_what_was_not_told_before(moved: Desk) -> None:
    """A23: what the last notice announced is not announced again."""
    moved.waits()
    moved.issue("notice", 85)
    moved.waits()
    moved.set_clock(2024, 5, 6, 9)
    move(moved.key, 1, at(date(2024, 5, 16), 14), OFFICER, reason="trùng lịch lần nữa")

    moved.waits()

    third = moved.documents("selection_notice")[-1]
    assert (third.revision, third.state) == (3, "draft")
    assert len(third.changes) == 1
    assert "chuyển sang 14 giờ 00, thứ Năm, ngày 16/5/2024" in third.changes[0]


def test_two_moves_before_the_clerk_comes_are_told_together(moved: Desk) -> None:
    moved.waits()
    moved.set_clock(2024, 5, 3, 9)
    move(moved.key, 1, at(date(2024, 5, 16), 14), OFFICER, reason="trùng lịch lần nữa")

    moved.waits()

    second, third = moved.documents("selection_notice")[1:]
    assert (second.state, third.state, len(third.changes)) == ("superseded", "draft", 2)


def test_a_meeting_that_nobody_attends_may_move_without_a_word(desk: Desk) -> None:
    """A23: only those who were told of a meeting are told of its change."""
    desk.until_issued()
    desk.set_clock(2024, 5, 2, 9)
    move(desk.key, 2, at(date(2024, 5, 20), 19), HOST, reason="khác")

    waiting = desk.waits()

    assert (waiting.wait.shown, waiting.until) == ("Chờ ngày sinh hoạt", FIRST_DAY)
    assert desk.queued() == []


def test_the_notice_speaks_only_of_what_was_chosen(issued: Desk) -> None:
    text = words(issued.letters("selection_notice", "host")[0])

    assert "Chi bộ Trường THPT Mẫu" in text
    assert "Chi bộ khu phố Mẫu Hai" not in text
