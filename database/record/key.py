"""The key of the record: whoever has the database and the code but not the key cannot write a line that holds (P7)."""

import hashlib
import hmac
from dataclasses import dataclass, field

from config.secret import found, secret

#: The name of the secret (`config.secret`).
RECORD = "record"


@dataclass(frozen=True)
class Key:
    """A key, and the mark by which a line tells with which one it was sealed; the mark says nothing of the key."""

    mark: str  #: sixteen hexadecimal digits
    _bytes: bytes = field(repr=False)

    def mac(self, text: str) -> str:
        """HMAC-SHA256 of a text, as 64 hexadecimal digits."""
        return hmac.digest(self._bytes, text.encode(), "sha256").hex()

    def made(self, mac: str | None, text: str) -> bool:
        """Whether this is what this key makes of the text."""
        return mac is not None and hmac.compare_digest(mac, self.mac(text))


def known_key() -> Key | None:
    """The key of this installation; None where there is none. Nothing is made."""
    value = found(RECORD)
    return _key(value) if value else None


def own_key() -> Key:
    """The key of this installation; the first who asks makes it."""
    return _key(secret(RECORD))


def _key(value: str) -> Key:
    return Key(hashlib.sha256(f"mark of {value}".encode()).hexdigest()[:16], value.encode())
