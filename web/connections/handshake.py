"""The beginning of a connection under TLS, known at the door and with a deadline as well.

A server of asyncio tells its protocol of a connection only when the handshake is over: half-done ones would be counted
by nobody. So the desk listens without TLS, and each connection is led into TLS from here.
"""

import asyncio
import os
import socket
import ssl
from collections.abc import Callable
from typing import Any, cast

from web.connections.door import Door
from web.connections.in_time import InTime

_GOODBYE_SECONDS = 2.0  # for the last words of TLS


class Handshake(asyncio.Protocol):
    """A connection until its handshake is over; after that the protocol of the desk has it."""

    def __init__(self, protocol: type[InTime], context: ssl.SSLContext, config: Any, **of_server: Any) -> None:
        self._door: Door = config.door
        self._context = context
        self._desk: Callable[[], InTime] = lambda: cast(Any, protocol)(config=config, **of_server)
        self._address, self._since = "", 0.0
        self._shaking: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has connected: take the connection over before a byte of it is read, and begin the handshake."""
        raw = cast(asyncio.Transport, transport)  # uvloop's is one without saying so
        loop = asyncio.get_running_loop()
        peer = raw.get_extra_info("peername")
        self._since, self._address = loop.time(), str(peer[0]) if peer else ""
        try:
            # `start_tls` is for a connection that rests: uvloop reads on until it has begun, and the greeting is lost.
            same = socket.socket(fileno=os.dup(raw.get_extra_info("socket").fileno()))
        except OSError:  # gone already, or this process may open no more files
            return
        finally:
            raw.abort()
        same.setblocking(False)
        if self._door.enter(self):
            self._shaking = loop.create_task(self._shake(same))
        else:
            same.close()

    def address(self) -> str:
        """Where the connection comes from."""
        return self._address

    def patience(self, now: float) -> float | None:
        """Seconds until the handshake must be over."""
        return self._door.rules.head_seconds - (now - self._since)

    def give_up(self) -> None:
        """Close; without a handshake there are no words in common."""
        self.drop()

    def drop(self) -> None:
        """Close at once."""
        if self._shaking:
            self._shaking.cancel()

    def _after(self) -> InTime:
        following = self._desk()
        following.handshake = self
        return following

    async def _shake(self, connected: socket.socket) -> None:
        try:
            await asyncio.get_running_loop().connect_accepted_socket(
                self._after, connected, ssl=self._context,
                ssl_handshake_timeout=self._door.rules.head_seconds, ssl_shutdown_timeout=_GOODBYE_SECONDS,
            )  # fmt: skip
        except (OSError, asyncio.CancelledError):  # it went away, spoke no TLS, or took too long
            connected.close()
        finally:
            self._door.leave(self)
