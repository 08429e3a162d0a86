"""A letter for those who only look at it: whoever has its link may answer in the recipient's name, so it is masked.

The addressee's letter is not changed; what stands in the ledger at the desk, leaves with an archive or goes to those
who get a copy shows no key.
"""

import re
from email import message_from_bytes
from email.message import EmailMessage

from letters.message_headers import MAIL

#: The way to a reply page with its key (`answers.links`); the key is all that must not be read.
_KEY = re.compile(r"(/tra-loi/)[A-Za-z0-9_.~=-]{8,}")
MASK = "[khóa-riêng-của-người-nhận]"


def masked(text: str) -> str:
    """The text with every key of a link covered."""
    return _KEY.sub(rf"\g<1>{MASK}", text)


def masked_letter(raw: bytes) -> bytes:
    """The letter with every key in its text covered; the very same bytes where it has none."""
    covered = _covered(raw)
    return covered.as_bytes() if covered else raw


def copy_for_information(raw: bytes) -> bytes:
    """The letter for those who get a copy of it: without its keys, and so another letter, under an id of its own.

    The very same bytes where it has no key.
    """
    covered = _covered(raw)
    if covered is None:
        return raw
    covered.replace_header("Message-ID", copy_id(str(covered["Message-ID"])))
    return covered.as_bytes()


def copy_id(message_id: str) -> str:
    """The Message-ID of the copies of the letter with that one: `<5f….ban-sao@office.example>`."""
    return message_id.replace("@", f"{_COPY}@", 1)


def original_id(message_id: str) -> str:
    """The Message-ID of the letter of which this may be a copy with covered keys; else itself."""
    return message_id.replace(f"{_COPY}@", "@", 1)


_COPY = ".ban-sao"


def _covered(raw: bytes) -> EmailMessage | None:
    """The letter with its keys covered, every other header as it was; None where it has none."""
    message = message_from_bytes(raw, policy=MAIL)
    assert isinstance(message, EmailMessage)
    found = False
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_maintype() == "text" and not part.is_attachment():
            text = str(part.get_content())
            if (covered := masked(text)) != text:
                found = True
                part.set_content(covered, subtype=part.get_content_subtype(), charset="utf-8")
    return message if found else None
