"""One round of sending to a real mail server: each letter once, whatever the server says (design §5)."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from config.settings import Settings, Smtp, settings, use
from database import outbox
from database.engine import reading, writing
from database.models import AuditRow
from domain.dates import at
from rehearsal.outside import count_duplicates, message_ids
from tasks.letters.sending import mail_server, send_queued
from tests.desk import Desk
from tests.tasks.conftest import Mailbox
from tests.tasks.letters.conftest import states

HOST = "ban-thuong-vu@bien-hoa.example"
OFFICE_OF_THE_PARTY = "van-phong@tinh-uy.example"


# A server that is well


def test_every_queued_letter_arrives_once(queued: Desk, mailbox: Mailbox) -> None:
    result = send_queued(queued.visit.id)

    assert (result.sent, result.left, result.uncertain, result.refused) == (10, 0, 0, [])
    assert set(states(queued).values()) == {"sent"}
    letters = [
        *queued.letters("selection_notice", "host"),
        *queued.letters("invitation"),
        *queued.letters("group_notice"),
    ]
    assert sorted(message_ids(settings().mailbox)) == sorted(letter.message_id for letter in letters)
    assert len(mailbox.messages()) == 10


def test_a_second_round_sends_nothing(queued: Desk, mailbox: Mailbox) -> None:
    send_queued(queued.visit.id)

    assert send_queued(queued.visit.id).sent == 0
    assert len(mailbox.messages()) == 10


def test_what_arrives_is_byte_for_byte_what_was_stored(queued: Desk, mailbox: Mailbox) -> None:
    send_queued(queued.visit.id)

    (notice,) = queued.letters("selection_notice", "host")
    kept = [path.read_bytes() for path in settings().mailbox.glob("*.eml")]
    assert any(content.endswith(notice.raw) for content in kept)
    assert len(mailbox.messages()) == len(kept)


def test_a_sent_letter_keeps_when_it_went_and_what_the_server_said(queued: Desk, mailbox: Mailbox) -> None:
    send_queued(queued.visit.id)

    (notice,) = queued.letters("selection_notice", "host")
    assert notice.sent_at == at(queued.today, 9)
    assert (notice.reply or "").startswith("250 OK kept as")
    assert (notice.attempts, notice.sending_by, notice.failing_since) == (1, None, None)
    assert mailbox.messages()


def test_the_copy_reaches_everybody_it_names(queued: Desk, mailbox: Mailbox) -> None:
    """R78–R80: the envelope holds both boards of the host, the leaders, the boards of the province."""
    send_queued(queued.visit.id)

    (arrived,) = [one for one in mailbox.messages() if HOST in str(one["To"])]
    envelope = str(arrived["X-Envelope-To"]).split(", ")
    assert envelope[:3] == [HOST, "ban-to-chuc@bien-hoa.example", "lanh-dao-ban@ban-to-chuc.example"]
    assert len(envelope) == 8
    assert OFFICE_OF_THE_PARTY in envelope


def test_letters_of_other_visits_stay_where_they_are(queued: Desk, mailbox: Mailbox) -> None:
    other = Desk("2024-03/cong_an_tinh")
    other.open()
    other.go_on()
    before = other.queued()

    send_queued(queued.visit.id)

    assert other.queued() == before
    assert len(mailbox.messages()) == 10


def test_two_who_send_at_the_same_moment_send_each_letter_once(queued: Desk, mailbox: Mailbox) -> None:
    """A run that was started twice by mistake claims each letter before it gives it away."""
    barrier = threading.Barrier(2)

    def send(_number: int) -> int:
        barrier.wait()
        return send_queued(queued.visit.id).sent

    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(send, range(2)))

    assert sum(sent) == 10
    assert len(mailbox.messages()) == 10
    assert count_duplicates(settings().mailbox) == 0


# A server in trouble


def test_while_the_server_is_down_letters_stay_queued_with_since_when(queued: Desk, mailbox: Mailbox) -> None:
    mailbox.play("down")

    result = send_queued(queued.visit.id)
    queued.set_clock(2024, 3, 22, 11)
    send_queued(queued.visit.id)

    assert (result.sent, result.left) == (0, 10)
    assert "Không kết nối được máy chủ thư" in result.reply
    assert set(states(queued).values()) == {"queued"}
    (notice,) = queued.letters("selection_notice", "host")
    assert notice.failing_since == at(queued.today, 9)
    assert "421" in (notice.reply or "")


def test_without_any_server_the_letters_stay_too(desk: Desk) -> None:
    """Nobody listens at the port of the mailbox."""
    desk.until_asked()

    assert send_queued(desk.visit.id).left == 1
    assert desk.queued() == ["nomination_request → host"]


def test_when_the_server_is_back_each_letter_goes_once(queued: Desk, mailbox: Mailbox) -> None:
    mailbox.play("down")
    send_queued(queued.visit.id)
    mailbox.mend()

    assert send_queued(queued.visit.id).sent == 10
    assert len(mailbox.messages()) == 10
    assert all(letter.failing_since is None for letter in queued.letters())


def test_a_letter_that_shall_come_later_does_not_hold_up_the_rest(queued: Desk, mailbox: Mailbox) -> None:
    """4xx: greylisting."""
    mailbox.play("later", HOST, "ban-to-chuc@bien-hoa.example")

    result = send_queued(queued.visit.id)

    assert (result.sent, result.left) == (10, 1), "its copies have it"
    assert states(queued).pop("host") == "queued"
    mailbox.mend()
    assert send_queued(queued.visit.id).sent == 1
    assert len(mailbox.messages()) == 11


def test_a_letter_that_is_refused_does_not_hold_up_the_rest(queued: Desk, mailbox: Mailbox) -> None:
    """5xx: one bad address."""
    mailbox.play("refuse", OFFICE_OF_THE_PARTY)

    result = send_queued(queued.visit.id)

    assert result.sent == 9
    assert len(result.refused) == 2, "its copy of the notice and its invitation"
    (letter,) = queued.letters("invitation", "body:party_office")
    assert letter.state == "refused"
    assert "550" in (letter.reply or "")
    assert len(mailbox.messages()) == 9


def test_a_refused_letter_is_not_tried_again_by_itself(queued: Desk, mailbox: Mailbox) -> None:
    mailbox.play("refuse", OFFICE_OF_THE_PARTY)
    send_queued(queued.visit.id)
    mailbox.mend()

    assert send_queued(queued.visit.id).sent == 0
    assert len(mailbox.messages()) == 9


def test_a_letter_of_which_one_copy_was_refused_says_so(queued: Desk, mailbox: Mailbox) -> None:
    """The standing board has it; that the organisation board has not can be read in the ledger."""
    mailbox.play("refuse", "ban-to-chuc@bien-hoa.example")

    send_queued(queued.visit.id)

    (notice,) = queued.letters("selection_notice", "host")
    assert (notice.state, notice.sent_at) == ("partly", at(queued.today, 9))
    assert [(one.address, one.state) for one in notice.recipients[:2]] == [
        (HOST, "sent"), ("ban-to-chuc@bien-hoa.example", "refused"),
    ]  # fmt: skip
    assert "550" in (notice.recipients[1].reply or "")
    assert len(mailbox.messages()) == 10


def test_a_letter_that_somebody_else_is_sending_is_left_to_him(queued: Desk, mailbox: Mailbox) -> None:
    (notice,) = queued.letters("selection_notice", "host")
    with writing(settings().database) as session:
        assert outbox.take(session, notice.id, "other:1:0")

    assert send_queued(queued.visit.id).sent == 9
    assert queued.letters("selection_notice", "host")[0].sending_by == "other:1:0"
    assert len(mailbox.messages()) == 9


# Safe mode


def test_in_safe_mode_letters_are_made_and_held(queued: Desk, mailbox: Mailbox) -> None:
    """P3: without a mail server of its own the office's letters end in the local mailbox."""
    use(settings().model_copy(update={"mode": "live"}))
    assert settings().safe

    send_queued(queued.visit.id)

    assert set(states(queued).values()) == {"held"}
    assert all(letter.sent_at is None for letter in queued.letters("invitation"))
    assert len(mailbox.messages()) == 10


