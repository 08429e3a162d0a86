"""A letter that came back is missed only while somebody needs it: not one that is outdated, answered or called off."""

from datetime import timedelta

import pytest

from answers.changes import cancel, move
from answers.letters import resend
from config.settings import settings
from database import outbox, visits
from database.dossier import open_dossier
from database.engine import writing
from database.models import LetterRow
from domain.incoming import MailState
from domain.outcome import Done
from domain.problem import Refused
from tasks.letters.call_off import call_off
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


def test_whoever_names_an_answered_request_sends_it_all_the_same(desk: Desk) -> None:
    """The host wants the document for its files, say."""
    desk.until_listed()
    (request,) = desk.letters("nomination_request", "host")
    deal_with(bounce(request.addressee.address), request)

    resend(request.id, OFFICER)

    assert desk.letters("nomination_request", "host")[0].addressee.state == "queued"


@pytest.fixture
def called_off(desk: Desk) -> Desk:
    """The host was asked and then told that the visit is off; both letters went out, and the visit is over."""
    desk.until_asked()
    desk.postman_calls()
    desk.set_clock(2024, 3, 3, 9)
    cancel(desk.key, "Đơn vị hoãn", OFFICER)
    with writing(settings().database) as session:
        call_off(open_dossier(session, desk.visit.id, lock=True))
    desk.postman_calls()
    with writing(settings().database) as session:
        visit = visits.get(session, desk.visit.id, lock=True)
        visit.closed_at = visit.opened_at
    return desk


def test_what_comes_back_after_the_visit_was_called_off_is_withdrawn_and_cannot_go_again(called_off: Desk) -> None:
    (request,) = called_off.letters("nomination_request", "host")

    outcome = deal_with(bounce(request.addressee.address), request)

    assert outcome.state == MailState.DONE
    assert "việc này đã hủy nên thư được rút" in outcome.words
    assert "rồi gửi lại" not in outcome.words
    assert called_off.letters("nomination_request", "host")[0].addressee.state == "withdrawn"
    with pytest.raises(Refused, match="không nơi nào từ chối"):
        resend(request.id, OFFICER)


def test_a_request_that_was_refused_is_not_sent_after_the_visit_was_called_off(called_off: Desk) -> None:
    (request,) = called_off.letters("nomination_request", "host")
    with writing(settings().database) as session:
        row = outbox.locked(session, request.id)
        assert row is not None
        outbox.move(session, row, "sent", "refused")

    with pytest.raises(Refused, match="việc này đã hủy"):
        resend(request.id, OFFICER)


def test_the_cancellation_itself_is_missed_and_can_go_again(called_off: Desk) -> None:
    (told,) = called_off.letters("visit_cancelled", "host")

    outcome = deal_with(bounce(told.addressee.address), told)

    assert (outcome.state, "rồi gửi lại" in outcome.words) == (MailState.OPEN, True)
    resend(told.id, OFFICER)
    assert called_off.letters("visit_cancelled", "host")[0].addressee.state == "queued"
