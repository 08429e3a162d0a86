"""The life of an invitation, read out of the letters as they go to the mail server (D6, A23, RFC 5545, 5546, 6047)."""

from collections.abc import Sequence
from datetime import date, datetime
from email import message_from_bytes
from email.message import Message

import pytest

from answers.changes import cancel, move
from answers.guests import invite, uninvite
from config.settings import settings
from database import outbox, visits
from database.dossier import open_dossier
from database.engine import writing
from database.models import LetterRow
from domain.dates import at
from tasks.letters.call_off import call_off
from tests.calendar_entry import Entry
from tests.desk import Desk
from tests.may import FIRST_DAY, LEADER, OFFICER
from tests.opened_mail import words

NAME, EMAIL = "Đồng chí Nguyễn Văn Khách", "khach@ban-noi-chinh.example"
TITLE = "Phó Trưởng Ban Nội chính Tỉnh ủy"
MOVED_TO = at(date(2024, 5, 15), 8, 30)
MOVED_AGAIN = at(date(2024, 5, 16), 14)
UID = "2024_05_bien_hoa-1@visits.example"


def entry(letter: LetterRow) -> Entry:
    """The entry that mail programs act on: the one beside the text."""
    parts = [one for one in message_from_bytes(letter.raw).walk() if one.get_content_type() == "multipart/alternative"]
    (*words, calendar) = parts[0].get_payload()
    assert isinstance(calendar, Message)
    assert [one.get_content_type() for one in (*words, calendar)] == ["text/plain", "text/html", "text/calendar"]
    assert calendar.get_content_charset() == "utf-8"
    return Entry(letter, calendar)


def story(desk: Desk, recipient: str) -> list[Entry]:
    """What one addressee got, in order, whatever became of it."""
    found = [one for one in desk.letters("", recipient) if one.purpose.startswith("invitation")]
    return [entry(one) for one in found if one.state != "withdrawn"]


def told(entries: Sequence[Entry]) -> list[tuple[str, int, datetime]]:
    return [(one.method, one.sequence, one.starts_at) for one in entries]


def go_on_and_send(desk: Desk) -> list[str]:
    """Let the visit look, and the postman call; returns what went out to others than the staff."""
    desk.go_on()
    fresh = [one for one in desk.queued() if "staff:" not in one]
    desk.postman_calls()
    return fresh


def call_off_visit(desk: Desk) -> None:
    cancel(desk.key, "Đơn vị kiện toàn tổ chức", LEADER)
    with writing(settings().database) as session:
        call_off(open_dossier(session, visits.find(session, desk.key).id, lock=True))


def move_and_issue(desk: Desk, to: datetime, number: int) -> list[str]:
    move(desk.key, 1, to, OFFICER, reason="trùng lịch")
    desk.go_on()
    desk.issue("notice", number)
    return go_on_and_send(desk)


@pytest.fixture
def issued(desk: Desk) -> Desk:
    """The visit whose invitations went out on 22/3/2024; it waits for the meeting of 14/5."""
    desk.until_issued()
    return desk


def test_create_move_add_a_person_cancel(issued: Desk) -> None:
    """One UID for all, a rising SEQUENCE for each, and the person added hears only what concerns him."""
    issued.set_clock(2024, 5, 2, 9)
    assert len(move_and_issue(issued, MOVED_TO, 85)) == 10
    issued.set_clock(2024, 5, 3, 9)
    invite(issued.key, NAME, EMAIL, OFFICER, title=TITLE)
    assert go_on_and_send(issued) == ["invitation → guest:1"]
    issued.set_clock(2024, 5, 6, 9)
    assert len(move_and_issue(issued, MOVED_AGAIN, 90)) == 11
    issued.set_clock(2024, 5, 7, 9)
    call_off_visit(issued)

    body, guest = story(issued, "body:party_office"), story(issued, "guest:1")
    assert told(body) == [
        ("REQUEST", 0, at(FIRST_DAY, 14)), ("REQUEST", 1, MOVED_TO), ("REQUEST", 2, MOVED_AGAIN),
        ("CANCEL", 3, MOVED_AGAIN),
    ]  # fmt: skip
    assert told(guest) == [("REQUEST", 1, MOVED_TO), ("REQUEST", 2, MOVED_AGAIN), ("CANCEL", 3, MOVED_AGAIN)]
    for entries in (body, guest):
        assert {one.uid for one in entries} == {UID}
        assert [one.stamp for one in entries] == sorted({one.stamp for one in entries})
    assert {one.attendee for one in guest} == {f"mailto:{EMAIL}"}
    assert [one for one in issued.queued() if one.startswith("invitation_cancelled → guest")] != []


