"""A report is held against its letter address by address: what is known, older, foreign or not there yet."""

from datetime import timedelta

import pytest

from answers.incoming.acting import act
from answers.letters import resend, resolve
from config.settings import settings
from database import outbox
from database.engine import reading, writing
from database.models import AuditRow
from domain.dates import OFFICE_ZONE
from domain.incoming import MailState
from overview.beside_letters import beside_letters
from tasks.letters.deliver import recover
from tests.desk import Desk
from tests.incoming import row_of
from tests.letter_that_went import TO, letter_of, states, wanted
from tests.mail_that_came import bounce, deal_with, store
from tests.may import OFFICER


def test_what_came_back_twice_counts_once(sent: Desk) -> None:
    first = store(bounce(TO), letter_of(sent))
    assert act(first) is not None
    before = wanted(sent)

    assert act(first) is None, "one message, one act"
    again = deal_with(bounce(TO), letter_of(sent))

    assert (again.state, wanted(sent)) == (MailState.DONE, before)
    assert "đã ghi là trả lại từ trước" in again.words
    with reading(settings().database) as session:
        assert session.query(AuditRow).filter_by(what="thư bị trả lại").count() == 1


def test_a_report_about_an_address_that_has_been_mended_since_is_no_news(sent: Desk) -> None:
    deal_with(bounce(TO), letter_of(sent))
    with writing(settings().database) as session:
        letter = outbox.locked(session, letter_of(sent).id)
        assert letter is not None
        outbox.move(session, letter, "refused", "queued")
        letter.addressee.address = "bt@bien-hoa.example"
    sent.postman_calls()

    outcome = deal_with(bounce(TO), letter_of(sent))

    assert (outcome.state, states(sent)) == (MailState.DONE, ("sent", "sent", "sent"))
    assert "là địa chỉ cũ" in outcome.words


def test_a_report_older_than_the_newest_sending_is_about_the_one_before(sent: Desk) -> None:
    """Both went to the same address: the mailbox had been full, say."""
    letter = letter_of(sent)
    deal_with(bounce(TO), letter)
    resend(letter.id, OFFICER)
    late = sent.set_clock(2024, 3, 5)
    sent.postman_calls()

    old = deal_with(bounce(TO), letter, at=late - timedelta(hours=3))
    assert (old.state, states(sent)[0]) == (MailState.DONE, "sent")
    assert "sau khi có báo này" in old.words

    deal_with(bounce(TO), letter, at=late.astimezone(OFFICE_ZONE) + timedelta(hours=3))
    assert states(sent)[0] == "refused", "one that came after it is news"


def test_a_report_that_is_read_after_a_person_said_it_arrived_is_about_that_sending(sent: Desk) -> None:
    """What counts is when the letter went, not when somebody spoke of it."""
    letter = letter_of(sent)
    with writing(settings().database) as session:
        row = outbox.locked(session, letter.id)
        assert row is not None
        row.attempts = 2  # the addressee's part and that of the copies went one after the other
        outbox.move(session, row, "sent", "uncertain")
    came_at = sent.set_clock(2024, 3, 3, 9, 30)
    sent.set_clock(2024, 3, 3, 10)
    resolve(letter.id, "went_out", OFFICER)

    outcome = deal_with(bounce(TO), letter, at=came_at)

    assert (outcome.state, states(sent)[0]) == (MailState.DONE, "refused")
    assert "trả lại (không có hộp thư này)" in outcome.words


def test_an_address_that_the_letter_never_went_to_is_for_a_person(sent: Desk) -> None:
    """Somebody forwards his mail: which of the recipients has not got it, nobody here can know."""
    outcome = deal_with(bounce("rieng@noi-khac.example"), letter_of(sent))

    assert (outcome.state, states(sent)) == (MailState.OPEN, ("sent", "sent", "sent"))
    assert "rieng@noi-khac.example" in outcome.words
    assert "chuyển tiếp" in outcome.words


