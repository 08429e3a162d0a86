"""A connection that has a deadline for whatever the caller owes: headers, a body, reading the answer, going away.

uvicorn waits for all of it without end. Its two protocols for HTTP/1 keep their state in the same fields, which is all
that is used of them here.
"""

import asyncio
import importlib.util
from enum import Enum
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from web.connections.door import Connection, Door

_HTTPTOOLS = importlib.util.find_spec("httptools") is not None  # not to be had everywhere
if _HTTPTOOLS:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Bytes of one request before its headers are whole; the desk's own stay below a twentieth of it.
_LONGEST_HEAD = 64 * 1024
_GOING_SECONDS = 5.0

_TOO_SLOW = "Yêu cầu gửi quá chậm nên kết nối đã được ngắt. Kiểm tra mạng rồi gửi lại."
_TOO_LONG = "Yêu cầu có phần đầu quá dài."
_NO_ROOM = "Bàn làm việc đang có quá nhiều người gọi cùng lúc. Thử lại sau ít phút."


class Turn(Enum):
    """What the connection waits for."""

    HEAD = "the headers of a request"
    BODY = "the body of a request"
    DESK = "the desk"
    UNREAD = "that the caller reads the answer"
    IDLE = "the next request"
    GOING = "that what was written last gets out"


class InTime(asyncio.Protocol):
    """Stands before one of uvicorn's protocols and gives every turn of the caller's an end."""

    # What uvicorn's protocols have.
    config: Any
    transport: Any
    client: Any
    cycle: Any
    flow: Any
    loop: Any

    handshake: Connection | None = None  #: what stood at the door for this connection until it was led into TLS

    _turn = Turn.HEAD
    _since = 0.0  #: since when it waits for that
    _came = 0  #: bytes of the body that came since then
    _head = 0  #: bytes of a request whose headers are not whole yet

    @property
    def door(self) -> Door:
        """Where all connections are known."""
        door: Door = self.config.door
        return door

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has connected."""
        super().connection_made(transport)
        self._since = self.loop.time()
        if self.handshake:  # one connection has one place
            self.door.leave(self.handshake)
            self.handshake = None
        if not self.door.enter(self):
            self._say(HTTPStatus.SERVICE_UNAVAILABLE, _NO_ROOM)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is over."""
        self.door.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes have come: hand them on, and see what is owed next."""
        before = self.cycle
        if before is None or (before.response_complete and not before.more_body):
            self._head += len(data)
        super().data_received(data)
        if self.cycle is not before:  # the headers of a request are whole
            self._head, self._turn = 0, Turn.DESK
        self._look(self.loop.time())
        self._came += len(data)
        if self._head > _LONGEST_HEAD and not self.transport.is_closing():
            self._say(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, _TOO_LONG)

    def resume_writing(self) -> None:
        """The caller has read on."""
        super().resume_writing()
        self._since = self.loop.time()

    def address(self) -> str:
        """Where the connection comes from."""
        return str(self.client[0]) if self.client else ""

    def patience(self, now: float) -> float | None:
        """Seconds for which the desk still waits for the caller; None while the caller waits for the desk."""
        self._look(now)
        rules = self.door.rules
        patience = {
            Turn.HEAD: rules.head_seconds, Turn.IDLE: rules.idle_seconds, Turn.UNREAD: rules.unread_seconds,
            Turn.BODY: rules.body_seconds + self._came / rules.body_rate, Turn.GOING: _GOING_SECONDS,
        }.get(self._turn)  # fmt: skip
        return None if patience is None else patience - (now - self._since)

    def give_up(self) -> None:
        """Tell a caller who has begun a request that it took too long, and close; what does not go is cut off."""
        if self._turn in (Turn.GOING, Turn.UNREAD):
            self.transport.abort()
        elif self._has_begun():
            self._say(HTTPStatus.REQUEST_TIMEOUT, _TOO_SLOW)
        else:
            self.transport.close()

    def drop(self) -> None:
        """Close at once, without a word."""
        self.transport.abort()

    def _look(self, now: float) -> None:
        turn = self._whose_turn()
        if turn is not self._turn:
            self._turn, self._since, self._came = turn, now, 0

    def _whose_turn(self) -> Turn:
        if self.transport.is_closing():
            return Turn.GOING
        if self.cycle is None:
            return Turn.HEAD
        if self.cycle.response_complete:
            return Turn.HEAD if self._head else Turn.IDLE
        if self.cycle.more_body and not self.flow.read_paused:
            return Turn.BODY
        return Turn.UNREAD if self.flow.write_paused else Turn.DESK

    def _has_begun(self) -> bool:
        """Whether a request is under way to which nothing was answered yet."""
        if self.cycle is None or self.cycle.response_complete:
            # After an early answer the rest of its request may come: no second answer to that.
            return self._head > 0 and not (self.cycle and self.cycle.more_body)
        return not self.cycle.response_started

    def _say(self, status: HTTPStatus, text: str) -> None:
        """Write a whole answer past the application, and close."""
        body = text.encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: text/plain; charset=utf-8\r\n"
            f"content-length: {len(body)}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()


class H11InTime(InTime, H11Protocol):
    """The protocol in pure Python."""


if _HTTPTOOLS:

    class HttpToolsInTime(InTime, HttpToolsProtocol):
        """The quicker protocol."""


def quickest() -> type[InTime]:
    """The protocol that this machine can serve with."""
    return HttpToolsInTime if _HTTPTOOLS else H11InTime
