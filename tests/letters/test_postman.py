"""What became of a letter is told rightly, whatever the mail server does: real conversations with real servers."""

import asyncio
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

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

RAW = b"Subject: x\r\n\r\n.a line that begins with a dot\r\n"
SENDER = "office@ban-to-chuc.example"
HOST = "host@nhon-trach.example"
SECRET = "mat-khau-bi-mat"


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


class Listening(Controller):
    """aiosmtpd on a free port."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]


Start = Callable[..., Server]


@pytest.fixture
def start() -> Iterator[Start]:
    running: list[Listening] = []

    def run(**options: Any) -> Server:
        server = Server()
        controller = Listening(server, hostname="127.0.0.1", port=0, ready_timeout=5, **options)
        controller._factory_invoked.set()
        controller.smtpd = object()  # type: ignore[assignment] # no first connection is needed to be ready
        controller.start()
        running.append(controller)
        server.port = controller.port
        return server

    yield run
    for controller in running:
        controller.stop()


@pytest.fixture
def server(start: Start) -> Server:
    return start()


def place(server: Server, **options: Any) -> MailServer:
    return MailServer("127.0.0.1", server.port, **({"security": "none", "timeout": 3} | options))


def hand_over(postman: Postman, *recipients: str) -> Receipt:
    return postman.hand_over(RAW, SENDER, recipients or (HOST,))


def test_a_letter_is_taken_whole_and_the_reply_is_kept(server: Server) -> None:
    with Postman(place(server)) as postman:
        receipt = hand_over(postman)

    assert receipt == Receipt("250 2.0.0 OK queued as 4F1A", {})
    assert server.taken == [RAW]


def test_a_batch_goes_over_one_connection(server: Server) -> None:
    with Postman(place(server)) as postman:
        for _ in range(3):
            hand_over(postman)

    assert server.connections == 1
    assert len(server.taken) == 3


def test_a_recipient_that_is_refused_does_not_hold_up_the_others(server: Server) -> None:
    server.replies["gone@b.example"] = "550 5.1.1 no such user"

    with Postman(place(server)) as postman:
        receipt = hand_over(postman, "gone@b.example", HOST)

    assert receipt.refused == {"gone@b.example": "550 5.1.1 no such user"}
    assert server.taken == [RAW]


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
    command: str, reply: str, error: type[PostalError], server: Server
) -> None:
    server.replies[command] = reply
    with Postman(place(server)) as postman:
        with pytest.raises(error) as refused:
            hand_over(postman)
        assert reply in refused.value.reply
        assert type(refused.value) is error

        server.replies.clear()
        hand_over(postman)

    assert server.taken == [RAW]
    assert server.connections == (1 if error is not ServerUnavailable and "421" not in reply else 2)


def test_one_recipient_for_later_and_one_for_never_is_tried_again(server: Server) -> None:
    server.replies |= {HOST: "450 4.2.0 greylisted", "gone@b.example": "550 5.1.1 no such user"}

    with Postman(place(server)) as postman, pytest.raises(TryLater, match="greylisted"):
        hand_over(postman, "gone@b.example", HOST)


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
def test_a_connection_that_breaks_before_the_letter_is_safe_to_try_again(command: str, server: Server) -> None:
    server.drops.add(command)
    begun: list[str] = []
    with Postman(place(server)) as postman:
        with pytest.raises(ServerUnavailable):
            postman.hand_over(RAW, SENDER, [HOST], before_data=lambda: begun.append("DATA"))
        assert begun == []

        server.drops.clear()
        hand_over(postman)
    assert server.taken == [RAW]


def test_a_connection_that_breaks_after_the_letter_leaves_it_unknown(server: Server) -> None:
    server.drops.add("DATA")
    with Postman(place(server)) as postman:
        with pytest.raises(Unknown):
            hand_over(postman)

        server.drops.clear()
        hand_over(postman)
    assert server.taken == [RAW]


def scripted(*steps: bytes | None) -> int:
    """A server that says one line after another, one for each thing it hears; None hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def serve() -> None:
        connection, _ = listener.accept()
        with listener, connection:
            connection.settimeout(5)
            for step in steps:
                if step is None:
                    return
                connection.sendall(step)
                connection.recv(65536)

    import threading

    threading.Thread(target=serve, daemon=True).start()
    return int(listener.getsockname()[1])


def test_a_server_that_hangs_up_in_the_middle_of_the_letter_leaves_it_unknown() -> None:
    port = scripted(b"220 x\r\n", b"250 x\r\n", b"250 x\r\n", b"250 x\r\n", b"354 go on\r\n", None)

    with Postman(MailServer("127.0.0.1", port, security="none", timeout=3)) as postman, pytest.raises(Unknown):
        postman.hand_over(RAW + b"x" * 5_000_000, SENDER, [HOST])


