"""The world outside the office in a rehearsal: the mailbox that letters arrive in, and the faults of its server."""

import json
import os
from collections import Counter
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from letters.masked import original_id


def message_ids(mailbox: Path) -> list[str]:
    """The Message-ID of every letter that has arrived, as often as it has arrived; copies without key not counted."""
    return [name for name in _every_id(mailbox) if original_id(name) == name]


def _every_id(mailbox: Path) -> list[str]:
    files = sorted(mailbox.glob("*.eml"))
    return [str(message_from_bytes(file.read_bytes(), policy=default)["Message-ID"] or "") for file in files]


def holds(mailbox: Path, message_id: str) -> bool:
    """Whether that letter has arrived: what an officer learns by calling the recipient."""
    return message_id in message_ids(mailbox)


def count_duplicates(mailbox: Path) -> int:
    """How many letters arrived more often than once, counting each surplus copy."""
    return sum(count - 1 for count in Counter(_every_id(mailbox)).values())


def break_mail_server(mailbox: Path, mode: str) -> None:
    """Let the mail server fail from now on: `down`, `later` (4xx) or `refuse` (5xx)."""
    fault = _fault_file(mailbox)
    beside = fault.with_suffix(".new")
    beside.write_text(json.dumps({"mode": mode}), encoding="utf-8")
    os.replace(beside, fault)


def mend_mail_server(mailbox: Path) -> None:
    """Let the mail server work again."""
    _fault_file(mailbox).unlink(missing_ok=True)


def _fault_file(mailbox: Path) -> Path:
    return mailbox.parent / "mailbox-fault.json"
