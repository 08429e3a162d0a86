"""Weighs a signed file in a process of its own: what a stranger made is opened nowhere else (decision 0024)."""

import hashlib
from datetime import datetime
from pathlib import Path

from apart.running import apart
from apart.unread import Unread
from scans.pdf_check import against_mailing, fault_of_size
from scans.worth import PdfLook, SignedFile


def weigh_apart(content: bytes, approved: bytes, trusted: Path | None, now: datetime) -> SignedFile:
    """As `scans.signed_file.weigh`; a file that cannot be read within the limits is refused, and why."""
    digest = hashlib.sha256(content).hexdigest()
    if fault := fault_of_size(content):
        return SignedFile(digest, tuple(against_mailing(PdfLook((fault,)))))
    try:
        return apart(_weigh, content, approved, trusted, now)
    except Unread as unread:
        return SignedFile(digest, (unread.problem("bản ký"),))


def _weigh(content: bytes, approved: bytes, trusted: Path | None, now: datetime) -> SignedFile:
    # pyHanko takes a second to load, which nobody shall wait for who weighs no file.
    from scans.signed_file import weigh

    return weigh(content, approved, trusted, now)