def test_the_persons_first_invitation_speaks_of_no_change(issued: Desk) -> None:
    """A23: who never had an invitation is not told that this one replaces it; later he is."""
    issued.set_clock(2024, 5, 2, 9)
    move_and_issue(issued, MOVED_TO, 85)
    invite(issued.key, NAME, EMAIL, OFFICER, title=TITLE)
    go_on_and_send(issued)
    move_and_issue(issued, MOVED_AGAIN, 90)

    first, second = issued.letters("invitation", "guest:1")
    assert f"Kính gửi: {NAME}, {TITLE}" in words(first)
    assert "8 giờ 30" in words(first)
    assert "thay thế" not in words(first)
    assert "thay thế" in words(second)
    for letter in issued.letters("invitation", "body:"):
        assert ("thay thế" in words(letter)) == (letter.revision > 1)


def test_a_guest_comes_once_however_often_the_visit_looks(issued: Desk) -> None:
    """6.7 no. 4."""
    invite(issued.key, NAME, EMAIL, OFFICER)

    assert [go_on_and_send(issued) for _ in range(3)] == [["invitation → guest:1"], [], []]


def test_each_guest_is_invited_alone(issued: Desk) -> None:
    invite(issued.key, NAME, EMAIL, OFFICER)
    go_on_and_send(issued)
    invite(issued.key, "Đồng chí Trần Thị Hai", "hai@tinh.example", OFFICER)

    assert go_on_and_send(issued) == ["invitation → guest:2"]
    (letter,) = issued.letters("invitation", "guest:2")
    assert letter.addresses == ["hai@tinh.example"]
    assert EMAIL.encode() not in letter.raw


def test_a_guest_added_before_the_issue_is_invited_with_the_bodies(desk: Desk) -> None:
    """2.4: nothing leaves the office before a person has issued the notice."""
    desk.until_chosen()
    desk.set_clock(2024, 3, 22, 9)
    invite(desk.key, NAME, EMAIL, OFFICER)
    assert go_on_and_send(desk) == []

    desk.issue("notice", 80)

    assert "invitation → guest:1" in go_on_and_send(desk)
    assert told(story(desk, "guest:1")) == told(story(desk, "body:party_office"))


def test_a_guest_added_while_a_change_waits_for_the_clerk_hears_the_new_time_only(issued: Desk) -> None:
    issued.set_clock(2024, 5, 2, 9)
    move(issued.key, 1, MOVED_TO, OFFICER, reason="trùng lịch")
    invite(issued.key, NAME, EMAIL, OFFICER)
    assert go_on_and_send(issued) == []

    issued.issue("notice", 85)
    go_on_and_send(issued)

    assert told(story(issued, "guest:1")) == [("REQUEST", 1, MOVED_TO)]


def test_a_guest_of_a_meeting_that_took_place_meanwhile_is_not_invited(issued: Desk) -> None:
    """The service was off from the order to the day after."""
    invite(issued.key, NAME, EMAIL, OFFICER)
    issued.set_clock(2024, 5, 15, 9)

    assert "invitation → guest:1" not in go_on_and_send(issued)


def test_a_guest_is_invited_only_to_the_meetings_that_are_ahead(desk: Desk) -> None:
    desk.until_issued(1, 2)
    desk.set_clock(2024, 5, 15, 9)
    invite(desk.key, NAME, EMAIL, OFFICER)
    go_on_and_send(desk)

    (letter,) = desk.letters("invitation", "guest:1")
    assert entry(letter).uid == "2024_05_bien_hoa-2@visits.example"
    assert "Chi bộ Trường THPT Mẫu" not in words(letter)


# Taking an invitation back


