"""The office's inbox is read from a real server, without a mark; what goes wrong is told without the password."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from inbox.mail_server import Inbox, InboxServer, InboxUnavailable
from tests.imap_server import CAME, PASSWORD, USER, ImapServer, imap_server

LETTER = b"Message-ID: <1@bien-hoa.example>\r\nSubject: Danh sach\r\n\r\nKinh gui\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    """One server for these tests; each uses a folder of its own."""
    with imap_server() as running:
        yield running


@pytest.fixture
def folder(server: ImapServer, request: pytest.FixtureRequest) -> str:
    """An empty folder."""
    name = f"thu {abs(hash(request.node.name))}"
    with server.signed_in() as client:
        client.create(f'"{name}"')
    return name


def test_messages_are_fetched_whole_and_nobody_sees_that_they_were(server: ImapServer, folder: str) -> None:
    server.deliver(LETTER, LETTER * 3, folder=folder)

    with Inbox(server.place(folder=folder)) as box:
        listed = list(box.listed(box.uids()))
        raws = [box.whole(one, 2**20) for one in listed]
        assert box.validity

    assert raws == [LETTER, LETTER * 3]
    assert [(one.size, one.received_at) for one in listed] == [(len(LETTER), CAME), (3 * len(LETTER), CAME)]
    assert all("Seen" not in marks for marks in server.flags(folder).values())


def test_headers_alone_are_fetched_of_what_is_too_large(server: ImapServer, folder: str) -> None:
    server.deliver(LETTER + b"x" * 100_000, folder=folder)

    with Inbox(server.place(folder=folder)) as box:
        head = box.head(box.uids()[0])

    assert head == LETTER.partition(b"Kinh")[0]


def test_what_a_person_deletes_between_list_and_fetch_is_missing_and_stops_nothing(
    server: ImapServer, folder: str
) -> None:
    server.deliver(LETTER, LETTER + b"hai", folder=folder)

    with Inbox(server.place(folder=folder)) as box:
        first, second = box.listed(box.uids())
    server.delete(first.uid, folder)
    with Inbox(server.place(folder=folder)) as box:
        found = [box.whole(first, 2**20), box.head(first.uid), box.whole(second, 2**20)]
        assert [one.uid for one in box.listed([first.uid, second.uid])] == [second.uid]

    assert found == [None, None, LETTER + b"hai"]


@pytest.mark.parametrize("can", [{"MOVE", "UIDPLUS"}, {"UIDPLUS"}, set()])
def test_messages_are_moved_by_what_the_server_can(
    server: ImapServer, folder: str, can: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder with Vietnamese letters in its name is made; what others marked as deleted stays where it is."""
    server.deliver(LETTER, LETTER + b"cua nguoi khac", folder=folder)
    done = f"Đã đọc {len(can)}"

    with Inbox(server.place(folder=folder, keeps_place=False)) as box:
        monkeypatch.setattr(box, "_can", frozenset(can))
        first, theirs = box.uids()
        with server.signed_in(folder) as client:
            client.uid("STORE", str(theirs), "+FLAGS", r"(\Deleted)")
        box.move([first], done)
        assert box.uids() == []

    with Inbox(server.place(folder=done)) as box:
        assert [box.whole(one, 2**20) for one in box.listed(box.uids())] == [LETTER]
    assert theirs in server.flags(folder)
    assert (first in server.flags(folder)) is (not can)


def test_a_wrong_password_is_told_without_it(server: ImapServer) -> None:
    wrong = replace(server.place(), password=f"sai {PASSWORD}")

    with pytest.raises(InboxUnavailable, match="không cho đăng nhập") as caught, Inbox(wrong):
        pass

    told: list[str] = [repr(wrong)]
    error: BaseException | None = caught.value
    while error is not None:
        told += [str(error), repr(error)]
        error = error.__cause__ or error.__context__
    assert not any(PASSWORD in one for one in told)
    frames = [one.frame.f_locals for one in caught.traceback]  # type: ignore[attr-defined]
    assert not any("secret" in one or "encoded" in one for one in frames)


def test_a_folder_that_is_not_there_is_named(server: ImapServer) -> None:
    with pytest.raises(InboxUnavailable, match=r"NO .*Mailbox does not exist"), Inbox(server.place(folder="Không có")):
        pass


def test_nothing_goes_in_the_clear_beyond_the_network_of_the_office() -> None:
    far = InboxServer("8.8.8.8", 143, USER, PASSWORD, security="none")

    with pytest.raises(InboxUnavailable, match="không mã hóa"), Inbox(far):
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of an office's own for 127.0.0.1, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate of this test")
    folder = tmp_path_factory.mktemp("tls")
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = ["openssl", "req", "-x509", *key, *names, "-keyout", f"{folder}/key", "-out", f"{folder}/crt"]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "crt", folder / "key"


