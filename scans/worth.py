"""The findings about a file from outside, as plain values: cheap to load, and another process may make them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.problem import Problem


class Remedy(StrEnum):
    """What whoever sent a PDF may do about a fault of it."""

    SAVE_AGAIN = "in lại ra PDF (Print to PDF) hoặc quét lại thành PDF thường"
    SMALLER = "quét ở độ phân giải thấp hơn"
    UNLOCK = "bỏ mật khẩu, bỏ mã hóa rồi gửi lại"


@dataclass(frozen=True)
class Fault:
    """Why a PDF is not taken, and the way out."""

    said: str
    remedy: Remedy = Remedy.SAVE_AGAIN


@dataclass(frozen=True)
class PdfLook:
    """What was seen in a PDF; plain values, so that another process may do the looking."""

    faults: tuple[Fault, ...] = ()  #: why it is not taken
    links: tuple[str, ...] = ()  #: addresses outside to which it leads
    notes: int = 0  #: stamps, comments and texts that lie over the pages
    pages: int = 0


@dataclass(frozen=True)
class TrustList:
    """The certificates (DER) to which a signature must lead; `named` is whether the office has named a list at all."""

    certificates: tuple[bytes, ...] = ()
    named: bool = False
    unread: tuple[str, ...] = ()  #: files of the folder that are no certificates


class Covers(StrEnum):
    """How much of the file a signature answers for."""

    WHOLE = "whole"
    ADDED = "added"  #: other signatures or stamps of time followed
    CHANGED = "changed"  #: something else was changed after it
    PART = "part"


@dataclass(frozen=True)
class Signature:
    """One digital signature, in plain values."""

    by: str
    issuer: str
    serial: str  #: hexadecimal
    stated_at: datetime | None  #: by the clock of whoever signed
    stamped_at: datetime | None  #: by an authority of time
    stamped_by: str
    unbroken: bool
    covers: Covers
    trusted: bool  #: leads to a certificate of the office's own list
    valid_from: datetime
    valid_until: datetime
    expired: bool  #: not valid on the day of the look
    fault: str = ""  #: why it could not be looked at


class TextMatch(StrEnum):
    """What came of comparing the text of a file with the approved one; of the last three nothing can be compared."""

    SAME = "same"
    DIFFERENT = "different"
    ANOTHER = "another"  #: another document
    PICTURE = "picture"
    MIXED = "mixed"  #: pages of text among pages of pictures
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class TextFinding:
    """What the comparison came to."""

    kind: TextMatch
    differences: tuple[str, ...] = ()  #: each in words: what was approved, what the file says


_NOT_COMPARED, _NO_LIST = TextFinding(TextMatch.UNREADABLE), TrustList()


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
