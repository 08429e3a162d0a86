"""Takes a message apart: bytes in, headers and parts out, whatever the bytes are (RFC 5322, 2045, 2046)."""

import binascii
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import Compat32

from inbox.charsets import decoded
from inbox.limits import HEADER_LETTERS, TEXT_BYTES


class _AsItCame(Compat32):
    """Headers as they stand in the message, each cut at its limit.

    `email.policy.default` takes each header apart by a grammar, which raises for broken ones and takes long for long
    ones; what the office needs of a header is read in `inbox.headers`.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:HEADER_LETTERS]

    def header_fetch_parse(self, name: str, value: str) -> str:
        del name
        return value


_POLICY = _AsItCame()


def parse(raw: bytes) -> Message:
    """The message as a tree; whoever calls has looked at `inbox.limits.beyond`."""
    return message_from_bytes(raw, policy=_POLICY)


def leaves(message: Message) -> Iterator[Message]:
    """All parts that hold no others, in their order; a message within the message is one of them."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(child for child in reversed(inner) if isinstance(child, Message))
        else:
            yield part


def content(part: Message) -> bytes:
    """The bytes of one part, decoded; of a message within the message, as it stands there."""
    if part.is_multipart():
        return b"\n".join(_as_it_stands(inner) for inner in part.get_payload())
    return _decoded_payload(part)


def text_of(part: Message) -> str:
    """The words of one part, at most `TEXT_BYTES` of them; of a report or a message within it, headers and words."""
    if not part.is_multipart():
        return decoded(_decoded_payload(part)[:TEXT_BYTES], _charset(part))
    source = b"\n".join(_heads_and_words(inner) for inner in part.get_payload())[:TEXT_BYTES]
    return decoded(_unwrapped(source, part), _charset(part))


def _decoded_payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, binascii.Error):
        payload = part.get_payload()
    if isinstance(payload, str):
        return payload.encode("utf-8", "surrogateescape")
    return payload if isinstance(payload, bytes) else b""


def _as_it_stands(inner: object) -> bytes:
    """Written out by the library, which may stumble over a broken message: then without its form."""
    if not isinstance(inner, Message):
        return b""
    try:
        return inner.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError, MessageError):
        return _heads_and_words(inner)


def _heads_and_words(inner: object) -> bytes:
    if not isinstance(inner, Message):
        return b""
    head = "".join(f"{name}: {value}\n" for name, value in inner.items()).encode("utf-8", "surrogateescape")
    return head + b"\n" + (b"" if inner.is_multipart() else _decoded_payload(inner)) + b"\n"


def _unwrapped(source: bytes, part: Message) -> bytes:
    """A report in base64, which the RFC forbids and some servers write."""
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding not in ("base64", "quoted-printable"):
        return source
    wrapped = Message(policy=_POLICY)
    wrapped["Content-Transfer-Encoding"] = encoding
    wrapped.set_payload(source.decode("ascii", "surrogateescape"))
    return _decoded_payload(wrapped)


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except (LookupError, ValueError):
        return ""
