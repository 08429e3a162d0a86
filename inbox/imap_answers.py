"""What an IMAP server answers, as values: lists, sizes and times, the text of a message (RFC 3501)."""

import imaplib
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class Listed:
    """One message of the folder before it is fetched."""

    uid: int
    size: int  #: bytes
    received_at: datetime  #: when it came to the server (INTERNALDATE)


def answered(answer: tuple[str, Any]) -> list[Any]:
    """What the server answered with OK; NO and BAD are errors."""
    word, lines = answer
    if word != "OK":
        raise imaplib.IMAP4.error(words_of(word, lines))
    return list(lines or ())


def words_of(word: str, lines: Sequence[object]) -> str:
    """What the server said, on one line."""
    said = b" ".join(line for line in lines if isinstance(line, bytes)).decode("utf-8", "replace")
    return f"{word} {said}"


def listed_in(line: object) -> Listed | None:
    """What one line of an answer to FETCH says of a message; None where it says something else."""
    text = line if isinstance(line, bytes) else b""
    uid, size = re.search(rb"UID (\d+)", text), re.search(rb"RFC822\.SIZE (\d+)", text)
    if not (uid and size):
        return None
    came = imaplib.Internaldate2tuple(text)
    moment = datetime.fromtimestamp(time.mktime(came), UTC) if came else datetime.now(UTC)
    return Listed(int(uid[1]), int(size[1]), moment)


def body_in(lines: Sequence[object]) -> bytes | None:
    """The text in an answer to FETCH; None where there is no such message."""
    for line in lines:
        if isinstance(line, tuple):
            return bytes(line[1])
        if isinstance(line, bytes) and (short := re.search(rb'BODY\[[A-Z]*\](?:<\d+>)? "((?:[^"\\]|\\.)*)"', line)):
            return re.sub(rb"\\(.)", rb"\1", short[1])
    return None


def handed_out(client: imaplib.IMAP4, uid: int, wanted: str) -> tuple[bytes | None, imaplib.IMAP4.error | None]:
    """What was asked for of one message, None where there is nothing; and how the server refused it, if it did."""
    try:
        return body_in(answered(client.uid("FETCH", f"{uid}", wanted))), None
    except imaplib.IMAP4.abort:  # the connection is no more
        raise
    except imaplib.IMAP4.error as error:
        return None, error
