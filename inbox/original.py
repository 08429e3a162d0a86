"""Our letter inside a report: by its Message-ID and its addresses it is known which one came back (RFC 3464, 2)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message

from inbox.headers import addresses_in, ids_in
from inbox.parts import leaves, text_of

#: Types of the part that holds the letter, or its headers alone.
_HOLDERS = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers"}
)
_FIELD = re.compile(r"^[>|* \t]{0,8}(message-id|to|cc)\s*:(.*)$", re.IGNORECASE)
_FOLDED = re.compile(r"\n(?:[>|*]{0,4}[ \t]+)(?=\S)")


@dataclass(frozen=True)
class Original:
    """What is left of the letter that a report is about."""

    ids: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


def original_of(message: Message, below: str) -> Original:
    """Taken from the part that holds it, else from what a server has copied `below` its own words."""
    for part in leaves(message):
        if part.get_content_type() in _HOLDERS:
            found = _fields_of(text_of(part))
            if found.ids or found.recipients:
                return found
    return _fields_of(below)


def _fields_of(text: str) -> Original:
    """Of the first letter in it: what it quotes itself comes later."""
    fields: dict[str, str] = {}
    for line in _FOLDED.sub(" ", text.replace("\r", "")[:100_000]).split("\n"):
        found = _FIELD.match(line[:9_000])
        if found and found[1].lower() not in fields:
            fields[found[1].lower()] = found[2]
    ids = ids_in(fields.get("message-id", ""))
    return Original(tuple(ids[:1]), tuple(_each_once(addresses_in(f"{fields.get('to', '')} {fields.get('cc', '')}"))))


def _each_once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))[:50]
