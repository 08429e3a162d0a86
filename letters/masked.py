"""A letter for those who only look at it: whoever has its link may answer in the recipient's name, so it is masked.

The letter that went out is not changed; what stands in the ledger at the desk or leaves with an archive is a copy.
"""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

#: The way to a reply page with its key (`answers.links`); the key is all that must not be read.
_KEY = re.compile(r"(/tra-loi/)[A-Za-z0-9_.~=-]{8,}")
MASK = "[khóa-riêng-của-người-nhận]"


def masked(text: str) -> str:
    """The text with every key of a link covered."""
    return _KEY.sub(rf"\g<1>{MASK}", text)


def masked_letter(raw: bytes) -> bytes:
    """The letter with every key in its text covered; the very same bytes where it has none."""
    message = message_from_bytes(raw, policy=SMTP)
    assert isinstance(message, EmailMessage)
    found = False
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_maintype() == "text" and not part.is_attachment():
            text = str(part.get_content())
            if (covered := masked(text)) != text:
                found = True
                part.set_content(covered, subtype=part.get_content_subtype(), charset="utf-8")
    return message.as_bytes() if found else raw
