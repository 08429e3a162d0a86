"""Each recipient of a letter by itself: once, or told; whoever puts it off is asked again, and only he (0013)."""

import pytest

from answers.letters import resolve
from config.settings import settings
from database import outbox
from database.engine import writing
from database.models import AuditRow, LetterRow
from domain.outcome import Done, Outcome, Waiting
from letters.masked import original_id
from tasks.letters.deliver import LetterNotAccepted, judge, recover
from tasks.letters.sending import send_queued
from tests.desk import Desk
from tests.may import OFFICER
from tests.tasks.conftest import Mailbox

TO = "ban-thuong-vu@bien-hoa.example"
CC = "ban-to-chuc@bien-hoa.example"
BODY = "van-phong@tinh-uy.example"
TAKEN, LATER, NEVER = "", "450 4.2.0 greylisted", "550 5.1.1 no such user"


def deliver(desk: Desk) -> Outcome | str:
    """One round, as the task does it without its retries; what a failing run says instead of an outcome."""
    recover(desk.visit.id)
    try:
        return judge(desk.visit.id, send_queued(desk.visit.id))
    except LetterNotAccepted as refused:
        return str(refused)


def answer(mailbox: Mailbox, **replies: str) -> None:
    mailbox.answer({{"to": TO, "cc": CC}[place]: reply for place, reply in replies.items() if reply})


def states(desk: Desk) -> tuple[str, ...]:
    """Of the letter, of its addressee, of its copy."""
    (letter,) = desk.letters()
    return (letter.state, *letter.states)


@pytest.mark.parametrize("again", [TAKEN, LATER, NEVER])
@pytest.mark.parametrize("cc", [TAKEN, LATER, NEVER])
@pytest.mark.parametrize("to", [TAKEN, LATER, NEVER])
def test_every_recipient_has_it_once_or_a_person_is_told(
    to: str, cc: str, again: str, copied: Desk, mailbox: Mailbox
) -> None:
    """Refusal for now and for good, of the addressee and of the copy, at the first and at the second try."""
    answer(mailbox, to=to, cc=cc)
    deliver(copied)
    answer(mailbox, to=again, cc=again)
    told = deliver(copied)

    taken = {TO: to == TAKEN or again == TAKEN, CC: cc == TAKEN or (cc == LATER and again == TAKEN)}
    if to == NEVER and again == TAKEN:
        taken[CC] = True  # the failed run was started again by a person: the letter goes to whoever refused it
    assert mailbox.received() == {address: 1 for address, has in taken.items() if has}
    (letter,) = copied.letters()
    assert [one.state == "sent" for one in letter.recipients] == list(taken.values())
    if not taken[TO]:
        assert isinstance(told, (str, Waiting)), "the visit waits for its addressee, or fails with a reason"
        assert isinstance(told, str) == (letter.addressee.state == "refused")
    elif not taken[CC]:
        assert told == Done(f"đã gửi {1 if again == TAKEN and to != TAKEN else 0} thư")
        assert letter.state in ("partly", "queued")
    for one in letter.recipients:
        if one.state == "refused":
            assert one.reply == NEVER
            assert one.address in refusals()

    mailbox.mend()
    deliver(copied)
    assert set(mailbox.received().values()) <= {1}


def refusals() -> list[str]:
    with writing(settings().database) as session:
        rows = session.query(AuditRow).filter_by(what="thư bị từ chối").all()
        return [str(row.details["address"]) for row in rows]


def test_a_copy_that_puts_it_off_is_asked_again_alone_and_holds_nothing_up(copied: Desk, mailbox: Mailbox) -> None:
    """Greylisting of one of two: the visit goes on, the same letter follows."""
    answer(mailbox, cc=LATER)
    assert deliver(copied) == Done("đã gửi 1 thư")
    assert states(copied) == ("queued", "sent", "queued")
    mailbox.mend()

    assert deliver(copied) == Done("đã gửi 1 thư")
    assert states(copied) == ("sent", "sent", "sent")
    first, second = mailbox.messages()
    assert (first["X-Envelope-To"], second["X-Envelope-To"]) == (TO, CC)
    (letter,) = copied.letters()
    assert first["Message-ID"] == letter.message_id == original_id(str(second["Message-ID"]))


def test_an_addressee_that_puts_it_off_holds_the_visit_up_although_the_copy_is_there(
    copied: Desk, mailbox: Mailbox
) -> None:
    answer(mailbox, to=LATER)

    waiting = deliver(copied)

    assert isinstance(waiting, Waiting)
    assert waiting.wait.shown == "Chờ gửi lại thư"
    assert "greylisted" in waiting.message
    assert states(copied) == ("queued", "queued", "sent")


def test_a_refused_addressee_fails_the_run_although_the_copy_is_there(copied: Desk, mailbox: Mailbox) -> None:
    answer(mailbox, to=NEVER)

    failed = deliver(copied)

    assert isinstance(failed, str)
    assert "sửa địa chỉ rồi bấm Retry" in failed
    assert TO in failed
    assert states(copied) == ("refused", "refused", "sent")


