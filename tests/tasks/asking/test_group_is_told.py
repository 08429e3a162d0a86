"""The working group hears of its meetings when the notice is issued, of each change, and of the end (R52, A19)."""

from datetime import date
from email import message_from_bytes

import pytest

from answers.changes import cancel, move
from config.settings import settings
from database import links, visits
from database.dossier import open_dossier
from database.engine import reading, writing
from domain.dates import at
from tasks.letters.call_off import call_off
from tests.calendar_entry import Entry
from tests.desk import Desk
from tests.may import FIRST_DAY, LEADER, OFFICER
from tests.opened_mail import enclosed, words
from tests.web.letters_links import link_in

GROUP = ["inspector:1", "inspector:2", "inspector:3"]
MOVED_TO = at(date(2024, 5, 15), 8, 30)


@pytest.fixture
def issued(desk: Desk) -> Desk:
    """The visit whose notice went out on 22/3/2024."""
    desk.until_issued()
    return desk


def entry(desk: Desk, purpose: str) -> Entry:
    letter = desk.letters(purpose, "inspector:1")[-1]
    (part,) = [one for one in message_from_bytes(letter.raw).walk() if one.get_content_type() == "text/calendar"]
    return Entry(letter, part)


def test_each_member_gets_the_notice_the_entry_and_his_link_seven_weeks_ahead(issued: Desk) -> None:
    letters = issued.letters("group_notice")

    assert [one.recipient for one in letters] == GROUP
    for letter in letters:
        assert letter.queued_at.date() == date(2024, 3, 22)
        assert enclosed(letter) == ["2024-05_bien_hoa_TB-danh-sach.docx", "2024-05_bien_hoa_TB-danh-sach.pdf"]
        assert "Thông báo số 80-TB/BTCTU" in words(letter)
        assert "14 giờ 00, thứ Ba, ngày 14/5/2024" in words(letter)
        assert "đồng chí Phạm Thị Thí Dụ (tổ trưởng)" in words(letter)
        assert "Danh mục tài liệu" in words(letter)
    assert len({link_in(issued, "group_notice", one) for one in GROUP}) == 3
    assert (entry(issued, "group_notice").method, entry(issued, "group_notice").starts_at) == (
        "REQUEST", at(FIRST_DAY, 14),
    )  # fmt: skip


def test_who_is_sent_is_required_and_who_is_invited_may_come(issued: Desk) -> None:
    """R54, A16, A19."""
    for purpose, recipient, role in (
        ("group_notice", "inspector:1", b"ROLE=REQ-PARTICIPANT"), ("invitation", "body:", b"ROLE=OPT-PARTICIPANT"),
    ):  # fmt: skip
        letter = issued.letters(purpose, recipient)[0]
        (part,) = [one for one in message_from_bytes(letter.raw).walk() if one.get_content_type() == "text/calendar"]
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert role in content.replace(b"\r\n ", b"")


def test_on_the_day_of_the_meeting_they_are_asked_by_the_same_link(issued: Desk) -> None:
    issued.set_clock(2024, 5, 14)
    issued.go_on()

    for one in GROUP:
        assert link_in(issued, "findings_request", one) == link_in(issued, "group_notice", one)
    assert len(issued.letters("group_notice")) == 3
    with reading(settings().database) as session:
        assert len([row for row in links.of_visit(session, issued.visit.id) if row.purpose == "findings"]) == 3


def test_a_move_is_told_with_the_new_notice_and_the_entry_moves(issued: Desk) -> None:
    """A23."""
    issued.set_clock(2024, 5, 2, 9)
    move(issued.key, 1, MOVED_TO, OFFICER, reason="trùng lịch")
    issued.go_on()
    assert len(issued.letters("group_notice")) == 3, "the clerk has not issued it"
    issued.issue("notice", 85)
    issued.go_on()

    moved = issued.letters("group_notice", "inspector:1")[-1]
    assert "Thông báo số 85-TB/BTCTU" in words(moved)
    assert "chuyển sang 8 giờ 30, thứ Tư, ngày 15/5/2024" in words(moved)
    assert (entry(issued, "group_notice").sequence, entry(issued, "group_notice").starts_at) == (1, MOVED_TO)


def test_a_visit_that_is_called_off_is_told_to_the_group_with_the_reason(issued: Desk) -> None:
    cancel(issued.key, "Đơn vị kiện toàn tổ chức", LEADER)
    with writing(settings().database) as session:
        call_off(open_dossier(session, visits.find(session, issued.key).id, lock=True))

    assert [one.recipient for one in issued.letters("group_cancelled")] == GROUP
    assert "Lý do: Đơn vị kiện toàn tổ chức." in words(issued.letters("group_cancelled")[0])
    assert (entry(issued, "group_cancelled").method, entry(issued, "group_cancelled").sequence) == ("CANCEL", 1)


def test_a_service_that_comes_late_tells_of_no_meeting_that_is_over(desk: Desk) -> None:
    desk.until_chosen()
    desk.set_clock(2024, 5, 14, 20)
    desk.issue("notice", 80)
    desk.go_on()

    assert desk.letters("group_notice") == []
    assert [one.recipient for one in desk.letters("findings_request")] == GROUP
