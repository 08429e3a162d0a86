"""Weighs a signed file in a process of its own: what a stranger made is opened nowhere else (decision 0024)."""

import hashlib
from datetime import datetime
from pathlib import Path

from apart.running import apart
from apart.unread import Unread
from domain.problem import Problem
from scans.pdf_check import MOST_MB
from scans.worth import SignedFile


def weigh_apart(content: bytes, approved: bytes, trusted: Path | None, now: datetime) -> SignedFile:
    """As `scans.signed_file.weigh`; a file that cannot be read within the limits is refused, and why."""
    digest = hashlib.sha256(content).hexdigest()
    if len(content) > MOST_MB * 2**20:
        fault = Problem("bản ký", f"tệp lớn hơn {MOST_MB} MB", "quét ở độ phân giải thấp hơn")
        return SignedFile(digest, (fault,))
    try:
        return apart(_weigh, content, approved, trusted, now)
    except Unread as unread:
        return SignedFile(digest, (unread.problem("bản ký"),))


def _weigh(content: bytes, approved: bytes, trusted: Path | None, now: datetime) -> SignedFile:
    # pyHanko takes a second to load, which nobody shall wait for who weighs no file.
    from scans.signed_file import weigh

    return weigh(content, approved, trusted, now)
