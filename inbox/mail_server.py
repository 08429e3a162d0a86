"""Fetches messages from the office's IMAP server and looks at them without leaving a mark; the one file that knows
imap_tools.

Each verb has a limit of time of its own, and no message is fetched before its size is known. What goes wrong is
`InboxUnavailable`, in words that hold neither the password nor what the server said about it.
"""

import imaplib
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

from imap_tools.errors import ImapToolsError, UnexpectedCommandStatusError
from imap_tools.mailbox import BaseMailBox
from imap_tools.utils import encode_folder

from domain.problem import Problem, Refused
from inbox.imap_answers import Listed, answered, handed_out, listed_in, words_of

PLACE = "hộp thư đến"
#: What the client behind imap_tools raises when a server is off, hangs, hangs up or says something that is no IMAP.
_BROKEN = (imaplib.IMAP4.error, ImapToolsError, OSError, ValueError, IndexError, TypeError)
_SLOWEST = 20_000  #: bytes a second at which a message must come at least
_AT_ONCE = 500  #: messages asked for in one list
_SAID = 200  #: letters of the server's own words that are told


class InboxUnavailable(Refused):
    """The inbox could not be read this time; the next round tries again."""


class NotHandedOut(Exception):  # noqa: N818 - an answer of the server, not a defect
    """The server is there and does not hand out this one message; why, in Vietnamese, within a sentence."""


@dataclass(frozen=True)
class InboxServer:
    """Where mail comes in. Its certificate must be valid; `SSL_CERT_FILE` names an authority of one's own."""

    host: str
    port: int
    user: str
    password: str = field(default="", repr=False)
    security: Literal["none", "starttls", "ssl"] = "ssl"
    folder: str = "INBOX"
    keeps_place: bool = True  #: nothing is moved, so the folder is opened for looking alone
    timeout: float = 30  #: seconds for one verb, beside the time that the bytes of a message take


