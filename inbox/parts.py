"""Takes a message apart: bytes in, headers and parts out, whatever the bytes are (RFC 5322, 2045, 2046)."""

import binascii
from collections.abc import Iterator
from email import message_from_bytes
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
        return "\n".join(_source(inner) for inner in part.get_payload()).encode("utf-8", "surrogateescape")
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, binascii.Error):
        payload = part.get_payload()
    if isinstance(payload, str):
        return payload.encode("utf-8", "surrogateescape")
    return payload if isinstance(payload, bytes) else b""


def text_of(part: Message) -> str:
    """The words of one part, at most `TEXT_BYTES` of them; of a message or a report within the message too."""
    if not part.is_multipart():
        return decoded(content(part)[:TEXT_BYTES], _charset(part))
    source = content(part)[:TEXT_BYTES]
    if _encoded(part):
        unwrapped = Message(policy=_POLICY)
        unwrapped["Content-Transfer-Encoding"] = str(part.get("Content-Transfer-Encoding"))
        unwrapped.set_payload(decoded(source, "ascii"))
        source = content(unwrapped)
    return decoded(source, _charset(part))


def _encoded(part: Message) -> bool:
    """A report in base64, which the RFC forbids and some servers write."""
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower() in ("base64", "quoted-printable")


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except (LookupError, ValueError):
        return ""


def _source(inner: object, depth: int = 0) -> str:
    """A message within a message as text: the generator of `email` may stumble over broken ones."""
    if not isinstance(inner, Message):
        return str(inner)
    head = "".join(f"{name}: {value}\n" for name, value in inner.items())
    payload = inner.get_payload()
    if not isinstance(payload, list):
        return f"{head}\n{payload or ''}\n"
    if depth > 10:
        return f"{head}\n"
    mark = f"--{inner.get_boundary('')}"
    if inner.get_content_maintype() != "multipart":
        return f"{head}\n" + "".join(_source(child, depth + 1) for child in payload)
    return f"{head}\n" + "".join(f"\n{mark}\n{_source(child, depth + 1)}" for child in payload) + f"\n{mark}--\n"