def test_addresses_are_the_same_in_capitals(sent: Desk) -> None:
    deal_with(bounce(TO.upper()), letter_of(sent))
    assert states(sent)[0] == "refused"


def test_a_report_that_names_nobody_is_for_a_person(sent: Desk) -> None:
    outcome = deal_with(bounce(), letter_of(sent))
    assert (outcome.state, states(sent)[0]) == (MailState.OPEN, "sent")


def test_a_letter_that_was_taken_back_needs_nothing(sent: Desk) -> None:
    letter = letter_of(sent)
    with writing(settings().database) as session:
        row = outbox.locked(session, letter.id)
        assert row is not None
        outbox.move(session, row, "sent", "withdrawn")
    outcome = deal_with(bounce(TO), letter)
    assert (outcome.state, states(sent)[0]) == (MailState.DONE, "withdrawn")
    assert "thư đã rút" in outcome.words


def test_a_letter_of_which_nobody_knew_whether_it_went_did_not_arrive(sent: Desk) -> None:
    with writing(settings().database) as session:
        row = outbox.locked(session, letter_of(sent).id)
        assert row is not None
        outbox.move(session, row, "sent", "uncertain")
    deal_with(bounce(TO), letter_of(sent))
    assert states(sent)[1:] == ("refused", "uncertain")


def put(desk: Desk, before: str, after: str, *, sender: str | None = None) -> None:
    with writing(settings().database) as session:
        row = outbox.locked(session, letter_of(desk).id)
        assert row is not None
        outbox.move(session, row, before, after)
        row.sending_by = sender


def test_a_report_that_is_read_before_the_dead_sender_was_found_waits_for_the_next_round(sent: Desk) -> None:
    """It would else be done with, and the letter stay uncertain for ever."""
    put(sent, "sent", "sending", sender="máy:1:0")
    number = store(bounce(TO), letter_of(sent))

    assert act(number) is None
    assert row_of(number).state == MailState.NEW

    recover(sent.visit.id)
    outcome = act(number)
    assert outcome is not None
    assert (outcome.state, states(sent)[1]) == (MailState.DONE, "refused")


def test_a_report_does_not_wait_for_ever_for_a_letter_that_nobody_settles(sent: Desk) -> None:
    put(sent, "sent", "sending", sender="máy:1:0")
    number = store(bounce(TO), letter_of(sent))
    sent.set_clock(2024, 3, 3, 11)

    outcome = act(number)

    assert outcome is not None
    assert (outcome.state, states(sent)[1]) == (MailState.OPEN, "sending")
    assert "xác nhận trong sổ thư" in outcome.words


@pytest.mark.parametrize("state", ["queued", "held"])
def test_a_report_about_a_letter_that_waits_here_proves_that_it_went_out(sent: Desk, state: str) -> None:
    """The database was put back from a copy, say: whoever lets it go reads that beside it."""
    put(sent, "sent", state)
    with writing(settings().database) as session:
        row = outbox.locked(session, letter_of(sent).id)
        assert row is not None
        row.addressee.claimed_at = None  # the copy is older than the sending

    outcome = deal_with(bounce(TO), letter_of(sent))

    assert (outcome.state, states(sent)[1]) == (MailState.OPEN, state)
    assert "có thể đã ra ngoài" in outcome.words
    with reading(settings().database) as session:
        (beside,) = beside_letters(session, [outbox.locked(session, letter_of(sent).id)])[letter_of(sent).id]  # type: ignore[list-item]
    assert f"{TO} trả lại thư này" in beside.text


def test_a_second_report_about_a_letter_that_goes_again_is_no_news(sent: Desk) -> None:
    deal_with(bounce(TO), letter_of(sent))
    resend(letter_of(sent).id, OFFICER)

    outcome = deal_with(bounce(TO), letter_of(sent))

    assert (outcome.state, states(sent)[1]) == (MailState.DONE, "queued")
    assert "đang chờ gửi lại" in outcome.words
