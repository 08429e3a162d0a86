"""The address by which a letter is answered, with a signed tag that says which letter it was (R62, decision 0051).

`ban-to-chuc+5f0c3a9b12de-k7…@dong-nai.example`: a piece of the letter's Message-ID and a seal over all of it. Case
does not count, for servers on the way change it.
"""

import base64
import hashlib
import hmac
import re

from config.secret import secret
from config.settings import settings

_PIECE, _SEAL = 12, 16  # letters: 48 bits by which the letter is looked for, 80 that nobody guesses
_TAG = re.compile(rf"\+([0-9a-f]{{{_PIECE}}})-([a-z2-7]{{{_SEAL}}})@")
_LONGEST = 64  #: letters before the `@` (RFC 5321)


def reply_address(message_id: str, sender: str) -> str:
    """Where the answer to that letter shall go; empty where that is its sender in any case.

    Without an inbox nobody reads answers here, and nothing is said of them. A tag for which the address has no room
    is left out.
    """
    inbox = settings().inbox
    if not inbox.host:
        return ""
    address = inbox.address or sender
    local, _, domain = address.rpartition("@")
    tagged = f"{local}+{tag_of(message_id)}"
    if inbox.tagged and len(tagged) <= _LONGEST:
        return f"{tagged}@{domain}"
    return "" if address == sender else address


def tag_of(message_id: str) -> str:
    """The tag of the letter with that Message-ID."""
    return f"{piece_of(message_id)}-{_seal(message_id)}"


def piece_of(message_id: str) -> str:
    """The piece of a Message-ID by which its tag names it."""
    return message_id.strip("<>")[:_PIECE].lower()


def tags_in(addresses: tuple[str, ...]) -> list[tuple[str, str]]:
    """What looks like a tag of ours in those addresses: the piece of the Message-ID and the seal, both unproven."""
    found = (_TAG.search(address.lower()) for address in addresses)
    return list(dict.fromkeys((one[1], one[2]) for one in found if one))


def holds(message_id: str, seal: str) -> bool:
    """Whether that seal is ours for the letter with that Message-ID."""
    return hmac.compare_digest(seal.encode(), _seal(message_id).encode())


def _seal(message_id: str) -> str:
    key, said = secret("links").encode(), f"reply to {message_id}".encode()
    digest = hmac.new(key, said, hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:_SEAL].lower()