def test_a_refused_copy_of_a_letter_that_must_arrive_fails_nothing_and_is_shown(copied: Desk, mailbox: Mailbox) -> None:
    answer(mailbox, cc=NEVER)

    assert deliver(copied) == Done("đã gửi 1 thư")
    assert states(copied) == ("partly", "sent", "refused")
    assert refusals() == [CC]


@pytest.mark.parametrize(
    ("reply", "word"),
    [("552 5.2.2 mailbox full", "hộp thư đầy"), ("552 5.3.4 too big", "thư quá lớn"), ("550 5.7.1 no", "chính sách")],
)
def test_the_failing_run_advises_by_what_the_server_said(reply: str, word: str, copied: Desk, mailbox: Mailbox) -> None:
    answer(mailbox, to=reply)

    failed = deliver(copied)

    assert isinstance(failed, str)
    assert word in failed
    assert "sửa địa chỉ" not in failed


def test_a_copy_that_puts_it_off_for_a_day_counts_as_refused(copied: Desk, mailbox: Mailbox) -> None:
    answer(mailbox, cc=LATER)
    deliver(copied)
    copied.set_clock(2024, 3, 2, 6, 59)
    deliver(copied)
    assert states(copied) == ("queued", "sent", "queued")

    copied.set_clock(2024, 3, 2, 7)
    assert deliver(copied) == Done("đã gửi 0 thư")

    assert states(copied) == ("partly", "sent", "refused")
    assert refusals() == [CC]


def test_an_outage_of_a_day_is_no_refusal_of_a_copy(copied: Desk, mailbox: Mailbox) -> None:
    """Greylisting after it has its own day."""
    mailbox.play("down")
    deliver(copied)
    copied.set_clock(2024, 3, 2, 12)
    answer(mailbox, cc=LATER)

    deliver(copied)

    assert states(copied) == ("queued", "sent", "queued")


def test_an_invitation_that_is_put_off_holds_nothing_up(desk: Desk, mailbox: Mailbox) -> None:
    desk.until_signed()
    mailbox.answer({BODY: LATER})

    assert deliver(desk) == Done("đã gửi 9 thư")
    mailbox.mend()
    assert deliver(desk) == Done("đã gửi 2 thư")
    assert mailbox.received()[BODY] == 2


# A connection that breaks


def test_a_connection_that_dies_at_the_command_leaves_every_recipient_queued(copied: Desk, mailbox: Mailbox) -> None:
    """Nothing of the text was sent, so nobody needs to be asked."""
    mailbox.play("drop")
    waiting = deliver(copied)

    assert isinstance(waiting, Waiting)
    assert waiting.wait.shown == "Chờ gửi lại thư"
    assert states(copied) == ("queued", "queued", "queued")
    mailbox.mend()
    assert deliver(copied) == Done("đã gửi 1 thư")
    assert mailbox.received() == {TO: 1, CC: 1}


def test_only_those_whom_the_broken_text_was_for_are_uncertain(copied: Desk, mailbox: Mailbox) -> None:
    """The copy was put off before it: it is asked again while an officer thinks about the addressee."""
    fault = mailbox.server.folder.parent / "mailbox-fault.json"
    fault.write_text(f'{{"mode": "unanswered", "replies": {{"{CC}": "{LATER}"}}}}', encoding="utf-8")
    deliver(copied)
    assert states(copied) == ("uncertain", "uncertain", "queued")
    mailbox.mend()

    waiting = deliver(copied)

    assert isinstance(waiting, Waiting)
    assert waiting.wait.shown == "Chờ xác nhận thư"
    assert states(copied) == ("uncertain", "uncertain", "sent")
    resolve(copied.letters()[0].id, "went_out", OFFICER)
    assert deliver(copied) == Done("đã gửi 0 thư")
    assert mailbox.received() == {TO: 1, CC: 1}


def test_a_sender_that_died_leaves_in_doubt_only_those_whom_he_had_claimed(copied: Desk, mailbox: Mailbox) -> None:
    (letter,) = copied.letters()
    with writing(settings().database) as session:
        assert outbox.take(session, letter.id, "máy-khác:4711:1700000000.00", [TO])
    assert states(copied) == ("sending", "sending", "queued")

    deliver(copied)

    assert states(copied) == ("uncertain", "uncertain", "sent")
    assert mailbox.received() == {CC: 1}


def test_who_claims_a_letter_has_it_for_himself_until_it_is_settled(copied: Desk) -> None:
    (letter,) = copied.letters()
    with writing(settings().database) as session:
        assert outbox.take(session, letter.id, "a:1:0", [TO])
        assert not outbox.take(session, letter.id, "b:1:0", [CC])
        assert outbox.settle(session, letter.id, "sent", "250 OK")
        assert not outbox.take(session, letter.id, "b:1:0", [TO, CC]), "one of them has it"
        assert outbox.take(session, letter.id, "b:1:0", [CC])


def test_a_letter_that_came_to_nobody_of_a_called_off_visit_goes_to_nobody(copied: Desk, mailbox: Mailbox) -> None:
    answer(mailbox, cc=LATER)
    deliver(copied)
    with writing(settings().database) as session:
        outbox.take_back(session, session.query(LetterRow).one().id)
    mailbox.mend()

    deliver(copied)

    assert states(copied) == ("sent", "sent", "withdrawn")
    assert mailbox.received() == {TO: 1}
