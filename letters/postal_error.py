"""What can become of a letter that the mail server did not take: four answers, each with its own next step."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Envelope:
    """Which recipients the server has taken before the text goes out, and what it said to the others."""

    taken: tuple[str, ...]
    refused: dict[str, str] = field(default_factory=dict)  #: for good (5xx)
    later: dict[str, str] = field(default_factory=dict)  #: for now (4xx)


class PostalError(Exception):
    """A letter was not handed over, or nobody knows; `reply` is what the server said."""

    #: What was said to each recipient, if they were asked and none was taken.
    envelope: Envelope | None = None

    def __init__(self, message: str, reply: str = "") -> None:
        self.reply = reply
        super().__init__(f"{message} ({reply})" if reply else message)


class ServerUnavailable(PostalError):  # noqa: N818 - names what is so, as the states of a letter do
    """The server cannot be used now; it does not have the letter, so trying again is safe."""


class TryLater(PostalError):  # noqa: N818 - as above
    """The server does not take this letter now (4xx); it does not have it."""


class LetterRefused(PostalError):  # noqa: N818 - as above
    """The server will not take this letter (5xx)."""


class Unknown(PostalError):  # noqa: N818 - as above
    """The connection broke after DATA was begun: nobody knows whether the server has the letter."""


#: The server wants another login or encryption: the fault of the settings, not of the letter.
_NOT_SET_UP = (530, 534, 535, 538)
CLOSING = 421  #: the server says that it is closing the connection


def judged(message: str, code: int, reply: str) -> PostalError:
    """The error that a refusing reply means, as long as the letter itself was not on its way."""
    if code == CLOSING or code in _NOT_SET_UP or not 400 <= code < 600:
        return ServerUnavailable(message, reply)
    return TryLater(message, reply) if code < 500 else LetterRefused(message, reply)
