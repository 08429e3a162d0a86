"""The world outside the office in a rehearsal: the mailbox that letters arrive in, and the faults of its server."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path

from database.models import LetterRow
from domain.state import LetterState
from letters.masked import copy_for_information, copy_id, original_id


def message_ids(mailbox: Path) -> list[str]:
    """The Message-ID of every letter that has arrived, as often as it has arrived; copies without key not counted."""
    return [name for name in _every_id(mailbox) if original_id(name) == name]


def _every_id(mailbox: Path) -> list[str]:
    return [_header(letter, "Message-ID") for letter in _letters(mailbox)]


def _letters(mailbox: Path) -> Iterator[Message]:
    return (message_from_bytes(file.read_bytes(), policy=default) for file in sorted(mailbox.glob("*.eml")))


def _header(letter: Message, name: str) -> str:
    return str(letter[name] or "")


def holds(mailbox: Path, letter: LetterRow) -> bool:
    """Whether the letter has arrived with whom it is unknown of: what an officer learns by calling the recipients.

    A copy that goes without the key of the letter's link has an id of its own.
    """
    doubtful = (recipient for recipient in letter.recipients if recipient.state == LetterState.UNCERTAIN)
    copied = copy_for_information(letter.raw) != letter.raw
    wanted = {copy_id(letter.message_id) if one.is_copy and copied else letter.message_id for one in doubtful}
    return wanted <= set(_every_id(mailbox))


def count_duplicates(mailbox: Path) -> int:
    """How many letters arrived with somebody more often than once, counting each surplus copy.

    One that came back and went again to a mended address is with nobody twice.
    """
    arrived = Counter(
        (_header(letter, "Message-ID"), address.strip().casefold())
        for letter in _letters(mailbox)
        for address in _header(letter, "X-Envelope-To").split(",")
    )
    letters: Counter[str] = Counter()
    for (name, _address), count in arrived.items():
        letters[name] = max(letters[name], count - 1)
    return letters.total()


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
