"""Writes the headers of a message that carry Vietnamese, as encoded words (RFC 2047) of seven bits.

The standard library's own folding loses or adds blanks between the encoded words of a long Vietnamese text
(CPython issues 92081 and 144156), so subjects and names are encoded here.
"""

import re
from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from typing import Any

_LINE = 76
_TAG = re.compile(r"((?:\[[!-<>-~]*\])+) ")


class _AsItStands(str):
    """A header that was read from a letter, with its lines as they stood there."""

    lines: str


class MailPolicy(EmailPolicy):
    """SMTP's line ends and seven bits, with subjects and addresses encoded by this file.

    A header that was read is written as it was: the copy of a letter differs from it in nothing that nobody changed.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """A header as it stands in a letter."""
        name, value = super().header_source_parse(sourcelines)
        read = _AsItStands(value)
        read.lines = "".join(sourcelines)
        return name, read

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """A subject is kept as it is: the library would decode what only looks like an encoded word."""
        return (name, value) if name == "Subject" else super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """One header as it goes to the server."""
        if isinstance(value, _AsItStands):
            return value.lines.encode("ascii", "surrogateescape")
        addresses: tuple[Address, ...] = getattr(value, "addresses", ())
        if addresses:
            folded = ",\r\n ".join(_address(one) for one in addresses)
        elif name == "Subject":
            folded = _subject(value)
        else:
            return super().fold_binary(name, value)
        return f"{name}: {folded}\r\n".encode("ascii")


MAIL = MailPolicy(linesep="\r\n", cte_type="7bit")


def _address(address: Address) -> str:
    name = address.display_name
    if _is_plain(name):
        return str(address)
    return f"{_encoded_words(name)}\r\n <{address.addr_spec}>"


def _subject(text: str) -> str:
    """The ASCII tag stays readable and searchable (P26); what follows is encoded."""
    if _is_plain(text):
        return text
    tag = _TAG.match(text)
    if not tag:
        return _encoded_words(text)
    return f"{tag[1]}\r\n {_encoded_words(text[tag.end() :])}"


def _is_plain(text: str) -> bool:
    """Whether text may stand as it is: short, ASCII, and not looking like an encoded word."""
    return len(text) <= _LINE - len("Subject: ") and text.isascii() and "=?" not in text


def _encoded_words(text: str) -> str:
    return Header(text, "utf-8", maxlinelen=_LINE, header_name="Subject").encode(linesep="\r\n")
