"""Offers a letter's envelope to the mail server, command by command: sender, then every recipient."""

from collections.abc import Sequence

from letters.postal_error import Envelope, LetterRefused, PostalError, ServerUnavailable, judged
from letters.smtp_conversation import Conversation
from letters.smtp_reply import reply_line

_TAKEN = (250, 251, 252)


def offer(smtp: Conversation, sender: str, recipients: Sequence[str]) -> Envelope:
    """What the server said to each recipient; at least one was taken.

    Raises `TryLater` or `LetterRefused`, with that envelope, if none was, and without one if the sender was not;
    `ServerUnavailable` if the server is closing or wants a login; `OSError` when the connection breaks.
    """
    if not _is_address(sender):
        raise LetterRefused("Địa chỉ người gửi không hợp lệ", sender)
    code, answer = smtp.mail(sender)
    if code != 250:
        raise judged("Máy chủ thư không nhận thư của người gửi này", code, reply_line(code, answer))
    taken: list[str] = []
    refused: dict[str, str] = {}
    later: dict[str, str] = {}
    for recipient in dict.fromkeys(recipients):
        code, reply = _offer_recipient(smtp, recipient)
        if code in _TAKEN:
            taken.append(recipient)
        else:
            (later if code < 500 else refused)[recipient] = reply
    envelope = Envelope(tuple(taken), refused, later)
    if not taken:
        raise _nobody(envelope)
    return envelope


def _nobody(envelope: Envelope) -> PostalError:
    """One who may take it later is reason enough to try again."""
    replies = "; ".join(f"{address}: {reply}" for address, reply in (envelope.refused | envelope.later).items())
    error = judged("Máy chủ thư không nhận người nhận nào", 450 if envelope.later else 550, replies or _EMPTY)
    error.envelope = envelope
    return error


_EMPTY = "thư không có người nhận"


def _offer_recipient(smtp: Conversation, recipient: str) -> tuple[int, str]:
    if not _is_address(recipient):
        return 553, "553 địa chỉ không hợp lệ"
    code, answer = smtp.rcpt(recipient)
    reply = reply_line(code, answer)
    if code not in _TAKEN:
        error = judged("Máy chủ thư không làm việc được", code, reply)
        if isinstance(error, ServerUnavailable):
            raise error
    return code, reply


def _is_address(address: str) -> bool:
    """Whether an address can stand in a command of SMTP without changing it."""
    return (
        "@" in address
        and address.isascii()
        and address.isprintable()
        and not any(character in ' <>"' for character in address)
    )
