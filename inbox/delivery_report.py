"""Delivery reports in the form of the RFC: `message/delivery-status`, one block for each recipient (RFC 3464, 2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from inbox.headers import addresses_in, one_line
from inbox.parts import leaves, text_of
from inbox.softness import BASIC, ENHANCED

_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
#: All that the RFC knows; some servers invent others, and `deliverable` is an answer to a question.
_ACTIONS = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})
_REPLY_LETTERS = 500
_BLOCK = re.compile(r"^(?:final|original)-recipient[ \t]*:", re.IGNORECASE | re.MULTILINE)
#: Recipients of one report that are looked at.
_MOST = 200


@dataclass(frozen=True)
class ReportedRecipient:
    """One block of a report."""

    addresses: tuple[str, ...]  #: as the letter named it, then as it was when it failed
    action: str  #: failed, delayed, delivered, relayed, expanded; unclear where it is not told of what is temporary
    status: str  #: `5.1.1`, or empty
    reply: str  #: what the server said, with a code where anything has one


def reported(message: Message, text: str) -> list[ReportedRecipient]:
    """All recipients of whom a report speaks, where there is such a part; else where its blocks stand in the text.

    A report that was wrapped wrongly, or taken apart on its way, has them there.
    """
    texts = [text_of(part) for part in leaves(message) if part.get_content_type() in _TYPES]
    texts = texts or ([text] if _BLOCK.search(text) else [])
    blocks = (block for text in texts for block in _blocks(text))
    return [recipient for block, _ in zip(blocks, range(_MOST), strict=False) if (recipient := _recipient(block))]


def _blocks(text: str) -> Iterator[dict[str, str]]:
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        fields: dict[str, str] = {}
        for line in re.sub(r"\n[ \t]+", " ", block).split("\n"):
            name, colon, value = line.partition(":")
            if colon and re.fullmatch(r"[A-Za-z0-9-]{2,60}", name.strip()):
                fields.setdefault(name.strip().lower(), value.strip())
        yield fields


def _recipient(fields: dict[str, str]) -> ReportedRecipient | None:
    named = (fields.get(name, "") for name in ("original-recipient", "final-recipient", "x-actual-recipient"))
    addresses = tuple(dict.fromkeys(address for value in named for address in addresses_in(_untyped(value))))
    if not addresses and not {"action", "final-recipient"} <= set(fields):
        return None
    found = ENHANCED.search(fields.get("status", ""))
    status = found[0] if found else ""
    reply = _reply(status, fields.get("diagnostic-code", "") or fields.get("x-supplementary-info", ""))
    return ReportedRecipient(addresses, _action(fields.get("action", ""), status), status, reply)


def _action(action: str, status: str) -> str:
    word = (action.lower().replace("(", " ").split() or [""])[0].strip(";,.")
    if word in _ACTIONS:
        return word
    return {"2": "delivered", "4": "unclear"}.get(status[:1], "failed")


def _reply(status: str, diagnostic: str) -> str:
    said = one_line(_untyped(diagnostic))[:_REPLY_LETTERS]
    if status and not ENHANCED.search(said) and not BASIC.search(said):
        return f"{status} {said}".strip()
    return said


def _untyped(value: str) -> str:
    """Without the type in front: `smtp; 550 …`, `rfc822;a@b.example`."""
    return re.sub(r"^\s*[A-Za-z0-9_-]{1,30}\s*;\s*", "", value)
