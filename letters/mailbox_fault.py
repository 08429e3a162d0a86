"""Reads which trouble the local mailbox is to play, so that a rehearsal can have a mail server that is down."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

MODES = ("down", "later", "refuse")


@dataclass(frozen=True)
class Fault:
    """`down`: the server hangs up (421); `later`: not now (451); `refuse`: never (550)."""

    mode: Literal["down", "later", "refuse"]
    recipients: frozenset[str] = frozenset()  #: whom `later` and `refuse` concern; empty: everyone

    def concerns(self, address: str) -> bool:
        """Whether letters to that address meet the trouble."""
        return not self.recipients or address.casefold() in self.recipients


def read_fault(file: Path) -> Fault | None:
    """The trouble in `file`, as `{"mode": "later", "recipients": ["a@b.example"]}`; None without a readable one."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        mode, recipients = data["mode"], frozenset(map(str.casefold, data.get("recipients") or []))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None  # a file that is just being written is no trouble yet
    if mode not in MODES:
        return None
    return Fault(mode, recipients)
