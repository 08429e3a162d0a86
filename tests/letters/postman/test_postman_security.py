"""Logins and certificates are checked, and the password is never told."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from letters.postman import MailServer, Postman, Receipt, ServerUnavailable

HandOver = Callable[..., Receipt]
SECRET = "mat-khau-bi-mat"


def login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    del server, session, envelope, mechanism
    return AuthResult(success=data.login == b"van-thu" and data.password == SECRET.encode(), handled=False)


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_bare_login_name_is_used_as_it_is(start: Callable[..., Any], hand_over: HandOver) -> None:
    server = start(authenticator=login, auth_required=True, auth_require_tls=False)

    with Postman(server.place(user="van-thu", password=SECRET)) as postman:
        hand_over(postman)

    assert len(server.taken) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_wrong_password_is_told_without_the_password(start: Callable[..., Any]) -> None:
    wrong = f"sai-{SECRET}"
    server = start(authenticator=login, auth_required=True, auth_require_tls=False)
    settings = server.place(user="van-thu", password=wrong)

    with pytest.raises(ServerUnavailable, match="không cho đăng nhập") as refused, Postman(settings):
        pass

    assert wrong not in repr(settings)
    error: BaseException | None = refused.value
    while error:
        assert wrong not in f"{error!r} {error}"
        error = error.__cause__ or error.__context__


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
@pytest.mark.parametrize("reply", ["421 4.7.0", "454 4.7.0", "535 5.7.8", "550 5.7.1", "554 5.7.0"])
def test_a_refused_login_is_told_as_one_whatever_the_servers_code(start: Callable[..., Any], reply: str) -> None:
    """Of its words nothing is told: a server may quote what was sent."""

    def refuse(*_of: object) -> AuthResult:
        return AuthResult(success=False, handled=False, message=f"{reply} {SECRET}")

    server = start(authenticator=refuse, auth_required=True, auth_require_tls=False)

    with pytest.raises(ServerUnavailable, match="không cho đăng nhập") as refused:
        Postman(server.place(user="van-thu", password=SECRET)).__enter__()

    assert refused.value.reply == f"mã {reply.split()[0]}"
    assert SECRET not in str(refused.value)


def test_a_server_that_refuses_the_connection_itself_is_no_matter_of_login() -> None:
    """It answers 554 before anybody could have said who he is."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        place = MailServer("127.0.0.1", door.getsockname()[1], user="van-thu", password=SECRET, security="none")
        answer = threading.Thread(target=lambda: door.accept()[0].sendall(b"554 5.3.2 no service here\r\n"))
        answer.start()

        with pytest.raises(ServerUnavailable, match="Không kết nối được") as refused:
            Postman(place).__enter__()

        answer.join()
    assert "no service here" in refused.value.reply


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of an office's own for 127.0.0.1, with its key in the same file."""
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate of this test")
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = ["openssl", "req", "-x509", *key, *names, "-keyout", str(file), "-out", f"{file}.crt"]
    subprocess.run(command, check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_an_encrypted_server_is_used_only_if_its_certificate_is_trusted(
    security: str, certificate: Path, start: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, hand_over: HandOver
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = start(**({"ssl_context": context} if security == "ssl" else {"tls_context": context}))

    with pytest.raises(ServerUnavailable, match="certificate"), Postman(server.place(security=security)):
        pass

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Postman(server.place(security=security)) as postman:
        hand_over(postman)
    assert len(server.taken) == 1
