"""What the headers of a message say: who wrote it, to whom, about which letter (RFC 5322)."""

import re
import unicodedata
from collections.abc import Iterable
from email.message import Message
from functools import lru_cache

from domain.text import clean, printable
from inbox.charsets import header_text
from inbox.limits import ADDRESSES

_ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:\"'@|=]{1,64}@[^\s<>()\[\]\\,;:\"'@|=]{1,253}")
_ID = re.compile(r"<[^<>\s]{1,500}>")
_COMMENT = re.compile(r"\(([^()]*)\)")
#: A quote that is never closed goes on to the end: to look for its end from each mark anew would cost the square.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?$)', re.DOTALL)
_ANGLE = re.compile(r"<([^<>]*)>")
#: Where a message says to whom it was delivered.
_RECEIVERS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To")


def one_line(text: str) -> str:
    """Text from outside as one harmless line: no line break, control mark or mark of direction."""
    return clean("".join(letter for letter in printable(text) if unicodedata.category(letter) != "Cf"))


def header(message: Message, name: str) -> str:
    """The first header of that name as one line of text; empty where there is none."""
    return one_line(header_text(_raw(message, name)))


def headers(message: Message, name: str) -> list[str]:
    """All headers of that name as they stand in the message, without line breaks, the topmost first."""
    return [_unfolded(str(value)) for value in message.get_all(name, [])]


def _raw(message: Message, name: str) -> str:
    return _unfolded(str(message.get(name, "")))


def _unfolded(value: str) -> str:
    return re.sub(r"[\r\n]+", " ", value)


def without_quotes(value: str, instead: str = "") -> str:
    """A header's value without its quoted strings, in which anybody may write anything (RFC 5322, 3.2.4)."""
    return _QUOTED.sub(instead, value)


def addresses_in(text: str) -> list[str]:
    """Every mail address in a text, lower case, each once, in their order."""
    found = (address.strip(".*-_`'").lower() for address in _ADDRESS.findall(printable(text)))
    return list(dict.fromkeys(address for address in found if "@" in address and not address.endswith("@")))


def ids_in(text: str) -> list[str]:
    """Every Message-ID in a header's value, with its brackets."""
    return _ID.findall(printable(text))


def sender(message: Message) -> tuple[str, str]:
    """Address (lower case, or empty) and name of who wrote it.

    In `"a@x.vn" <b@y.vn>` and in `a@x.vn <b@y.vn>` it is b: what looks like an address in front is a name.
    """
    return _sender_in(_raw(message, "From") or _raw(message, "Sender"))


@lru_cache(maxsize=16)  # each sign of a machine asks for it anew
def _sender_in(value: str) -> tuple[str, str]:
    bare = without_quotes(value)
    angles = _ANGLE.findall(bare)
    found = addresses_in(angles[-1] if angles else bare)
    name = header_text(value.rpartition("<")[0] if angles else [value, *_COMMENT.findall(value)][-1])
    return (found[0] if found else ""), one_line(name).strip(" \"'")[:200]


def one_sender(message: Message) -> bool:
    """Nobody could read another sender in it: one `From` with one address."""
    values = headers(message, "From")
    return len(values) == 1 and len(addresses_in(without_quotes(values[0]))) == 1


def addressed_to(message: Message) -> tuple[str, ...]:
    """All addresses to which it was sent or delivered."""
    values = (value for name in _RECEIVERS for value in headers(message, name))
    return tuple(_each_once(address for value in values for address in addresses_in(without_quotes(value))))


def message_id(message: Message) -> str:
    """Its Message-ID, with brackets even where they were left out."""
    value = printable(_raw(message, "Message-ID")).strip()
    found = ids_in(value)
    if found:
        return found[0]
    return f"<{value}>" if re.fullmatch(r"[^<>\s]{3,500}", value) else ""


def refers_to(message: Message) -> tuple[str, ...]:
    """The Message-IDs of what it answers, the nearest first."""
    near = [one for value in headers(message, "In-Reply-To") for one in ids_in(value)]
    thread = [one for value in headers(message, "References") for one in ids_in(value)]
    return tuple(_each_once([*near, *reversed(thread)]))


def _each_once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))[:ADDRESSES]
