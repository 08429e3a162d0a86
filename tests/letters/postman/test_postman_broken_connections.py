"""A connection that breaks before the letter is safe to try again; one that breaks after leaves it unknown."""

import socket
from collections.abc import Callable
from typing import Any

import pytest

from letters.postman import (
    LetterRefused,
    MailServer,
    PostalError,
    Postman,
    Receipt,
    ServerUnavailable,
    TryLater,
    Unknown,
)

HandOver = Callable[..., Receipt]
Scripted = Callable[..., MailServer]
RAW = b"Subject: x\r\n\r\n.a line that begins with a dot\r\n"
SENDER = "office@ban-to-chuc.example"
HOST = "host@nhon-trach.example"
#: Greeting, EHLO, MAIL, RCPT; the next line answers DATA.
_UP_TO_DATA = (b"220 x\r\n", b"250 x\r\n", b"250 x\r\n", b"250 x\r\n")


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
def test_a_connection_that_breaks_before_the_letter_is_safe_to_try_again(
    command: str, server: Any, hand_over: HandOver
) -> None:
    server.drops.add(command)
    begun: list[str] = []
    with Postman(server.place()) as postman:
        with pytest.raises(ServerUnavailable):
            hand_over(postman, before_data=lambda _envelope: begun.append("DATA"))
        assert begun == []

        server.drops.clear()
        hand_over(postman)
    assert server.taken == [RAW]


def test_a_connection_that_breaks_after_the_letter_leaves_it_unknown(server: Any, hand_over: HandOver) -> None:
    server.drops.add("DATA")
    with Postman(server.place()) as postman:
        with pytest.raises(Unknown):
            hand_over(postman)

        server.drops.clear()
        hand_over(postman)
    assert server.taken == [RAW]


def test_a_server_that_hangs_up_in_the_middle_of_the_letter_leaves_it_unknown(scripted: Scripted) -> None:
    place = scripted(b"220 x\r\n", b"250 x\r\n", b"250 x\r\n", b"250 x\r\n", b"354 go on\r\n", None)

    with Postman(place) as postman, pytest.raises(Unknown):
        postman.hand_over(RAW + b"x" * 5_000_000, SENDER, [HOST])


def test_a_server_that_falls_silent_after_the_letter_leaves_it_unknown(hand_over: HandOver, scripted: Scripted) -> None:
    place = scripted(b"220 x\r\n", b"250 x\r\n", b"250 x\r\n", b"250 x\r\n", b"354 go on\r\n", b"", timeout=0.3)

    with Postman(place) as postman, pytest.raises(Unknown):
        hand_over(postman)


@pytest.mark.parametrize("answer", [b"250 what?\r\n", b"nonsense\r\n", b"421 4.3.2 closing\r\n", None])
def test_a_server_that_does_not_ask_for_the_text_does_not_have_the_letter(
    answer: bytes | None, hand_over: HandOver, scripted: Scripted
) -> None:
    """It broke at the command itself: nothing of the text was sent, so trying again is safe."""
    place = scripted(*_UP_TO_DATA, answer)
    begun: list[object] = []

    with Postman(place) as postman, pytest.raises(ServerUnavailable):
        hand_over(postman, before_data=begun.append)

    assert len(begun) == 1, "the letter was claimed already, and can be put back"


def test_a_server_that_falls_silent_at_the_command_does_not_have_the_letter(
    hand_over: HandOver, scripted: Scripted
) -> None:
    with Postman(scripted(*_UP_TO_DATA, b"", timeout=0.3)) as postman, pytest.raises(ServerUnavailable):
        hand_over(postman)


@pytest.mark.parametrize(
    ("answer", "error"), [(b"451 4.3.0 not now\r\n", TryLater), (b"554 5.5.1 no\r\n", LetterRefused)]
)
def test_a_server_that_refuses_the_command_is_taken_at_its_word(
    answer: bytes, error: type[PostalError], hand_over: HandOver, scripted: Scripted
) -> None:
    with Postman(scripted(*_UP_TO_DATA, answer, b"250 x\r\n")) as postman, pytest.raises(error):
        hand_over(postman)


@pytest.mark.parametrize("raw", [b"a\r\n.\r\nb", b".a\r\n..b\r\n", b"no line end", b"\r\n"])
def test_the_text_arrives_whole_whatever_its_dots_and_line_ends(raw: bytes, server: Any) -> None:
    with Postman(server.place()) as postman:
        postman.hand_over(raw, SENDER, [HOST])

    assert server.taken == [raw if raw.endswith(b"\r\n") else raw + b"\r\n"]


@pytest.mark.parametrize("greeting", [b"421 4.3.2 closed\r\n", b"554 no service\r\n", b"nonsense\r\n", None])
def test_a_server_that_does_not_greet_is_unavailable(greeting: bytes | None, scripted: Scripted) -> None:
    place = scripted(greeting, None)

    with (
        pytest.raises(ServerUnavailable, match=f"127.0.0.1:{place.port}"),
        Postman(place),
    ):
        pass


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with (
        pytest.raises(ServerUnavailable, match="Không kết nối được máy chủ thư"),
        Postman(MailServer("127.0.0.1", port, security="none")),
    ):
        pass