class Inbox:
    """One connection to one folder; it is opened on entering and closed on leaving.

    Raises `InboxUnavailable` on entering and at every verb; after that the connection is of no more use.
    """

    def __init__(self, server: InboxServer) -> None:
        self._server = server
        self._mailbox: BaseMailBox | None = None
        self._made: set[str] = set()
        self._can: frozenset[str] = frozenset()
        self.validity = 0  #: the folder's UIDVALIDITY: with another one the same numbers mean other messages

    def __enter__(self) -> Self:
        what = ""
        try:
            what = self._open()
        except _BROKEN as error:
            what = self._told(error)
        if what:
            self._hang_up()
            raise _unavailable(what)  # outside the handlers: their frames hold the password
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def uids(self, *, deleted: bool = False) -> list[int]:
        """The numbers of the messages in the folder, the oldest first; with `deleted` those so marked as well."""
        return self._found("ALL" if deleted else "UNDELETED")

    def _found(self, *wanted: str) -> list[int]:
        with self._verb("liệt kê thư") as client:
            found = answered(client.uid("SEARCH", *wanted))
            return sorted(int(uid) for line in found if line for uid in line.split())

    def listed(self, uids: Sequence[int]) -> Iterator[Listed]:
        """Size and time of those messages, in the order of their numbers; what was deleted meanwhile is missing."""
        for begin in range(0, len(uids), _AT_ONCE):
            wanted = ",".join(str(uid) for uid in uids[begin : begin + _AT_ONCE])
            with self._verb("xem cỡ thư") as client:
                lines = answered(client.uid("FETCH", wanted, "(UID RFC822.SIZE INTERNALDATE)"))
                found = sorted(filter(None, (listed_in(line) for line in lines)), key=lambda one: one.uid)
            yield from found

    def whole(self, one: Listed, most: int) -> bytes | None:
        """The message as it came, without marking it as seen; None where somebody has deleted it meanwhile.

        No more is taken than the size that was announced, and a little. A server that announces less than there is
        is asked once more: more than `most` bytes say that it goes on beyond them. Raises `NotHandedOut`.
        """
        limit = one.size + 65_536  # some servers announce the size with other line ends
        raw = self._body(one.uid, "", limit, "tải thư")
        if raw is not None and len(raw) >= limit:
            return self._body(one.uid, "", max(limit, most) + 1, "tải thư")
        return raw

    def head(self, uid: int, limit: int = 262_144) -> bytes | None:
        """Its headers alone; None where it is gone. Raises `NotHandedOut`."""
        return self._body(uid, "HEADER", limit, "tải phần đầu thư")

    def _body(self, uid: int, section: str, limit: int, doing: str) -> bytes | None:
        with self._verb(doing, limit / _SLOWEST) as client:
            body, refused = handed_out(client, uid, f"(UID BODY.PEEK[{section}]<0.{limit}>)")
        if body is None and self._found("UID", f"{uid}"):
            said = self._told(refused) if refused else "không có nội dung"
            raise NotHandedOut(f"máy chủ thư không đưa được thư ({said})")
        return body

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Take messages out of the folder into another one, which is made if it is not there.

        By MOVE (RFC 6851) or else by COPY and DELETE; nobody else's deleted messages are taken away with them.
        """
        if not uids:
            return
        if folder not in self._made:
            self._make(folder)
        which, where = ",".join(str(uid) for uid in uids), encode_folder(folder).decode("ascii")
        with self._verb(f"chuyển thư sang thư mục {folder}") as client:
            if "MOVE" in self._can:
                answered(client.uid("MOVE", which, where))
                return
            answered(client.uid("COPY", which, where))
            answered(client.uid("STORE", which, "+FLAGS.SILENT", r"(\Deleted)"))
            if "UIDPLUS" in self._can:
                answered(client.uid("EXPUNGE", which))

    def _make(self, folder: str) -> None:
        with self._verb(f"tạo thư mục {folder}"):
            assert self._mailbox is not None
            if not self._mailbox.folder.exists(folder):
                self._mailbox.folder.create(folder)
        self._made.add(folder)

    def _open(self) -> str:
        """What is in the way; empty when the folder is open."""
        of = self._server
        if of.security == "none" and not _is_near(of.host):
            return f"{of.host} không ở trong mạng của cơ quan mà kết nối không mã hóa; đặt VISITS_INBOX__SECURITY=ssl"
        self._mailbox = _Mailbox(of)
        if not self._signed_in(self._mailbox):
            return f"Máy chủ {of.host} không cho đăng nhập; kiểm tra VISITS_INBOX__USER và VISITS_INBOX__PASSWORD"
        with self._within(of.timeout):
            # What a server can do it often tells those alone who have signed in.
            can = answered(self._mailbox.client.capability())
            self._can = frozenset(b" ".join(can).decode("ascii", "replace").upper().split())
            self._mailbox.folder.set(of.folder, readonly=of.keeps_place)
            # The server names it beside its OK; without it numbers are not told apart.
            (told,) = self._mailbox.client.response("UIDVALIDITY")[1][:1] or [None]
        self.validity = int(told or 0)
        return ""

    def _signed_in(self, mailbox: BaseMailBox) -> bool:
        of = self._server
        # LOGIN is for ASCII; whoever has other letters in his password needs PLAIN.
        plain = not (of.user + of.password).isascii()
        try:
            with self._within(of.timeout):
                (mailbox.login_utf8 if plain else mailbox.login)(of.user, of.password, initial_folder=None)
        except (imaplib.IMAP4.abort, OSError):
            raise
        except (imaplib.IMAP4.error, ImapToolsError, ValueError):
            return False
        return True

    @contextmanager
    def _verb(self, doing: str, more: float = 0) -> Iterator[imaplib.IMAP4]:
        """One verb within its time; whatever goes wrong is told with what was being done."""
        said = ""
        try:
            if self._mailbox is None:
                raise OSError("chưa kết nối")
            with self._within(self._server.timeout + more):
                yield self._mailbox.client
        except _BROKEN as error:
            said = self._told(error)
        if said:
            self._hang_up()
            raise _unavailable(f"Không {doing} được: {said}")

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """A limit for all of a verb: a socket's own begins anew with every byte that comes."""
        assert self._mailbox is not None
        ended = threading.Timer(seconds, _cut, (self._mailbox.client.sock,))
        ended.daemon = True
        ended.start()
        try:
            yield
        finally:
            ended.cancel()

    def _told(self, error: Exception) -> str:
        where = f"{self._server.host}:{self._server.port}"
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"chứng chỉ của máy chủ {where} không hợp lệ ({error.verify_message})"
        if isinstance(error, TimeoutError):
            return f"máy chủ {where} không trả lời trong {self._server.timeout:g} giây"
        if isinstance(error, UnexpectedCommandStatusError):
            error = imaplib.IMAP4.error(words_of(error.command_result[0], error.command_result[1]))
        said = " ".join(str(error).split())
        if self._server.password:
            said = said.replace(self._server.password, "***")
        return f"máy chủ {where}: {said[:_SAID] or type(error).__name__}"

    def _hang_up(self) -> None:
        mailbox, self._mailbox = self._mailbox, None
        if mailbox is None:
            return
        with suppress(*_BROKEN):  # it may be broken already, and that was told
            mailbox.client.sock.settimeout(2)
            mailbox.logout()
        with suppress(*_BROKEN):
            mailbox.client.shutdown()


def _unavailable(what: str) -> InboxUnavailable:
    remedy = "dịch vụ sẽ tự đọc lại; nếu kéo dài, kiểm tra máy chủ thư và các biến VISITS_INBOX__…"
    return InboxUnavailable(Problem(PLACE, what, remedy))


class _Limited:
    """Ends a connection that has not come to its first answers in time, however slowly they drip."""

    sock: socket.socket

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """As the library opens it, with a limit for all that it says before anybody can ask."""
        super().open(host, port, timeout)  # type: ignore[misc] # of the client that stands behind this
        self.limit = threading.Timer(3 * (timeout or 30), _cut, (self.sock,))
        self.limit.daemon = True
        self.limit.start()


class _Client(_Limited, imaplib.IMAP4):
    pass


class _SecureClient(_Limited, imaplib.IMAP4_SSL):  # type: ignore[misc] # the ports by default differ
    pass


class _Mailbox(BaseMailBox):
    """The library's mailbox on such a connection."""

    def __init__(self, of: InboxServer) -> None:
        self._of = of
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        of = self._of
        if of.security == "ssl":
            secure = _SecureClient(of.host, of.port, timeout=of.timeout, ssl_context=ssl.create_default_context())
            secure.limit.cancel()
            return secure
        client = _Client(of.host, of.port, timeout=of.timeout)
        if of.security == "starttls":
            answered(client.starttls(ssl.create_default_context()))
        client.limit.cancel()
        return client


def _is_near(host: str) -> bool:
    """Whether every address of that name is this machine's own, or of a network that nobody reaches from outside."""
    found = {str(one[4][0]).partition("%")[0] for one in socket.getaddrinfo(host, None)}
    return all(ipaddress.ip_address(one).is_private for one in found)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
