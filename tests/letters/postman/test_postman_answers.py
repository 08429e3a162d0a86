"""What the mail server answers about a letter is told rightly, and the next letter goes."""

from collections.abc import Callable
from typing import Any

import pytest

from letters.postman import Envelope, LetterRefused, PostalError, Postman, Receipt, ServerUnavailable, TryLater

HandOver = Callable[..., Receipt]
RAW = b"Subject: x\r\n\r\n.a line that begins with a dot\r\n"
SENDER = "office@ban-to-chuc.example"
HOST = "host@nhon-trach.example"


def test_a_letter_is_taken_whole_and_the_reply_is_kept(server: Any, hand_over: HandOver) -> None:
    with Postman(server.place()) as postman:
        receipt = hand_over(postman)

    assert receipt == Receipt("250 2.0.0 OK queued as 4F1A", Envelope((HOST,)))
    assert server.taken == [RAW]


def test_a_batch_goes_over_one_connection(server: Any, hand_over: HandOver) -> None:
    with Postman(server.place()) as postman:
        for _ in range(3):
            hand_over(postman)

    assert server.connections == 1
    assert len(server.taken) == 3


def test_a_recipient_that_is_refused_does_not_hold_up_the_others(server: Any, hand_over: HandOver) -> None:
    server.replies["gone@b.example"] = "550 5.1.1 no such user"

    with Postman(server.place()) as postman:
        receipt = hand_over(postman, "gone@b.example", HOST)

    assert receipt.envelope == Envelope((HOST,), refused={"gone@b.example": "550 5.1.1 no such user"})
    assert server.taken == [RAW]


def test_a_recipient_for_later_and_one_for_never_are_told_apart(server: Any, hand_over: HandOver) -> None:
    server.replies |= {"busy@b.example": "450 4.2.0 greylisted", "gone@b.example": "550 5.1.1 no such user"}
    told: list[Envelope] = []

    with Postman(server.place()) as postman:
        receipt = hand_over(postman, "gone@b.example", HOST, "busy@b.example", before_data=told.append)

    assert receipt.envelope.taken == (HOST,)
    assert receipt.envelope.refused == {"gone@b.example": "550 5.1.1 no such user"}
    assert receipt.envelope.later == {"busy@b.example": "450 4.2.0 greylisted"}
    assert told == [receipt.envelope]


@pytest.mark.parametrize(
    ("command", "reply", "error"),
    [
        ("MAIL", "451 4.3.0 busy", TryLater),
        ("MAIL", "550 5.7.1 not from you", LetterRefused),
        ("MAIL", "530 5.7.0 log in first", ServerUnavailable),
        ("MAIL", "421 4.3.2 closing", ServerUnavailable),
        ("RCPT", "450 4.2.0 greylisted", TryLater),
        ("RCPT", "550 5.1.1 no such user", LetterRefused),
        ("RCPT", "421 4.3.2 closing", ServerUnavailable),
        ("DATA", "452 4.3.1 disk full", TryLater),
        ("DATA", "421 4.3.2 closing", TryLater),
        ("DATA", "554 5.6.0 content refused", LetterRefused),
    ],
)
def test_a_refusal_says_what_to_do_and_the_next_letter_goes(
    command: str, reply: str, error: type[PostalError], server: Any, hand_over: HandOver
) -> None:
    server.replies[command] = reply
    with Postman(server.place()) as postman:
        with pytest.raises(error) as refused:
            hand_over(postman)
        assert reply in refused.value.reply
        assert type(refused.value) is error

        server.replies.clear()
        hand_over(postman)

    assert server.taken == [RAW]
    assert server.connections == (1 if error is not ServerUnavailable and "421" not in reply else 2)


def test_one_recipient_for_later_and_one_for_never_is_tried_again(server: Any, hand_over: HandOver) -> None:
    server.replies |= {HOST: "450 4.2.0 greylisted", "gone@b.example": "550 5.1.1 no such user"}

    with Postman(server.place()) as postman, pytest.raises(TryLater, match="greylisted") as put_off:
        hand_over(postman, "gone@b.example", HOST)

    assert put_off.value.envelope == Envelope(
        (), refused={"gone@b.example": "550 5.1.1 no such user"}, later={HOST: "450 4.2.0 greylisted"}
    )


def test_the_caller_is_told_just_before_the_letter_is_given(server: Any, hand_over: HandOver) -> None:
    seen: list[int] = []

    with Postman(server.place()) as postman:
        hand_over(postman, before_data=lambda _envelope: seen.append(len(server.taken)))

    assert seen == [0]
    assert len(server.taken) == 1


def test_a_caller_that_cannot_record_the_sending_stops_it(server: Any, hand_over: HandOver) -> None:
    def fail(_envelope: Envelope) -> None:
        raise ConnectionError("database")

    with Postman(server.place()) as postman:
        with pytest.raises(ConnectionError, match="database"):
            hand_over(postman, before_data=fail)
        assert server.taken == []
        hand_over(postman)

    assert server.connections == 1


@pytest.mark.parametrize(
    "bad", ["a@b.example\r\nRCPT TO:<x@y.example>", "đ@b.example", "a b@c.example", "nobody", "<a@b>"]
)
def test_an_address_cannot_carry_a_command(bad: str, server: Any, hand_over: HandOver) -> None:
    with Postman(server.place()) as postman:
        receipt = hand_over(postman, bad, HOST)
        with pytest.raises(LetterRefused):
            postman.hand_over(RAW, bad, [HOST])

    assert list(receipt.envelope.refused) == [bad]


def test_a_letter_for_nobody_is_refused(server: Any) -> None:
    with Postman(server.place()) as postman, pytest.raises(LetterRefused, match="không có người nhận"):
        postman.hand_over(RAW, SENDER, [])
