"""Hands letters to the mail server and says what became of each; the one file that knows yagmail.

yagmail opens the connection and logs in. The conversation about each letter is led here, because only so can one
tell a connection that broke before the server had the letter (try again) from one that broke after (ask a person).
"""

import contextlib
import re
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

import yagmail

from letters.postal_error import (
    CLOSING,
    Envelope,
    LetterRefused,
    PostalError,
    ServerUnavailable,
    TryLater,
    Unknown,
    judged,
)
from letters.smtp_conversation import Conversation, is_about_login
from letters.smtp_envelope import offer
from letters.smtp_reply import error_line, reply_line

__all__ = [
    "Envelope",
    "LetterRefused",
    "MailServer",
    "PostalError",
    "Postman",
    "Receipt",
    "ServerUnavailable",
    "TryLater",
    "Unknown",
]

_BROKEN = OSError  #: a lost connection, and what the client behind yagmail raises about an answer


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in. Its certificate must be valid; `SSL_CERT_FILE` names an authority of one's own."""

    host: str
    port: int
    user: str = ""  #: empty: no login
    password: str = field(default="", repr=False)
    security: Literal["none", "starttls", "ssl"] = "starttls"
    timeout: float = 30  #: seconds


@dataclass(frozen=True)
class Receipt:
    """The server has taken the letter, for those recipients of the envelope that it had taken."""

    reply: str  #: the server's own words, with its code
    envelope: Envelope


class Postman:
    """One connection for a batch of letters; it is opened on entering and closed on leaving.

    A connection that was lost is opened again for the next letter. Raises `ServerUnavailable` on entering.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._client: yagmail.SMTP | None = None

    def __enter__(self) -> Self:
        self._connection()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def hand_over(
        self,
        raw: bytes,
        sender: str,
        recipients: Sequence[str],
        before_data: Callable[[Envelope], None] | None = None,
        before_text: Callable[[], None] | None = None,
    ) -> Receipt:
        """Give one letter to the server for those recipients that it takes.

        `before_data` is told which these are, at the last moment at which the letter is surely not there. Raises
        `ServerUnavailable`, `TryLater`, `LetterRefused` or `Unknown`. After the second and the third, and after an
        error of `before_data`, the same connection serves the next letter. `before_text` is called when the server
        waits for the text: after an error of it the connection is closed, and the server has nothing.
        """
        smtp = self._connection()
        envelope = self._envelope(smtp, sender, recipients)
        if before_data:
            try:
                before_data(envelope)
            except BaseException:
                self._reset(smtp)
                raise
        self._data(smtp)
        if before_text:
            try:
                before_text()
            except BaseException:
                self._hang_up()
                raise
        return Receipt(self._text(smtp, raw), envelope)

    def _connection(self) -> Conversation:
        if self._client:
            return _smtp(self._client)
        client = _new_client(self._server)
        try:
            client.login()
            _smtp(client).ehlo_or_helo_if_needed()
        except (_BROKEN, ValueError) as error:
            message, reply = self._said(error)
        else:
            self._client = client
            return _smtp(client)
        _close(client)
        raise ServerUnavailable(message, reply)  # outside the handlers: their frames hold the password

    def _said(self, error: Exception) -> tuple[str, str]:
        """Why there is no connection; of a refused login the code alone, for the words may quote what was sent."""
        if is_about_login(error):
            message = "Máy chủ thư không cho đăng nhập; kiểm tra VISITS_SMTP__USER và VISITS_SMTP__PASSWORD"
            return message, f"mã {error_line(error).split()[0]}"
        return f"Không kết nối được máy chủ thư {self._server.host}:{self._server.port}; sẽ thử lại", error_line(error)

    def _envelope(self, smtp: Conversation, sender: str, recipients: Sequence[str]) -> Envelope:
        """MAIL and RCPT, as long as one recipient was taken."""
        try:
            return offer(smtp, sender, recipients)
        except _BROKEN as error:
            reply = error_line(error)
        except ServerUnavailable:
            self._hang_up()
            raise
        except PostalError:
            self._reset(smtp)
            raise
        self._hang_up()
        raise ServerUnavailable("Mất kết nối với máy chủ thư trước khi gửi nội dung; sẽ gửi lại", reply)

    def _data(self, smtp: Conversation) -> None:
        """DATA, until the server asks for the text: whatever goes wrong up to here, it does not have the letter."""
        try:
            code, answer = smtp.docmd("DATA")
        except _BROKEN as error:
            self._hang_up()
            message = "Mất kết nối với máy chủ thư trước khi gửi nội dung; sẽ gửi lại"
            raise ServerUnavailable(message, error_line(error)) from None
        if code == 354:
            return
        refusal = judged("Máy chủ thư không nhận nội dung thư", code, reply_line(code, answer))
        if isinstance(refusal, ServerUnavailable):
            self._hang_up()
        else:
            self._reset(smtp)
        raise refusal

    def _text(self, smtp: Conversation, raw: bytes) -> str:
        """The letter itself; the server's last reply."""
        try:
            smtp.send(_as_data(raw))
            code, answer = smtp.getreply()
            reply = reply_line(code, answer)
        except _BROKEN as error:
            code, reply = -1, error_line(error)
        if 200 <= code < 300:
            return reply
        if not 400 <= code < 600:
            self._hang_up()
            raise Unknown("Mất kết nối khi đang gửi nội dung; không rõ thư đã đi hay chưa", reply)
        if code == CLOSING:
            self._hang_up()
        else:
            self._reset(smtp)
        kind = TryLater if code < 500 else LetterRefused
        raise kind("Máy chủ thư không nhận nội dung thư", reply)

    def _reset(self, smtp: Conversation) -> None:
        try:
            code, _ = smtp.rset()
        except _BROKEN:
            code = -1
        if code != 250:
            self._hang_up()

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client:
            _close(client)


def _new_client(server: MailServer) -> yagmail.SMTP:
    """A yagmail client that is not connected yet."""
    # The client's own context would accept any certificate; those to trust take 25 ms to load: only where they count.
    secure = ssl.create_default_context() if server.security != "none" else None
    return yagmail.SMTP(
        user={server.user: server.user},  # a bare login name would become an address at gmail.com
        password=server.password,
        host=server.host,
        port=server.port,
        smtp_ssl=server.security == "ssl",
        smtp_starttls={"context": secure} if server.security == "starttls" else False,
        smtp_skip_login=not server.user,
        soft_email_validation=False,
        timeout=server.timeout,
        **({"context": secure} if server.security == "ssl" else {}),
    )


def _as_data(raw: bytes) -> bytes:
    """A line that begins with a dot gets another one, and a dot alone ends the text (RFC 5321, 4.5.2)."""
    text = re.sub(rb"(?m)^\.", b"..", raw)
    return text + (b".\r\n" if text.endswith(b"\r\n") else b"\r\n.\r\n")


def _smtp(client: yagmail.SMTP) -> Conversation:
    connection: Conversation = client.smtp
    return connection


def _close(client: yagmail.SMTP) -> None:
    with contextlib.suppress(_BROKEN):  # it may be broken already, and that was told
        client.close()
