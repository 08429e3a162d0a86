"""Mail servers for the tests of the postman: one that answers as told, and one that follows a script."""

# ruff: noqa: N802, ARG002 - the names and the arguments of the handlers are aiosmtpd's

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from letters.postman import MailServer, Postman, Receipt

RAW = b"Subject: x\r\n\r\n.a line that begins with a dot\r\n"
SENDER = "office@ban-to-chuc.example"
HOST = "host@nhon-trach.example"
Start = Callable[..., "Server"]


class Server:
    """A mail server that answers as the test says and remembers what it took."""

    def __init__(self) -> None:
        self.replies: dict[str, str] = {}  # command, or address: its reply
        self.drops: set[str] = set()  # commands at which it hangs up without a word
        self.taken: list[bytes] = []
        self.connections = 0
        self.port = 0

    async def answer(self, server: SMTP, command: str) -> str | None:
        if command in self.drops:
            assert server.transport
            server.transport.abort()  # type: ignore[attr-defined] # a write transport has it
            await asyncio.sleep(5)
        return self.replies.get(command)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := await self.answer(server, "MAIL"):
            return reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := await self.answer(server, "RCPT") or self.replies.get(address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if reply := await self.answer(server, "DATA"):
            return reply
        self.taken.append(bytes(envelope.original_content or b""))
        return "250 2.0.0 OK queued as 4F1A"

    def place(self, **options: Any) -> MailServer:
        """Where a postman finds it."""
        given: dict[str, Any] = {"security": "none", "timeout": 3} | options
        return MailServer("127.0.0.1", self.port, **given)


class Listening(Controller):
    """aiosmtpd on a free port."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # aiosmtpd gives it no types


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a server with options of aiosmtpd."""
    running: list[Listening] = []

    def run(**options: Any) -> Server:
        server = Server()
        controller = Listening(server, hostname="127.0.0.1", port=0, **options)
        controller.start()
        running.append(controller)
        server.port = controller.port
        return server

    yield run
    for controller in running:
        controller.stop()


@pytest.fixture
def server(start: Start) -> Server:
    """A plain server."""
    return start()


@pytest.fixture
def scripted() -> Callable[..., MailServer]:
    """A server that says one line after another, one for each thing it hears; None hangs up."""

    def run(*steps: bytes | None, timeout: float = 3) -> MailServer:
        listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=_serve, args=(listener, steps), daemon=True).start()
        return MailServer("127.0.0.1", listener.getsockname()[1], security="none", timeout=timeout)

    return run


def _serve(listener: socket.socket, steps: tuple[bytes | None, ...]) -> None:
    listener.settimeout(5)
    connection, _ = listener.accept()
    with listener, connection:
        connection.settimeout(5)
        for step in steps:
            if step is None:
                return
            connection.sendall(step)
            connection.recv(65536)


@pytest.fixture
def hand_over() -> Callable[..., Receipt]:
    """Hands over one letter, to one host unless other recipients are named."""

    def run(postman: Postman, *recipients: str, **options: Any) -> Receipt:
        return postman.hand_over(RAW, SENDER, recipients or (HOST,), **options)

    return run
