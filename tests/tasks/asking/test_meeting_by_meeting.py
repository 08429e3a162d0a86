"""With two meetings each has a letter and a calendar entry of its own, so that one moves or ends alone (D6, A23).

The entries are read by two libraries that share no code (`tests/calendar_entry.py`).
"""

from collections.abc import Callable
from datetime import date
from email import message_from_bytes

import pytest

from answers.changes import cancel, move
from answers.guests import invite, uninvite
from config.settings import settings
from database import visits
from database.dossier import open_dossier
from database.engine import writing
from database.models import LetterRow
from domain.dates import at
from tasks.letters.call_off import call_off
from tests.calendar_entry import Entry
from tests.desk import Desk
from tests.may import FIRST_DAY, LEADER, OFFICER, SECOND_DAY
from tests.opened_mail import enclosed, mail, words

FIRST, SECOND = "2024_05_bien_hoa-1@visits.example", "2024_05_bien_hoa-2@visits.example"
TIMES = {1: at(FIRST_DAY, 14), 2: at(SECOND_DAY, 19)}
NEW_TIME = at(date(2024, 5, 20), 8)
COMERS = ("body:party_office", "guest:1", "inspector:2")
EMAIL = "khach@ban-noi-chinh.example"


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two meetings were announced on 22/3/2024, to the bodies, a guest and the group; it is 02/5/2024."""
    desk.until_issued(1, 2)
    invite(desk.key, "Đồng chí Nguyễn Văn Khách", EMAIL, OFFICER)
    desk.go_on()
    desk.postman_calls()
    desk.set_clock(2024, 5, 2, 9)
    return desk


def entries(desk: Desk, recipient: str) -> list[tuple[str, str, int]]:
    """Every entry that came to one of those who come: UID, method, SEQUENCE."""
    found = []
    for letter in desk.letters("", recipient):
        parts = [one for one in message_from_bytes(letter.raw).walk() if one.get_content_type() == "text/calendar"]
        assert len(parts) <= 1, "one letter, one meeting"
        found += [Entry(letter, part) for part in parts if letter.state != "withdrawn"]
    return [(one.uid, one.method, one.sequence) for one in found]


def move_and_issue(desk: Desk, meeting: int, number: int) -> list[str]:
    """Move one meeting and let the clerk tell it; returns what went out to those who come."""
    move(desk.key, meeting, NEW_TIME, OFFICER, reason="trùng lịch")
    desk.go_on()
    desk.issue("notice", number)
    desk.go_on()
    fresh = [one for one in desk.queued() if one.partition(" → ")[2].startswith(COMERS)]
    desk.postman_calls()
    return fresh


def call_off_visit(desk: Desk) -> None:
    cancel(desk.key, "Đơn vị kiện toàn tổ chức", LEADER)
    with writing(settings().database) as session:
        call_off(open_dossier(session, visits.find(session, desk.key).id, lock=True))


@pytest.mark.parametrize("recipient", COMERS)
def test_each_meeting_is_told_by_a_letter_of_its_own(two: Desk, recipient: str) -> None:
    assert entries(two, recipient) == [(FIRST, "REQUEST", 0), (SECOND, "REQUEST", 0)]


@pytest.mark.parametrize(("moved", "uid"), [(1, FIRST), (2, SECOND)])
def test_a_meeting_that_moves_moves_alone(two: Desk, moved: int, uid: str) -> None:
    before = {one: entries(two, one) for one in COMERS}

    told = move_and_issue(two, moved, 85)

    assert sorted(told) == [
        f"group_notice → inspector:2/{moved}", f"invitation → body:party_office/{moved}",
        f"invitation → guest:1/{moved}",
    ]  # fmt: skip
    for one in COMERS:
        assert entries(two, one)[2:] == [(uid, "REQUEST", 1)]
        assert entries(two, one)[:2] == before[one]
        letter = two.letters("", f"{one}/{moved}")[-1]
        assert words(letter).count("Địa điểm: ") == 1
        assert "chuyển sang 8 giờ 00, thứ Hai, ngày 20/5/2024" in words(letter)


def test_both_move_one_after_the_other_and_each_is_told_once(two: Desk) -> None:
    move_and_issue(two, 2, 85)
    two.set_clock(2024, 5, 3, 9)
    move_and_issue(two, 1, 86)
    two.go_on()

    assert two.queued() == []
    for one in COMERS:
        assert entries(two, one)[2:] == [(SECOND, "REQUEST", 1), (FIRST, "REQUEST", 2)]


@pytest.mark.parametrize("recipient", COMERS)
def test_a_visit_that_is_called_off_takes_each_entry_back(two: Desk, recipient: str) -> None:
    move_and_issue(two, 2, 85)

    call_off_visit(two)

    assert entries(two, recipient)[3:] == [(FIRST, "CANCEL", 1), (SECOND, "CANCEL", 2)]


@pytest.mark.parametrize("recipient", COMERS)
def test_after_the_first_meeting_the_second_is_called_off_alone(two: Desk, recipient: str) -> None:
    two.set_clock(2024, 5, 15, 9)

    call_off_visit(two)

    assert entries(two, recipient)[2:] == [(SECOND, "CANCEL", 1)]


def test_before_the_second_was_told_anew_the_first_alone_is_over(two: Desk) -> None:
    """The second is put off before the first has begun: the calendar keeps the first as it is."""
    move_and_issue(two, 2, 85)
    two.set_clock(2024, 5, 17, 9)

    call_off_visit(two)

    assert entries(two, "body:party_office")[3:] == [(SECOND, "CANCEL", 2)]


def test_a_guest_who_comes_back_finds_each_entry_again_under_a_higher_sequence(two: Desk) -> None:
    move_and_issue(two, 2, 85)
    for change in (lambda: uninvite(two.key, EMAIL, OFFICER), lambda: invite(two.key, "Khách", EMAIL, OFFICER)):
        change()
        two.go_on()
        two.postman_calls()

    assert entries(two, "guest:1")[3:] == [
        (FIRST, "CANCEL", 1), (SECOND, "CANCEL", 2), (FIRST, "REQUEST", 2), (SECOND, "REQUEST", 3),
    ]  # fmt: skip


# Visits under way whose invitations told both meetings in one letter


def as_before(desk: Desk, change: Callable[[LetterRow], None] = lambda _letter: None) -> None:
    """Let the ledger have one letter for both meetings, and none to the group, as an earlier version left it."""
    with writing(settings().database) as session:
        for letter in session.query(LetterRow).filter_by(visit_id=desk.visit.id):
            key, _, meeting = letter.recipient.partition("/")
            if letter.purpose == "group_notice" or meeting == "2":
                session.delete(letter)
            elif meeting == "1":
                letter.recipient = key
                change(letter)


def test_who_was_told_both_at_once_is_told_of_the_moved_one_alone(two: Desk) -> None:
    as_before(two)
    two.go_on()
    assert [one for one in two.queued() if one.startswith("invitation")] == []
    two.postman_calls()

    told = move_and_issue(two, 2, 85)

    assert "invitation → body:party_office/2" in told
    assert not any(one.endswith("/1") for one in told)
    assert entries(two, "body:party_office")[1:] == [(SECOND, "REQUEST", 1)]


def test_the_group_of_such_a_visit_hears_of_both_now(two: Desk) -> None:
    as_before(two)

    two.go_on()

    assert entries(two, "inspector:1") == [(FIRST, "REQUEST", 0), (SECOND, "REQUEST", 0)]


def test_what_was_told_at_once_after_a_move_is_taken_back_under_a_higher_sequence(two: Desk) -> None:
    """That version raised the SEQUENCE of both meetings when one was moved."""
    move_and_issue(two, 2, 85)
    with writing(settings().database) as session:
        for letter in session.query(LetterRow).filter_by(visit_id=two.visit.id, purpose="invitation"):
            key, _, meeting = letter.recipient.partition("/")
            if (meeting, letter.revision) in (("1", 1), ("2", 2)):
                letter.recipient = key
            else:
                session.delete(letter)

    call_off_visit(two)

    assert entries(two, "body:party_office")[2:] == [(FIRST, "CANCEL", 2), (SECOND, "CANCEL", 2)]


def test_who_gets_two_invitations_can_tell_them_apart_in_the_list_of_his_mail(two: Desk) -> None:
    """By the organisation in the subject, and by the meeting in the names of the files (P25)."""
    first, second = two.letters("invitation", "body:party_office")

    subjects = [str(mail(one)["Subject"]) for one in (first, second)]
    for subject, meeting in zip(subjects, two.chosen(), strict=True):
        assert f"tại {meeting.organisation}, Đảng bộ thành phố Biên Hòa" in subject
    for number, letter in enumerate((first, second), start=1):
        assert enclosed(letter)[:2] == [f"2024-05_bien_hoa_GM-moi-du_buoi-{number}.{form}" for form in ("docx", "pdf")]
        assert f"_buoi-{number}.docx" in words(letter)


def test_who_is_not_invited_any_more_reads_which_meeting_it_is(two: Desk) -> None:
    uninvite(two.key, EMAIL, OFFICER, reason="bận")
    two.go_on()

    for letter, meeting in zip(two.letters("invitation_cancelled", "guest:1"), two.chosen(), strict=True):
        assert f"tại {meeting.organisation}, " in str(mail(letter)["Subject"])
        assert "giấy mời dự buổi sinh hoạt sau đây" in words(letter)
