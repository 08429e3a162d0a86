"""Delivering: what a dead sender leaves, what a refusal means, when the server is tried again (design §3, §5)."""

import os
import time
from datetime import date, datetime, timedelta

import pytest

from answers.letters import resolve
from config.settings import Delivery, settings, use
from database import outbox
from database.engine import writing
from database.models import LetterRow
from domain.dates import at
from domain.outcome import Done, Outcome, Waiting
from rehearsal.outside import count_duplicates
from tasks.letters.deliver import LetterNotAccepted, MailServerGone, _wait_for_server, judge, recover
from tasks.letters.sending import Delivered, send_queued
from tests.at_work import at_work
from tests.desk import Desk
from tests.may import OFFICER
from tests.tasks.conftest import Mailbox

HOST = "ban-thuong-vu@bien-hoa.example"
HOSTS_BOARD = "ban-to-chuc@bien-hoa.example"
DEAD = "a process without a lease"


def deliver(desk: Desk) -> Outcome:
    """One round, as the task does it without its retries."""
    recover(desk.visit.id)
    return judge(desk.visit.id, send_queued(desk.visit.id))


def killed_while_sending(desk: Desk, by: str = DEAD) -> int:
    """The request was claimed by a process that then died; its number."""
    (letter,) = desk.letters()
    with writing(settings().database) as session:
        assert outbox.take(session, letter.id, by)
    return letter.id


def test_a_round_that_went_well_is_done(asked: Desk, mailbox: Mailbox) -> None:
    assert deliver(asked) == Done("đã gửi 1 thư")
    assert len(mailbox.originals()) == 1


def test_a_round_without_letters_is_done(desk: Desk) -> None:
    assert deliver(desk) == Done("đã gửi 0 thư")


# A sender that died between the claim and the answer


def test_a_letter_whose_sender_died_becomes_uncertain_and_waits_for_an_officer(asked: Desk, mailbox: Mailbox) -> None:
    number = killed_while_sending(asked)

    waiting = deliver(asked)

    assert isinstance(waiting, Waiting)
    assert (waiting.for_whom, waiting.wait.shown, waiting.until) == ("officer", "Chờ xác nhận thư", None)
    assert f"visits letters resolve {number}" in waiting.message
    assert [letter.state for letter in asked.letters()] == ["uncertain"]
    assert mailbox.messages() == []


def test_it_is_not_sent_before_the_officer_has_spoken(asked: Desk, mailbox: Mailbox) -> None:
    killed_while_sending(asked)
    deliver(asked)

    deliver(asked)
    deliver(asked)

    assert mailbox.messages() == []


def test_said_to_have_gone_out_it_is_sent_and_stays_one(asked: Desk, mailbox: Mailbox) -> None:
    number = killed_while_sending(asked)
    deliver(asked)

    resolve(number, "went_out", OFFICER)

    assert deliver(asked) == Done("đã gửi 0 thư")
    assert mailbox.messages() == []
    assert asked.letters()[0].state == "sent"


def test_said_to_go_again_it_goes_with_the_same_message_id(asked: Desk, mailbox: Mailbox) -> None:
    number = killed_while_sending(asked)
    deliver(asked)

    resolve(number, "send_again", OFFICER)

    assert deliver(asked) == Done("đã gửi 1 thư")
    (arrived,) = mailbox.originals()
    assert arrived["Message-ID"] == asked.letters()[0].message_id


def test_an_office_may_have_it_sent_again_without_asking(asked: Desk, mailbox: Mailbox) -> None:
    """Design §5: the Message-ID tells a second copy."""
    use(settings().model_copy(update={"delivery": Delivery(uncertain="resend")}))
    killed_while_sending(asked)

    assert deliver(asked) == Done("đã gửi 1 thư")
    assert len(mailbox.originals()) == 1
    assert count_duplicates(settings().mailbox) == 0


def test_a_letter_that_a_living_process_is_sending_is_left_alone(asked: Desk) -> None:
    sender = at_work(os.getpid())
    killed_while_sending(asked, by=sender)

    recover(asked.visit.id)

    (letter,) = asked.letters()
    assert (letter.state, letter.sending_by) == ("sending", sender)


def test_a_letter_that_another_machine_is_sending_is_left_alone_as_long_as_its_lease_runs(asked: Desk) -> None:
    """Nothing is asked of that machine, which may have the same name; a round of half an hour is no silence."""
    sender = at_work(1, "0", where="elsewhere", seconds=0.3)
    killed_while_sending(asked, by=sender)

    recover(asked.visit.id)
    assert asked.letters()[0].state == "sending"

    time.sleep(0.4)
    recover(asked.visit.id)
    assert asked.letters()[0].state == "uncertain"


def test_a_later_process_with_the_same_number_is_not_the_sender(asked: Desk) -> None:
    killed_while_sending(asked, by=at_work(os.getpid(), "0"))

    recover(asked.visit.id)

    assert asked.letters()[0].state == "uncertain"


def test_the_other_letters_go_although_one_is_uncertain(desk: Desk, mailbox: Mailbox) -> None:
    desk.until_signed()
    (notice,) = desk.letters("selection_notice", "host")
    with writing(settings().database) as session:
        outbox.take(session, notice.id, DEAD)

    waiting = deliver(desk)

    assert isinstance(waiting, Waiting)
    assert waiting.wait.shown == "Chờ xác nhận thư"
    assert len(mailbox.messages()) == 9


# A server that refuses


