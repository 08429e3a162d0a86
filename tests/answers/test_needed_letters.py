"""A letter that came back is missed only while somebody needs it: not one that is outdated, answered or called off."""

from datetime import timedelta

import pytest

from answers.changes import move
from answers.letters import resend, resend_all
from database.models import LetterRow
from domain.incoming import MailState
from domain.outcome import Done
from tasks.letters.deliver import LetterReturned, judge, recover
from tasks.letters.sending import send_queued
from tests.desk import Desk
from tests.mail_that_came import bounce, deal_with
from tests.may import OFFICER
from tests.tasks.conftest import Mailbox, mailbox  # noqa: F401 - a real mail server


@pytest.fixture
def moved(desk: Desk) -> Desk:
    """The notice went out, the meeting was moved by a day, and the notice of that went out as well."""
    desk.until_issued()
    desk.set_clock(2024, 4, 1, 9)
    (meeting, *_others) = desk.chosen()
    move(desk.key, meeting.number, meeting.starts_at + timedelta(days=1), OFFICER, reason="Cấp ủy đổi lịch")
    desk.go_on()
    desk.postman_calls()
    desk.issue("notice", 90)
    desk.go_on()
    desk.postman_calls()
    desk.set_clock(2024, 4, 2, 9)
    return desk


def notices(desk: Desk) -> list[LetterRow]:
    """Those to the host, the older one first."""
    return desk.letters("selection_notice", "host")


def goes_on(desk: Desk) -> None:
    """What the run does with its letters stops it nowhere."""
    recover(desk.visit.id)
    assert isinstance(judge(desk.visit.id, send_queued(desk.visit.id)), Done)


def test_a_notice_that_a_newer_one_has_replaced_stops_nothing_and_never_goes_again(
    moved: Desk,
    mailbox: Mailbox,  # noqa: F811
) -> None:
    """The host would read the old date after the new one."""
    old, new = notices(moved)

    outcome = deal_with(bounce(old.addressee.address), old)
    goes_on(moved)
    moved.set_clock(2024, 4, 2, 10)
    goes_on(moved)

    assert outcome.state == MailState.DONE
    assert f"không cần gửi lại: đã có bản mới hơn là thư {new.id}" in outcome.words
    assert [one.addressee.state for one in notices(moved)] == ["refused", "sent"]
    assert mailbox.messages() == []


def test_the_newest_notice_is_missed_as_before(moved: Desk) -> None:
    _old, new = notices(moved)
    outcome = deal_with(bounce(new.addressee.address), new)
    assert "thư không thể thiếu" in outcome.words
    with pytest.raises(LetterReturned):
        goes_on(moved)


def test_a_request_that_was_answered_meanwhile_stops_nothing_and_never_goes_again(
    desk: Desk,
    mailbox: Mailbox,  # noqa: F811
) -> None:
    desk.until_chosen()
    desk.postman_calls()
    (request,) = desk.letters("nomination_request", "host")

    outcome = deal_with(bounce(request.addressee.address), request)
    goes_on(desk)
    goes_on(desk)

    assert (outcome.state, "đơn vị đã gửi danh sách" in outcome.words) == (MailState.DONE, True)
    assert mailbox.messages() == []


def test_of_many_at_once_an_answered_request_stays_and_whoever_names_it_sends_it(desk: Desk) -> None:
    desk.until_listed()
    (request,) = desk.letters("nomination_request", "host")
    deal_with(bounce(request.addressee.address), request)

    done = resend_all(desk.visit.id, OFFICER)
    assert done.letters == ()
    assert "đơn vị đã gửi danh sách" in str(done.left[0])

    resend(request.id, OFFICER)
    assert desk.letters("nomination_request", "host")[0].addressee.state == "queued"
