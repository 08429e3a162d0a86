"""Offers a letter's envelope to the mail server, command by command: sender, then every recipient."""

import smtplib
from collections.abc import Sequence

from letters.postal_error import LetterRefused, ServerUnavailable, judged
from letters.smtp_reply import reply_line

_TAKEN = (250, 251, 252)


def offer(smtp: smtplib.SMTP, sender: str, recipients: Sequence[str]) -> dict[str, str]:
    """The recipients that the server refused, with its replies; at least one other was taken.

    Raises `TryLater` or `LetterRefused` if none was, `ServerUnavailable` if the server is closing or wants a
    login, and what `smtplib` raises when the connection breaks.
    """
    if not _is_address(sender):
        raise LetterRefused("Địa chỉ người gửi không hợp lệ", sender)
    code, answer = smtp.mail(sender)
    if code != 250:
        raise judged("Máy chủ thư không nhận thư của người gửi này", code, reply_line(code, answer))
    refused = {}
    code = 550  # of a letter without recipients
    for recipient in dict.fromkeys(recipients):
        latest, reply = _offer_recipient(smtp, recipient)
        if latest not in _TAKEN:
            refused[recipient] = reply
            code = latest if 400 <= latest < 500 else code
    if len(refused) == len(set(recipients)):
        replies = "; ".join(f"{address}: {reply}" for address, reply in refused.items())
        raise judged("Máy chủ thư không nhận người nhận nào", code, replies or "thư không có người nhận")
    return refused


def _offer_recipient(smtp: smtplib.SMTP, recipient: str) -> tuple[int, str]:
    if not _is_address(recipient):
        return 553, "địa chỉ không hợp lệ"
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
