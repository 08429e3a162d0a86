"""Reads which trouble the local mailbox is to play, so that a rehearsal can have a mail server that is down."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

MODES = ("down", "later", "refuse", "drop", "unanswered")


@dataclass(frozen=True)
class Fault:
    """`down`: the server hangs up (421); `later`: not now (451); `refuse`: never (550).

    `drop`: it hangs up at the command DATA, `unanswered`: it keeps the letter and hangs up instead of saying so.
    """

    mode: Literal["down", "later", "refuse", "drop", "unanswered"] | None = None
    recipients: frozenset[str] = frozenset()  #: whom `later` and `refuse` concern; empty: everyone
    replies: Mapping[str, str] = field(default_factory=dict)  #: what single recipients are answered, word for word

    def concerns(self, address: str) -> bool:
        """Whether letters to that address meet the trouble."""
        return not self.recipients or address.casefold() in self.recipients


def read_fault(file: Path) -> Fault | None:
    """The trouble in `file`, None without a readable one.

    As `{"mode": "later", "recipients": ["a@b.example"]}` or `{"replies": {"a@b.example": "452 4.2.2 full"}}`.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        mode, recipients = data.get("mode"), frozenset(map(str.casefold, data.get("recipients") or []))
        replies = {str(address).casefold(): str(reply) for address, reply in data.get("replies", {}).items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None  # a file that is just being written is no trouble yet
    if mode not in MODES and (mode or not replies):
        return None
    return Fault(mode, recipients, replies)
