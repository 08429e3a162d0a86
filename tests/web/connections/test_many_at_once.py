"""However many come at once, an honest visitor finds a place."""

import asyncio
import time

import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tests.web.connections.conftest import Listen
from tests.web.connections.half_requests import HALF, PROTOCOLS, answer, dripping, wait_until
from web.connections.in_time import InTime


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS)
@pytest.mark.parametrize("callers", [205, 400])
def test_hundreds_of_half_sent_requests_shut_nobody_out_and_are_gone_after_the_deadline(
    listen: Listen, protocol: type[InTime], callers: int
) -> None:
    """All from the visitor's own address, which is the worst case: an office behind one line."""
    desk = listen(protocol=protocol)
    kinds = list(HALF.values())
    talks = [desk.call(kinds[number % len(kinds)]) for number in range(callers)]
    with dripping(talks[1::4]):
        visits = [desk.visit() for _ in range(3)]
        assert [status for status, _ in visits] == [200] * 3
        assert max(seconds for _, seconds in visits) < 5
        assert desk.empties()
    assert desk.visit()[0] == 200


@pytest.mark.parametrize("callers", [205, 400])
def test_the_same_where_nothing_is_crowded_out(listen: Listen, callers: int) -> None:
    """As if each came from an address of its own: all of them stay connected until their deadline."""
    desk = listen(at_once=500, at_once_per_address=500)
    talks = [desk.call(list(HALF.values())[number % len(HALF)]) for number in range(callers)]
    wait_until(lambda: len(desk.door) == callers)

    status, seconds = desk.visit()

    assert status == 200
    assert seconds < 5
    assert desk.empties()
    assert len(talks) == callers


def test_half_done_handshakes_shut_nobody_out_and_are_gone_after_the_deadline(listen: Listen) -> None:
    desk = listen(tls=True)
    hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"  # the first bytes of a handshake
    talks = [desk.call(hello if number % 2 else b"", tls=False) for number in range(205)]
    talks += [desk.call(HALF["headers that do not end"]) for _ in range(5)]

    status, seconds = desk.visit()

    assert status == 200
    assert seconds < 5
    assert desk.empties()
    assert len(talks) == 210


def test_whoever_has_just_ended_the_handshake_at_the_last_free_place_is_let_in(listen: Listen) -> None:
    """The connection and its own handshake took two places, so that one of them made room for the other."""

    async def busy(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(2)
        await Response("xong")(scope, receive, send)

    desk = listen(busy, tls=True, at_once=3, at_once_per_address=3)
    talks = [desk.call(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(2)]
    wait_until(lambda: len(desk.door) == 2)
    time.sleep(0.3)

    last = desk.call(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert answer(last).endswith(b"xong")
    assert [answer(talk).endswith(b"xong") for talk in talks] == [True] * 2


def test_where_everybody_waits_for_an_answer_the_next_one_is_told_to_come_again(listen: Listen) -> None:
    async def busy(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(3)
        await Response("xong")(scope, receive, send)

    desk = listen(busy, at_once_per_address=5)
    talks = [desk.call(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(5)]
    wait_until(lambda: len(desk.door) == 5)
    time.sleep(0.3)

    refused = answer(desk.call(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"))

    assert refused == b"" or refused.startswith(b"HTTP/1.1 503 ")
    assert [answer(talk).endswith(b"xong") for talk in talks] == [True] * 5
