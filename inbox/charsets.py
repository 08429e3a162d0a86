"""Bytes of any charset as text: never fails, never takes longer than the bytes are long."""

import re
from email.errors import HeaderParseError
from email.header import decode_header

from domain.text import nfc

#: Python's codecs for other things than mail; some take a time that grows with the square of the length.
_NEVER = re.compile(r"punycode|idna|undefined|unicode.?escape|mbcs|oem|utf.?7", re.IGNORECASE)


def decoded(source: bytes, charset: str = "") -> str:
    """The text of some bytes, NFC: by the charset they name, else UTF-8, else Vietnamese of Windows."""
    for name in (charset, "utf-8-sig"):
        if name and not _NEVER.search(name) and name.lower() not in ("ascii", "us-ascii", "unknown-8bit"):
            try:
                return nfc(source.decode(name))
            except (UnicodeError, LookupError, ValueError):
                continue
    return nfc(source.decode("windows-1258", "replace"))


def header_text(value: str) -> str:
    """A header's value with its encoded words (RFC 2047) and bare bytes as text."""
    try:
        pieces = decode_header(value.encode("ascii", "surrogateescape").decode("latin-1"))
    except (HeaderParseError, ValueError, UnicodeError):
        pieces = [(value, None)]
    return nfc("".join(_piece(piece, charset) for piece, charset in pieces))


def _piece(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, bytes):
        return decoded(piece, charset or "")
    return decoded(_bytes_of(piece))


def _bytes_of(piece: str) -> bytes:
    """What stood in the message, of text that was read byte for byte."""
    try:
        return piece.encode("latin-1")
    except UnicodeEncodeError:
        return piece.encode("utf-8", "surrogateescape")
