"""Keeps one received letter as a file, whole or not at all, never in the place of another."""

import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

from domain.text import slug
from letters.one_line import one_line

_LONGEST_SLUG = 60


def keep(folder: Path, sender: str, recipients: Sequence[str], content: bytes, now: datetime) -> Path:
    """Write the letter and give its path: `20240205-080000-1-ban_thuong_vu_nhon_trach_example.eml`.

    The envelope goes before the letter's own headers, which stay as they came. The number makes the name
    unique, also between processes: a link, unlike a rename, fails where a file already is.
    """
    handle, temporary = tempfile.mkstemp(prefix=".receiving-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_envelope_headers(sender, recipients) + content)
        return _link(Path(temporary), folder, f"{now:%Y%m%d-%H%M%S}", _recipient_slug(recipients))
    finally:
        os.unlink(temporary)


def _link(temporary: Path, folder: Path, time: str, name: str) -> Path:
    for number in count(1):
        path = folder / f"{time}-{number}-{name}.eml"
        try:
            os.link(temporary, path)
        except FileExistsError:
            continue
        return path
    raise AssertionError("counting never ends")


def _recipient_slug(recipients: Sequence[str]) -> str:
    return slug(recipients[0])[:_LONGEST_SLUG] if recipients else "nobody"


def _envelope_headers(sender: str, recipients: Sequence[str]) -> bytes:
    lines = [f"X-Envelope-From: {one_line(sender)}"]
    lines.append("X-Envelope-To: " + ",\r\n ".join(one_line(recipient) for recipient in recipients))
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")
