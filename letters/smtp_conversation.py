"""What is asked of yagmail's open connection: the commands of one SMTP conversation (RFC 5321, 4.1), and its errors."""

from typing import Protocol

#: A code and the words that came with it; the code is -1 when there was none.
Reply = tuple[int, bytes]


class Conversation(Protocol):
    """The client's side. Every command raises `OSError` when the connection is broken."""

    def ehlo_or_helo_if_needed(self) -> None:
        """Greet the server, if that has not been done."""

    def mail(self, sender: str) -> Reply:
        """MAIL: begin a letter of that sender."""

    def rcpt(self, recip: str) -> Reply:
        """RCPT: name one recipient of it."""

    def docmd(self, cmd: str) -> Reply:
        """DATA: ask to hand over its text."""

    def send(self, s: bytes) -> None:
        """The text itself, ended by a dot."""

    def getreply(self) -> Reply:
        """The server's word on what it was sent."""

    def rset(self) -> Reply:
        """RSET: forget the letter that was begun."""


def reply_in(error: Exception) -> tuple[int, bytes | str] | None:
    """What the server said, when the error is about an answer of it; None when there was no answer."""
    code = getattr(error, "smtp_code", None)
    return None if code is None else (int(code), getattr(error, "smtp_error", b""))


def is_about_login(error: Exception) -> bool:
    """Whether the server has refused name and password.

    Its code does not tell: servers refuse a login with 421, 535 or 554, and a connection with the same ones. The
    client's error has a name of its own for it.
    """
    return type(error).__name__ == "SMTPAuthenticationError"
