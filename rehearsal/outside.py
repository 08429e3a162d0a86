"""The world outside the office in a rehearsal: the mailbox that letters arrive in, and the faults of its server."""

import json
import os
from collections import Counter
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from database.models import LetterRow
from domain.state import LetterState
from letters.masked import copy_for_information, copy_id, original_id


def message_ids(mailbox: Path) -> list[str]:
    """The Message-ID of every letter that has arrived, as often as it has arrived; copies without key not counted."""
    return [name for name in _every_id(mailbox) if original_id(name) == name]


def _every_id(mailbox: Path) -> list[str]:
    files = sorted(mailbox.glob("*.eml"))
    return [str(message_from_bytes(file.read_bytes(), policy=default)["Message-ID"] or "") for file in files]


def holds(mailbox: Path, letter: LetterRow) -> bool:
    """Whether the letter has arrived with whom it is unknown of: what an officer learns by calling the recipients.

    A copy that goes without the key of the letter's link has an id of its own.
    """
    doubtful = (recipient for recipient in letter.recipients if recipient.state == LetterState.UNCERTAIN)
    copied = copy_for_information(letter.raw) != letter.raw
    wanted = {copy_id(letter.message_id) if one.is_copy and copied else letter.message_id for one in doubtful}
    return wanted <= set(_every_id(mailbox))


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
