"""What a signed PDF is worth: whether it is taken at all, who signed it, whether it says what was approved (P4)."""

import hashlib
from datetime import datetime
from pathlib import Path

from domain.problem import Problem
from scans.pdf_check import against_mailing
from scans.pdf_look import look_into_pdf
from scans.same_text import compare_text
from scans.shown_text import ShownText, shown_text
from scans.signatures import SignaturesUnread, read_signatures
from scans.trusted import read_trust_list
from scans.worth import SignedFile, TextFinding, TextMatch


def weigh(content: bytes, approved: bytes, trusted: Path | None, now: datetime) -> SignedFile:
    """Look at a signed file beside the approved document as the service draws it (both PDFs).

    `trusted` is the folder of the office's own list. One plain function without settings, database or network, so that
    another process may call it; what it opens has been found harmless before.
    """
    digest = hashlib.sha256(content).hexdigest()
    look = look_into_pdf(content)
    refused = tuple(against_mailing(look))
    if refused:
        return SignedFile(digest, refused)
    shown = _shown(content)
    text = _compared(shown, approved)
    if text.kind is TextMatch.ANOTHER:
        fault = "không phải văn bản này: " + "; ".join(text.differences)
        refused = (Problem("bản ký", fault, "chọn đúng tệp bản ký của văn bản này"),)
    trust = read_trust_list(trusted)
    try:
        signatures, unread = read_signatures(content, trust, now), False
    except SignaturesUnread:
        signatures, unread = (), True
    return SignedFile(digest, refused, signatures, text, trust, look.pages, look.notes, unread)


def _shown(content: bytes) -> ShownText | None:
    try:
        return shown_text(content)
    except Exception:  # a parser that meets what was made to break it raises anything
        return None


def _compared(shown: ShownText | None, approved: bytes) -> TextFinding:
    if shown is None or not (shown.text or shown.pictures):
        return TextFinding(TextMatch.UNREADABLE)
    if shown.pictures:
        return TextFinding(TextMatch.MIXED if shown.text else TextMatch.PICTURE)
    return compare_text(shown_text(approved).text, shown.text)
