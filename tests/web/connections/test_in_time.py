"""Whoever begins and does not finish is sent away in time, and an honest caller may take his."""

import asyncio
import logging
import time
from collections.abc import Iterator

import httpx
import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from config.settings import Connections
from tests.web.connections.conftest import Listen, Listening
from tests.web.connections.half_requests import HALF, PROTOCOLS, WHOLE, answer, dripping
from web.connections.in_time import InTime


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS)
@pytest.mark.parametrize("tls", [False, True], ids=["plain", "TLS"])
@pytest.mark.parametrize("half", HALF)
def test_each_of_them_is_told_so_if_it_has_begun(
    listen: Listen, caplog: pytest.LogCaptureFixture, protocol: type[InTime], tls: bool, half: str
) -> None:
    desk = listen(tls=tls, protocol=protocol, head_seconds=1, body_seconds=1)
    begun = time.monotonic()

    said = answer(desk.call(HALF[half]))

    assert time.monotonic() - begun < 6
    if half == "nothing":
        assert said == b""
    else:
        assert said.startswith(b"HTTP/1.1 408 ")
        assert "gửi quá chậm" in said.decode()
    assert desk.empties()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_a_byte_a_second_does_not_put_the_deadline_off(listen: Listen) -> None:
    desk = listen(head_seconds=2, body_seconds=2)
    talks = [desk.call(sent) for sent in HALF.values()]
    with dripping(talks):
        assert desk.empties(8)


def test_the_next_request_of_a_connection_has_the_same_deadline(listen: Listen) -> None:
    desk = listen(head_seconds=1)
    talk = desk.call(WHOLE)
    talk.recv(65536)
    talk.sendall(b"GET /dang")

    assert b"HTTP/1.1 408 " in answer(talk)


def test_a_connection_that_asks_for_nothing_more_is_closed(listen: Listen) -> None:
    desk = listen(idle_seconds=1)
    talk = desk.call(WHOLE)
    begun = time.monotonic()

    said = answer(talk)

    assert said.startswith(b"HTTP/1.1 200 ")
    assert b"408" not in said
    assert time.monotonic() - begun < 6


def test_headers_without_end_are_refused_however_quickly_they_come(listen: Listen) -> None:
    desk = listen(head_seconds=30)
    talk = desk.call(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"x: y\r\n" * 12_000)

    said = answer(talk)

    assert said.startswith((b"HTTP/1.1 431 ", b"HTTP/1.1 400 ")) or said == b"", said[:80]
    assert desk.empties(5)


async def counting(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers how long the body was, when it has all of it."""
    taken, more = 0, True
    while more:
        message = await receive()
        taken += len(message.get("body", b""))
        more = message.get("more_body", False)
    await Response(str(taken))(scope, receive, send)


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS)
@pytest.mark.parametrize("tls", [False, True], ids=["plain", "TLS"])
def test_an_honest_upload_may_take_longer_than_any_deadline(listen: Listen, protocol: type[InTime], tls: bool) -> None:
    """Eight pieces at eight times the least rate, over three times the fixed part of the deadline."""
    desk = listen(counting, tls=tls, protocol=protocol, head_seconds=0.5, body_seconds=1, body_rate=8192)

    def slowly() -> Iterator[bytes]:
        for _ in range(8):
            time.sleep(0.4)
            yield b"x" * 26_000

    got = httpx.post(desk.url, content=slowly(), timeout=20, verify=desk.tls() if tls else True)

    assert got.text == str(8 * 26_000)


def test_an_upload_below_the_least_rate_is_sent_away(listen: Listen) -> None:
    desk = listen(counting, body_seconds=1, body_rate=100_000)
    talk = desk.call(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
    with dripping([talk]):
        assert answer(talk).startswith(b"HTTP/1.1 408 ")


def test_the_desk_may_take_its_time_to_answer(listen: Listen) -> None:
    """A large archive takes longer than any deadline of a caller."""

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(2.5)
        await Response("xong")(scope, receive, send)

    desk = listen(slow, head_seconds=0.5, body_seconds=0.5, idle_seconds=1, unread_seconds=0.5)

    assert httpx.get(desk.url, timeout=20).text == "xong"
    assert httpx.post(desk.url, content=b"x", timeout=20).text == "xong"


def test_an_answer_that_nobody_reads_is_cut_off(listen: Listen) -> None:
    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(b"x" * 30_000_000)(scope, receive, send)

    desk = listen(large, unread_seconds=1)
    talk = desk.call(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert desk.empties(10)
    talk.close()


def test_after_an_early_answer_the_rest_of_a_request_gets_no_second_one(listen: Listen) -> None:
    async def early(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("không nhận")(scope, receive, send)

    desk = listen(early, head_seconds=1, body_seconds=1)
    talk = desk.call(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx")
    time.sleep(0.3)
    talk.sendall(b"x" * 100)

    assert answer(talk).count(b"HTTP/1.1") == 1


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS)
def test_a_large_body_that_was_answered_early_is_no_head_that_is_too_long(
    listen: Listen, protocol: type[InTime]
) -> None:
    """A browser that still sends must be able to read the answer: a second one, and a reset, would take it away."""

    async def early(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("không nhận")(scope, receive, send)

    desk = listen(early, protocol=protocol, head_seconds=1, body_seconds=1)
    talk = desk.call(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx")
    time.sleep(0.3)
    talk.sendall(b"x" * 200_000)

    got = answer(talk)
    assert b"431" not in got
    assert got.count(b"HTTP/1.1") == 1


def test_a_served_desk_has_all_this_by_itself(listen: Listen) -> None:
    """The numbers that count in life."""
    rules = Connections()
    upload = 20 * 2**20
    assert upload / (512_000 / 8) < rules.body_seconds + upload / rules.body_rate
    desk: Listening = listen()
    assert desk.visit()[0] == 200