def test_a_refused_letter_that_must_arrive_fails_the_run_and_says_what_to_do(asked: Desk, mailbox: Mailbox) -> None:
    mailbox.play("refuse", HOST, HOSTS_BOARD)

    with pytest.raises(LetterNotAccepted) as failed:
        deliver(asked)

    assert "sửa địa chỉ rồi bấm Retry" in str(failed.value)
    assert "550" in str(failed.value)
    assert asked.letters()[0].state == "refused"


def test_after_a_retry_by_a_person_it_is_tried_again(asked: Desk, mailbox: Mailbox) -> None:
    mailbox.play("refuse", HOST, HOSTS_BOARD)
    with pytest.raises(LetterNotAccepted):
        deliver(asked)
    mailbox.mend()

    assert deliver(asked) == Done("đã gửi 1 thư")
    assert len(mailbox.originals()) == 1


def test_the_other_letters_have_gone_when_the_run_fails(desk: Desk, mailbox: Mailbox) -> None:
    """One bad address never holds up the rest (design §5)."""
    desk.until_signed()
    mailbox.play("refuse", HOST, HOSTS_BOARD)

    with pytest.raises(LetterNotAccepted):
        deliver(desk)

    assert len(mailbox.messages()) == 10, "the others, and the copies of the refused one"
    assert {letter.state for letter in desk.letters("invitation")} == {"sent"}


def test_a_refused_invitation_stops_nothing(desk: Desk, mailbox: Mailbox) -> None:
    """R54–R56: invited, never required; the refusal is in the ledger."""
    desk.until_signed()
    mailbox.play("refuse", "van-phong@tinh-uy.example")

    assert deliver(desk) == Done("đã gửi 9 thư")
    assert deliver(desk) == Done("đã gửi 0 thư")
    assert desk.letters("invitation", "body:party_office")[0].state == "refused"
    assert len(mailbox.messages()) == 9


# A server that is down


def test_a_server_that_is_down_is_waited_for(asked: Desk, mailbox: Mailbox) -> None:
    mailbox.play("down")

    waiting = deliver(asked)

    assert isinstance(waiting, Waiting)
    assert (waiting.for_whom, waiting.wait.shown) == ("mail_server", "Chờ gửi lại thư")
    assert waiting.until == at(date(2024, 3, 1), 7, 5)
    assert "gửi lại lúc 7 giờ 05" in waiting.message


def test_it_is_tried_after_5_15_30_and_then_every_60_minutes(asked: Desk, mailbox: Mailbox) -> None:
    mailbox.play("down")
    tries = []
    moment = at(date(2024, 3, 1), 7)

    for _ in range(6):
        asked.set_clock(moment.year, moment.month, moment.day, moment.hour, moment.minute)
        waiting = deliver(asked)
        assert isinstance(waiting, Waiting)
        assert isinstance(waiting.until, datetime)
        moment = waiting.until
        tries.append(f"{moment:%H:%M}")

    assert tries == ["07:05", "07:20", "07:50", "08:50", "09:50", "10:50"]


def test_a_visit_woken_between_two_tries_waits_for_the_same_time(asked: Desk, mailbox: Mailbox) -> None:
    mailbox.play("down")
    deliver(asked)
    asked.set_clock(2024, 3, 1, 7, 12)

    waiting = deliver(asked)

    assert isinstance(waiting, Waiting)
    assert waiting.until == at(date(2024, 3, 1), 7, 20)


def test_after_a_day_it_is_given_up_and_a_person_is_told_what_to_do(asked: Desk, mailbox: Mailbox) -> None:
    mailbox.play("down")
    deliver(asked)
    asked.set_clock(2024, 3, 2, 6, 59)
    assert isinstance(deliver(asked), Waiting)
    asked.set_clock(2024, 3, 2, 7)

    with pytest.raises(MailServerGone, match="kiểm tra máy chủ rồi bấm Retry"):
        deliver(asked)

    assert asked.queued() == ["nomination_request → host"]


def test_once_the_server_is_back_the_letter_goes_and_the_next_trouble_begins_anew(
    asked: Desk, mailbox: Mailbox
) -> None:
    mailbox.play("down")
    deliver(asked)
    mailbox.mend()
    asked.set_clock(2024, 3, 1, 7, 20)

    assert deliver(asked) == Done("đã gửi 1 thư")
    assert asked.letters()[0].failing_since is None
    assert len(mailbox.originals()) == 1


def test_a_server_that_says_later_is_waited_for_in_the_same_way(asked: Desk, mailbox: Mailbox) -> None:
    mailbox.play("later")

    waiting = deliver(asked)

    assert isinstance(waiting, Waiting)
    assert waiting.wait.shown == "Chờ gửi lại thư"
    assert "451" in waiting.message


@pytest.mark.parametrize(
    ("minutes", "until"),
    [(0, 5), (4, 5), (5, 20), (19, 20), (20, 50), (49, 50), (50, 110), (110, 170), (1430, 1490)],
)
def test_the_next_try_follows_from_the_first_failure_alone(home: object, minutes: int, until: int) -> None:
    """Nothing is counted that a crash could lose."""
    assert home
    since = at(date(2024, 3, 1), 7)

    waiting = _wait_for_server(since + timedelta(minutes=minutes), since, Delivered(reply="421"))

    assert waiting.until == since + timedelta(minutes=until)


def test_a_failed_letter_keeps_its_first_failure_through_many(asked: Desk, mailbox: Mailbox) -> None:
    mailbox.play("down")
    for minute in (0, 5, 20, 50):
        asked.set_clock(2024, 3, 1, 7, minute)
        deliver(asked)

    with writing(settings().database) as session:
        (letter,) = session.query(LetterRow).all()
        assert letter.failing_since == at(date(2024, 3, 1), 7)