def test_who_is_taken_back_alone_gets_the_cancellation_with_the_reason(issued: Desk) -> None:
    invite(issued.key, NAME, EMAIL, OFFICER)
    go_on_and_send(issued)
    uninvite(issued.key, EMAIL, OFFICER, reason="bận công tác khác")

    assert [go_on_and_send(issued) for _ in range(2)] == [["invitation_cancelled → guest:1"], []]
    assert "Lý do: bận công tác khác." in words(issued.letters("invitation_cancelled")[0])
    assert told(story(issued, "guest:1")) == [("REQUEST", 0, at(FIRST_DAY, 14)), ("CANCEL", 1, at(FIRST_DAY, 14))]


def test_who_was_taken_back_hears_nothing_more(issued: Desk) -> None:
    invite(issued.key, NAME, EMAIL, OFFICER)
    go_on_and_send(issued)
    uninvite(issued.key, EMAIL, OFFICER)
    go_on_and_send(issued)

    assert "invitation → guest:1" not in move_and_issue(issued, MOVED_TO, 85)
    call_off_visit(issued)

    assert len(story(issued, "guest:1")) == 2


def test_who_is_invited_again_finds_the_entry_again(issued: Desk) -> None:
    """A SEQUENCE that did not rise would be thrown away by his calendar."""
    for _ in range(2):
        invite(issued.key, NAME, EMAIL, OFFICER)
        go_on_and_send(issued)
        uninvite(issued.key, EMAIL, OFFICER)
        go_on_and_send(issued)
    invite(issued.key, NAME, EMAIL, OFFICER)
    go_on_and_send(issued)
    move_and_issue(issued, MOVED_TO, 85)
    call_off_visit(issued)

    found = story(issued, "guest:1")
    assert [one.method for one in found] == ["REQUEST", "CANCEL"] * 2 + ["REQUEST", "REQUEST", "CANCEL"]
    assert [one.sequence for one in found] == [0, 1, 2, 3, 4, 5, 6]
    assert {one.uid for one in found} == {UID}


def test_an_invitation_that_is_still_here_is_simply_withdrawn(issued: Desk) -> None:
    invite(issued.key, NAME, EMAIL, OFFICER)
    issued.go_on()
    uninvite(issued.key, EMAIL, OFFICER)
    issued.go_on()

    assert [(one.purpose, one.state) for one in issued.letters("", "guest:1")] == [("invitation", "withdrawn")]


def test_who_is_taken_back_before_the_visit_looked_never_hears_of_it(issued: Desk) -> None:
    invite(issued.key, NAME, EMAIL, OFFICER)
    uninvite(issued.key, EMAIL, OFFICER)

    assert go_on_and_send(issued) == []
    assert issued.letters("", "guest:1") == []


def test_who_is_taken_back_just_before_the_end_is_told_once(issued: Desk) -> None:
    """The visit is called off before it has looked: the guest still has the entry in his diary."""
    invite(issued.key, NAME, EMAIL, OFFICER)
    go_on_and_send(issued)
    uninvite(issued.key, EMAIL, OFFICER)
    call_off_visit(issued)

    assert [one.method for one in story(issued, "guest:1")] == ["REQUEST", "CANCEL"]


# Calling off


def test_a_cancellation_speaks_of_the_time_that_was_announced(issued: Desk) -> None:
    """A23: the move was not issued yet, so the invited bodies have never heard of it."""
    issued.set_clock(2024, 5, 2, 9)
    move(issued.key, 1, MOVED_TO, OFFICER, reason="trùng lịch")
    issued.go_on()
    call_off_visit(issued)

    (letter,) = issued.letters("invitation_cancelled", "body:party_office")
    assert "14 giờ 00, thứ Ba, ngày 14/5/2024" in words(letter)
    assert "15/5/2024" not in words(letter)
    found = story(issued, "body:party_office")
    assert found[1].starts_at == found[0].starts_at
    assert found[1].sequence > found[0].sequence


def test_a_refused_invitation_is_not_taken_back(issued: Desk) -> None:
    """Who never got it needs no cancellation."""
    invite(issued.key, NAME, EMAIL, OFFICER)
    issued.go_on()
    (letter,) = issued.letters("invitation", "guest:1")
    with writing(settings().database) as session:
        outbox.take(session, letter.id, "máy:1:0")
        outbox.settle(session, letter.id, "refused", "550 no such user")
    uninvite(issued.key, EMAIL, OFFICER)

    assert go_on_and_send(issued) == []