def test_an_encrypted_server_is_used_only_if_its_certificate_is_trusted(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with imap_server(certificate) as secure:
        secure_place = secure.place(security="starttls")
        with pytest.raises(InboxUnavailable, match=r"chứng chỉ .* không hợp lệ"), Inbox(secure_place):
            pass
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        with Inbox(secure_place) as box:
            assert box.uids() == []


def test_a_server_that_speaks_tls_at_once_must_be_trusted_too(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with scripted(_hung_up_at(b"LOGIN"), context) as port:
        place = InboxServer("127.0.0.1", port, USER, "abc", security="ssl", timeout=3)
        with pytest.raises(InboxUnavailable, match=r"chứng chỉ .* không hợp lệ"), Inbox(place):
            pass
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        with pytest.raises(InboxUnavailable, match=r"máy chủ 127\.0\.0\.1:\d+"), Inbox(place):
            pass


# Servers in trouble

Script = Callable[[bytes], bytes | None]  #: verb -> what is said; None hangs up
FINE = {
    b"LOGIN": b"", b"CAPABILITY": b"* CAPABILITY IMAP4rev1 MOVE\r\n", b"LOGOUT": b"* BYE\r\n",
    b"EXAMINE": b"* OK [UIDVALIDITY 7] ok\r\n", b"SELECT": b"* OK [UIDVALIDITY 7] ok\r\n",
    b"SEARCH": b"* SEARCH 5\r\n", b"LIST": b'* LIST () "/" "xong"\r\n', b"MOVE": b"",
}  # fmt: skip
FETCHED = [b'* 1 FETCH (UID 5 RFC822.SIZE 4 INTERNALDATE "20-Jan-2024 08:30:00 +0000")\r\n',
           b"* 1 FETCH (UID 5 BODY[]<0> {4}\r\nabcd)\r\n"]  # fmt: skip
VERBS = [b"CAPABILITY", b"LOGIN", b"EXAMINE", b"SEARCH", b"FETCH"]


def scripted(script: Script, context: ssl.SSLContext | None = None) -> "Scripted":
    """A server that says what it is told."""
    return Scripted(script, context)


class Scripted:
    """It serves one connection after another until it is closed."""

    def __init__(self, script: Script, context: ssl.SSLContext | None) -> None:
        self._script, self._context = script, context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._ended = threading.Event()

    def __enter__(self) -> int:
        threading.Thread(target=self._serve, daemon=True).start()
        return int(self._socket.getsockname()[1])

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._socket.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection = self._socket.accept()[0]
                with suppress(OSError):
                    self._talk(self._context.wrap_socket(connection, server_side=True) if self._context else connection)

    def _talk(self, connection: socket.socket) -> None:
        fetched = iter(FETCHED)
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"* OK ready\r\n")
            for line in lines:
                tag, *words = line.split()
                verb = words[1] if words[0].upper() == b"UID" else words[0]
                said = self._script(verb.upper())
                if said is None:
                    return
                if said == b"HANG":
                    self._ended.wait(30)
                    return
                if said == b"DRIP":
                    while not self._ended.wait(0.1):
                        connection.sendall(b"*")
                    return
                if said in (b"BAD", b"NO"):
                    connection.sendall(tag + b" " + said + b" not now\r\n")
                    continue
                text = next(fetched) if verb == b"FETCH" else FINE.get(verb, b"")
                connection.sendall(text + tag + b" OK done\r\n")


def _hung_up_at(verb: bytes) -> Script:
    return lambda said: None if said == verb else b""


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("trouble", [b"HANG", b"DRIP", b"BAD", b"NO", None])
def test_a_server_in_trouble_at_any_verb_is_a_try_that_is_repeated(verb: bytes, trouble: bytes | None) -> None:
    """It hangs, lets one letter drip at a time, says BAD or NO, or hangs up: each ends in time, and in words."""
    with scripted(lambda said: trouble if said == verb else b"") as port:
        place = InboxServer("127.0.0.1", port, USER, "abc-mat-khau", security="none", timeout=0.4)
        with pytest.raises(InboxUnavailable, match=r"tự đọc lại") as caught:
            read_all(place)
    assert "abc-mat-khau" not in str(caught.value)


def test_the_same_server_without_trouble_is_read() -> None:
    with scripted(lambda _verb: b"") as port:
        assert read_all(InboxServer("127.0.0.1", port, USER, "abc", security="none", timeout=3)) == [b"abcd"]


def read_all(place: InboxServer) -> list[bytes | None]:
    """Everything that is in the folder."""
    with Inbox(place) as box:
        return [box.whole(one, 2**20) for one in box.listed(box.uids())]
