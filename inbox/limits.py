"""How much of a message is read at all; what goes beyond is left unread and named, before it costs anything (R62)."""

import re

#: Letters of one header's value, wherever it stands: the rest is cut off while the message is taken apart.
HEADER_LETTERS = 8 * 1024
#: Bytes before the first empty line.
HEAD_BYTES = 512 * 1024
#: 25 MB of base64 are 350,000 lines.
LINES = 600_000
PARTS = 1_000
#: Declared boundaries and messages within messages together: no deeper can parts lie in one another.
NESTED = 60
#: Bytes of a text, a report or a calendar that are looked at, and letters of it that are kept.
TEXT_BYTES = 256 * 1024
TEXT_LETTERS = 20_000
FILES = 50
NAME_LETTERS = 120
#: Addresses of one message, and Message-IDs that it refers to.
ADDRESSES = 100
#: Entries of a calendar.
ENTRIES = 50

MEGABYTE = 1024 * 1024


def beyond(raw: bytes, megabytes: int) -> str:
    """What of a message goes beyond the limits, in Vietnamese; empty where it may be taken apart.

    Counts bytes alone: what it costs does not depend on how the message is built.
    """
    if len(raw) > megabytes * MEGABYTE:
        return f"thư lớn {len(raw) // MEGABYTE + 1} MB, quá mức {megabytes} MB"
    if head_length(raw) > HEAD_BYTES:
        return f"phần đầu thư quá dài, quá mức {HEAD_BYTES // 1024} KB"
    if max(raw.count(b"\n"), raw.count(b"\r")) > LINES:
        return f"thư có quá nhiều dòng, quá mức {LINES} dòng"
    if raw.count(b"\n--") + raw.count(b"\r--") > 4 * PARTS:
        return f"thư có quá nhiều phần, quá mức {PARTS} phần"
    if sum(1 for _ in re.finditer(rb"boundary|message/", raw, re.IGNORECASE)) > NESTED:
        return f"thư có quá nhiều phần lồng nhau, quá mức {NESTED}"
    return ""


def head_length(raw: bytes) -> int:
    """Bytes before the first empty line."""
    ends = (raw.find(end, 0, HEAD_BYTES + 4) for end in (b"\n\n", b"\r\n\r\n", b"\r\r"))
    return min((end for end in ends if end >= 0), default=len(raw))
