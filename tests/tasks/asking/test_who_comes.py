"""On the day before a meeting the working group reads who comes; without any answer there is nothing to tell."""

from datetime import date
from email import message_from_bytes
from email.policy import default

import pytest

from answers.changes import move
from config.setting_groups import Inbox
from config.settings import settings, use
from database.models import LetterRow
from domain.dates import at
from domain.incoming import Attending
from domain.outcome import Waiting
from tests.desk import Desk
from tests.mail_that_came import calendar_reply, deal_with
from tests.may import MAY, OFFICER, SECOND_DAY

BODY = "van-phong@tinh-uy.example"


@pytest.fixture
def invited(desk: Desk) -> Desk:
    """An office that reads its inbox; the meeting is on 14/5/2024, one of those invited has answered."""
    desk.until_issued()
    use(settings().model_copy(update={"inbox": Inbox(host="imap.example")}))
    deal_with(calendar_reply(MAY, 1, BODY, Attending.ACCEPTED), None, desk.visit.id)
    return desk


def words(letter: LetterRow) -> str:
    message = message_from_bytes(letter.raw, policy=default)
    return str(message.get_body(("plain",)).get_content())  # type: ignore[attr-defined]


def looks(desk: Desk, month: int, day: int, hour: int = 8) -> Waiting:
    desk.set_clock(2024, month, day, hour)
    return desk.waits()


def test_the_visit_looks_on_the_day_before_and_tells_the_group_once(invited: Desk) -> None:
    assert looks(invited, 4, 2).until == date(2024, 5, 13)
    assert invited.letters("who_comes") == []

    assert looks(invited, 5, 13).until == date(2024, 5, 14)
    looks(invited, 5, 13, 9)

    told = invited.letters("who_comes")
    assert [one.recipient for one in told] == ["inspector:1", "inspector:2", "inspector:3"]
    text = words(told[0])
    assert "Văn phòng Tỉnh ủy: dự" in text
    assert text.count(": chưa trả lời") == 5
    assert "Chi bộ Trường THPT Mẫu" in text


def test_without_an_answer_nobody_is_told(desk: Desk) -> None:
    desk.until_issued()
    use(settings().model_copy(update={"inbox": Inbox(host="imap.example")}))
    looks(desk, 5, 13)
    assert desk.letters("who_comes") == []


def test_an_office_without_an_inbox_is_not_woken_for_it(desk: Desk) -> None:
    desk.until_issued()
    assert looks(desk, 4, 2).until == date(2024, 5, 14)


def test_a_service_that_was_down_that_day_tells_them_in_the_morning(invited: Desk) -> None:
    looks(invited, 5, 14, 8)
    assert len(invited.letters("who_comes")) == 3


def test_once_the_meeting_has_begun_nobody_is_told(invited: Desk) -> None:
    looks(invited, 5, 14, 15)
    assert invited.letters("who_comes") == []


def test_a_meeting_that_is_moved_is_told_anew_on_the_day_before_its_new_day(invited: Desk) -> None:
    looks(invited, 5, 13)
    move(MAY, 1, at(SECOND_DAY, 15), OFFICER, reason="Trùng kỳ thi")
    invited.go_on()
    invited.issue("notice", 82)
    looks(invited, 5, 15)

    told = invited.letters("who_comes", "inspector:1")
    assert [one.revision for one in told] == [1, 2]
    assert "dự; trả lời trước khi đổi lịch" in words(told[1])
