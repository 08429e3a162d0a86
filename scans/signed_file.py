"""What a signed PDF is worth: whether it is taken at all, who signed it, whether it says what was approved (P4)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from domain.problem import Problem
from scans.pdf_look import check_scan, look_into_pdf
from scans.same_text import TextFinding, compare_text
from scans.shown_text import ShownText, shown_text
from scans.signatures import Signature, SignaturesUnread, read_signatures
from scans.trusted import TrustList

_NOT_COMPARED, _NO_LIST = TextFinding("unreadable"), TrustList()


@dataclass(frozen=True)
class SignedFile:
    """The findings about one file, in plain values; another process may make them."""

    sha256: str
    refused: tuple[Problem, ...] = ()  #: why it is not taken, whatever anybody says
    signatures: tuple[Signature, ...] = ()
    text: TextFinding = _NOT_COMPARED
    trust: TrustList = _NO_LIST
    pages: int = 0
    notes: int = 0  #: what was stuck onto its pages
    unread: bool = False  #: it has signatures that cannot be read


def weigh(content: bytes, approved: bytes, trust: TrustList, now: datetime) -> SignedFile:
    """Look at a signed file beside the approved document as the service draws it (both PDFs).

    One plain function without settings, database or network. What it opens has been found harmless before.
    """
    digest = hashlib.sha256(content).hexdigest()
    refused = tuple(check_scan(content))
    if refused:
        return SignedFile(digest, refused)
    look, shown = look_into_pdf(content), _shown(content)
    text = _compared(shown, approved)
    if text.kind == "another":
        fault = "không phải văn bản này: " + "; ".join(text.differences)
        refused = (Problem("bản ký", fault, "chọn đúng tệp bản ký của văn bản này"),)
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
    if shown is None:
        return TextFinding("unreadable")
    if shown.pictures or not shown.text:
        return TextFinding("picture")
    return compare_text(shown_text(approved).text, shown.text)
