"""A visit that is called off: whoever was asked is told, what has not gone out stays here (A23)."""

import pytest

from answers.changes import cancel
from answers.nominations import nominate
from config.settings import settings
from database import outbox, visits
from database.dossier import open_dossier
from database.engine import writing
from domain.dates import at
from domain.nomination import Nominations
from domain.problem import Refused
from tasks.letters.call_off import call_off
from tests.desk import Desk
from tests.letter_states import put
from tests.may import COMPLETE, FIRST_DAY, HOST, LEADER
from tests.opened_mail import calendars, event, words

REASON = "Đơn vị kiện toàn tổ chức"


def cancel_and_tell(desk: Desk) -> None:
    """What a leader does, and what the visit's run then does as its last act."""
    cancel(desk.key, REASON, LEADER)
    tell(desk)


def tell(desk: Desk) -> None:
    with writing(settings().database) as session:
        call_off(open_dossier(session, visits.find(session, desk.key).id, lock=True))


def test_a_visit_of_which_nobody_has_heard_is_called_off_in_silence(desk: Desk) -> None:
    desk.open()

    cancel_and_tell(desk)

    assert desk.letters() == []
    assert desk.visit.state == "cancelled"


def test_a_request_that_has_not_gone_out_is_taken_back(desk: Desk) -> None:
    """The host has not heard of it, so it hears of nothing."""
    desk.until_asked()

    cancel_and_tell(desk)

    assert [(letter.purpose, letter.state) for letter in desk.letters()] == [("nomination_request", "withdrawn")]


def test_a_host_that_was_asked_is_told_with_the_reason(desk: Desk) -> None:
    desk.until_asked()
    desk.postman_calls()

    cancel_and_tell(desk)

    assert desk.queued() == ["visit_cancelled → host"]
    (letter,) = desk.letters("visit_cancelled")
    assert REASON in words(letter)
    assert letter.must_arrive


def test_every_invited_body_gets_the_cancellation_of_its_entry(desk: Desk) -> None:
    """RFC 5546: same UID, higher SEQUENCE, METHOD:CANCEL."""
    desk.until_issued(1, 2)

    cancel_and_tell(desk)

    invited = desk.letters("invitation")
    cancelled = desk.letters("invitation_cancelled")
    assert [one.recipient for one in cancelled] == [one.recipient for one in invited]
    for before, after in zip(invited, cancelled, strict=True):
        for old, new in zip(calendars(before), calendars(after), strict=True):
            assert (old["METHOD"], new["METHOD"]) == ("REQUEST", "CANCEL")
            assert event(new)["UID"] == event(old)["UID"]
            assert event(new)["SEQUENCE"] > event(old)["SEQUENCE"]
            assert event(new)["STATUS"] == "CANCELLED"
            assert event(new)["DTSTART"].dt == event(old)["DTSTART"].dt
    assert "visit_cancelled → host" in desk.queued()


def test_bodies_whose_invitation_is_still_here_are_not_told(desk: Desk) -> None:
    """Their invitation is withdrawn; one that had gone out already is cancelled."""
    desk.until_signed()
    (gone, *_) = desk.letters("invitation")
    with writing(settings().database) as session:
        outbox.take(session, gone.id, "máy:1:0")
        outbox.settle(session, gone.id, "sent", "250 OK")

    cancel_and_tell(desk)

    assert [one.recipient for one in desk.letters("invitation_cancelled")] == [gone.recipient]
    states = {one.recipient: one.state for one in desk.letters("invitation")}
    assert states.pop(gone.recipient) == "sent"
    assert set(states.values()) == {"withdrawn"}


def test_a_letter_that_the_server_refused_does_not_go_after_the_cancellation(desk: Desk) -> None:
    """Whoever never got the request needs no cancellation, and must not get the request after it either."""
    desk.until_asked()
    (request,) = desk.letters()
    with writing(settings().database) as session:
        outbox.take(session, request.id, "máy:1:0")
        outbox.settle(session, request.id, "refused", "550 no such user")

    cancel_and_tell(desk)

    assert [(letter.purpose, letter.state) for letter in desk.letters()] == [("nomination_request", "withdrawn")]


def test_a_host_whose_copy_alone_has_arrived_is_told_and_gets_nothing_old(desk: Desk) -> None:
    """The organisation board has the request, the standing board has refused it: both hear of the cancellation."""
    desk.until_asked()
    with writing(settings().database) as session:
        put(outbox.of_visit(session, desk.visit.id)[0], "refused", "sent")

    cancel_and_tell(desk)

    assert desk.queued() == ["visit_cancelled → host"]
    assert desk.letters("nomination_request")[0].states == ["withdrawn", "sent", "sent"]


def test_telling_twice_tells_once(desk: Desk) -> None:
    """A run that died in its last act does it again."""
    desk.until_issued()
    cancel_and_tell(desk)
    before = desk.queued()

    tell(desk)

    assert desk.queued() == before
    assert len(before) == 10


def test_nothing_is_answered_about_a_cancelled_visit_any_more(desk: Desk) -> None:
    desk.until_listed()
    cancel_and_tell(desk)

    with pytest.raises(Refused, match="đã hủy"):
        nominate(desk.key, Nominations(COMPLETE, at(FIRST_DAY).date()), HOST)
    with pytest.raises(Refused, match="đã hủy"):
        desk.choose(1)
