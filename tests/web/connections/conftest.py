"""What these tests share: a desk that really listens, with short deadlines, and callers who do not finish."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from starlette.types import ASGIApp

from config.settings import Connections, Settings, use
from web.app import create_app
from web.connections.config import DeskConfig
from web.connections.door import Door
from web.connections.in_time import InTime

#: Short enough for a test, long enough for a busy machine to answer an honest visitor within them.
QUICK = Connections(head_seconds=3, body_seconds=3, body_rate=8192, idle_seconds=2, unread_seconds=3)


@dataclass
class Listening:
    """A desk that listens."""

    port: int
    door: Door
    cert: Path | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"{'https' if self.cert else 'http'}://127.0.0.1:{self.port}"

    def tls(self) -> ssl.SSLContext:
        """What trusts its certificate."""
        return ssl.create_default_context(cafile=str(self.cert))

    def call(self, sent: bytes = b"", *, tls: bool | None = None) -> socket.socket:
        """A connection over which so much was sent; under TLS where the desk is, unless told otherwise."""
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        talk = self.tls().wrap_socket(raw, server_hostname="127.0.0.1") if (self.cert and tls is not False) else raw
        if sent:
            talk.sendall(sent)
        return talk

    def visit(self) -> tuple[int, float]:
        """What an honest visitor gets on a new connection: status of the sign-in page, and seconds it took."""
        begun = time.monotonic()
        answer = httpx.get(f"{self.url}/dang-nhap", timeout=20, verify=self.tls() if self.cert else True)
        return answer.status_code, time.monotonic() - begun

    def empties(self, seconds: float = 15) -> bool:
        """Whether nobody is connected any more within that time."""
        deadline = time.monotonic() + seconds
        while len(self.door) and time.monotonic() < deadline:
            time.sleep(0.05)
        return len(self.door) == 0


Listen = Callable[..., Listening]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for this machine, and its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk")])
    now = datetime.datetime.now(datetime.UTC)
    alternatives = x509.SubjectAlternativeName(
        [x509.DNSName("127.0.0.1"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    )
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=1))
    signed = made.add_extension(alternatives, critical=False).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    (tmp_path / "cert.pem").write_bytes(signed.public_bytes(pem))
    kept = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "key.pem").write_bytes(kept)
    return tmp_path / "cert.pem", tmp_path / "key.pem"


@contextmanager
def _listening(of: Settings, app: ASGIApp, protocol: type[InTime] | None) -> Iterator[Listening]:
    door = socket.create_server(("127.0.0.1", 0), backlog=2048)
    served = DeskConfig(app, of, protocol)
    server = uvicorn.Server(served)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    try:
        yield Listening(int(door.getsockname()[1]), served.door, of.desk_tls_cert)
    finally:
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def listen(office: Settings, certificate: tuple[Path, Path]) -> Iterator[Listen]:
    """Opens the desk (or another application) on a port of its own: `listen(tls=True, head_seconds=1)`."""
    with ExitStack() as stack:

        def opened(
            app: ASGIApp | None = None, *, tls: bool = False, protocol: type[InTime] | None = None,
            of: dict[str, object] | None = None, **rules: float,
        ) -> Listening:  # fmt: skip
            cert, key = certificate if tls else (None, None)
            chosen = {"connections": QUICK.model_copy(update=rules), "desk_tls_cert": cert, "desk_tls_key": key}
            settings = use(office.model_copy(update={**chosen, **(of or {})}))
            return stack.enter_context(_listening(settings, app or create_app(), protocol))

        yield opened