def test_in_safe_mode_and_in_a_rehearsal_the_server_is_always_the_local_one(home: Settings) -> None:
    """Design §6: a rehearsal can never send a letter outside."""
    outside = Smtp(host="mail.example", user="van-thu")

    for update in (
        {"mode": "live"},
        {"mode": "live", "smtp": outside, "hold_letters": True},
        {"mode": "rehearsal", "smtp": outside},
    ):
        server = mail_server(home.model_copy(update=update))
        assert (server.host, server.security, server.user) == ("127.0.0.1", "none", "")

    of = home.model_copy(update={"mode": "live", "smtp": outside})
    assert mail_server(of, held=True).host == "127.0.0.1", "after a restore, until somebody has looked"
    live = mail_server(of)
    assert (live.host, live.port, live.user, live.security) == ("mail.example", 587, "van-thu", "starttls")


def test_where_no_local_mailbox_answers_a_letter_is_held_in_the_ledger(queued: Desk, mailbox: Mailbox) -> None:
    """A runner on a machine of its own has none; what is held stands whole in the database, for any machine."""
    use(settings().model_copy(update={"mode": "live", "mailbox_port": 1}))

    result = send_queued(queued.visit.id)

    assert (result.sent, result.left) == (10, 0)
    assert set(states(queued).values()) == {"held"}
    assert {one.reply for one in queued.letters("invitation")} == {"giữ trong sổ thư"}
    assert mailbox.messages() == []


# A sender whose claim others have taken out of his hands


@pytest.mark.parametrize("said", ["452 4.3.1 full", "554 5.7.1 refused"])
def test_what_the_server_says_too_late_stands_in_the_record_for_whoever_decides(
    said: str, asked: Desk, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He stood still until others called his letter uncertain; then the server did not take the text."""
    assert mailbox.messages() == []
    (letter,) = asked.letters()

    def others_come_first(*_text: object) -> None:
        with writing(settings().database) as session:
            outbox.settle(session, letter.id, "uncertain")
        raise OSError

    monkeypatch.setattr("letters.mailbox.keep", others_come_first)
    monkeypatch.setattr("letters.mailbox._FULL", said)
    result = send_queued(asked.visit.id)

    assert (result.sent, result.refused) == (0, [])
    assert [one.state for one in asked.letters()] == ["uncertain"]
    with reading(settings().database) as session:
        last = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert last
    assert (last.what, last.details["letter"]) == (
        "người gửi bị coi là đã dừng nay báo lại lời máy chủ thư", letter.id,
    )  # fmt: skip
    assert said[:3] in last.details["reply"]
