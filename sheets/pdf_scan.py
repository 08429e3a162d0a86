"""Looks at the scan of a signed document before it is kept and mailed (P4)."""

from collections.abc import Iterator

from domain.problem import Problem

_MOST_MB = 20


def check_scan(content: bytes) -> Iterator[Problem]:
    """A PDF, whole, of a size that mail servers take; nothing of it is run or read further."""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        yield Problem("bản ký", "không phải tệp PDF, hoặc tệp bị cắt cụt", "quét lại thành PDF")
    if len(content) > _MOST_MB * 2**20:
        yield Problem("bản ký", f"tệp lớn hơn {_MOST_MB} MB", "quét ở độ phân giải thấp hơn")
    if any(mark in content for mark in (b"/JavaScript", b"/Launch", b"/EmbeddedFile")):
        yield Problem("bản ký", "tệp PDF có mã chạy hoặc tệp nhúng", "quét lại thành PDF thường")