def test_a_server_that_falls_silent_after_the_letter_leaves_it_unknown() -> None:
    port = scripted(b"220 x\r\n", b"250 x\r\n", b"250 x\r\n", b"250 x\r\n", b"354 go on\r\n", b"")

    with Postman(MailServer("127.0.0.1", port, security="none", timeout=0.3)) as postman, pytest.raises(Unknown):
        hand_over(postman)


@pytest.mark.parametrize("answer", [b"250 what?\r\n", b"nonsense\r\n"])
def test_a_server_that_does_not_ask_for_the_letter_is_not_believed_to_have_it(answer: bytes) -> None:
    port = scripted(b"220 x\r\n", b"250 x\r\n", b"250 x\r\n", b"250 x\r\n", answer)

    with Postman(MailServer("127.0.0.1", port, security="none", timeout=3)) as postman, pytest.raises(Unknown):
        hand_over(postman)


@pytest.mark.parametrize("greeting", [b"421 4.3.2 closed\r\n", b"554 no service\r\n", b"nonsense\r\n", None])
def test_a_server_that_does_not_greet_is_unavailable(greeting: bytes | None) -> None:
    port = scripted(greeting, None)

    with (
        pytest.raises(ServerUnavailable, match=f"127.0.0.1:{port}"),
        Postman(MailServer("127.0.0.1", port, security="none", timeout=3)),
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


def test_the_caller_is_told_just_before_the_letter_is_given(server: Server) -> None:
    seen: list[int] = []

    with Postman(place(server)) as postman:
        postman.hand_over(RAW, SENDER, [HOST], before_data=lambda: seen.append(len(server.taken)))

    assert seen == [0]
    assert len(server.taken) == 1


def test_a_caller_that_cannot_record_the_sending_stops_it(server: Server) -> None:
    def fail() -> None:
        raise ConnectionError("database")

    with Postman(place(server)) as postman:
        with pytest.raises(ConnectionError, match="database"):
            postman.hand_over(RAW, SENDER, [HOST], before_data=fail)
        assert server.taken == []
        hand_over(postman)

    assert server.connections == 1


@pytest.mark.parametrize(
    "bad", ["a@b.example\r\nRCPT TO:<x@y.example>", "đ@b.example", "a b@c.example", "nobody", "<a@b>"]
)
def test_an_address_cannot_carry_a_command(bad: str, server: Server) -> None:
    with Postman(place(server)) as postman:
        receipt = hand_over(postman, bad, HOST)
        with pytest.raises(LetterRefused):
            postman.hand_over(RAW, bad, [HOST])

    assert list(receipt.refused) == [bad]


def test_a_letter_for_nobody_is_refused(server: Server) -> None:
    with Postman(place(server)) as postman, pytest.raises(LetterRefused, match="không có người nhận"):
        postman.hand_over(RAW, SENDER, [])


def login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data.login == b"van-thu" and data.password == SECRET.encode(), handled=False)


def test_a_bare_login_name_is_used_as_it_is(start: Start) -> None:
    server = start(authenticator=login, auth_required=True, auth_require_tls=False)

    with Postman(place(server, user="van-thu", password=SECRET)) as postman:
        hand_over(postman)

    assert len(server.taken) == 1


def test_a_wrong_password_is_told_without_the_password(start: Start) -> None:
    wrong = f"sai-{SECRET}"
    server = start(authenticator=login, auth_required=True, auth_require_tls=False)
    settings = place(server, user="van-thu", password=wrong)

    with pytest.raises(ServerUnavailable, match="không cho đăng nhập") as refused, Postman(settings):
        pass

    assert wrong not in repr(settings)
    error: BaseException | None = refused.value
    while error:
        assert wrong not in f"{error!r} {error}"
        error = error.__cause__ or error.__context__


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of an office's own for 127.0.0.1, with its key in the same file."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = ["openssl", "req", "-x509", *key, *names, "-keyout", str(file), "-out", f"{file}.crt"]
    subprocess.run(command, check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_an_encrypted_server_is_used_only_if_its_certificate_is_trusted(
    security: str, certificate: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = start(**({"ssl_context": context} if security == "ssl" else {"tls_context": context}))

    with pytest.raises(ServerUnavailable, match="certificate"), Postman(place(server, security=security)):
        pass

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Postman(place(server, security=security)) as postman:
        hand_over(postman)
    assert len(server.taken) == 1
