"""Looks at a PDF from outside, byte by byte: is it one file, whole, and nothing else besides (P4)?"""

import io
import re
import zipfile
import zlib

#: White space and zeros that machines leave behind the end.
_MOST_TAIL = 8 * 1024
_START = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\Z")
_SECTION = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
_PAGE_OF_THE_WEB = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|iframe|svg|object|embed|meta)\b|javascript:", re.I
)
#: So far browsers look to guess what a file is.
_GUESSED_FROM = 2048


def fault_of_envelope(content: bytes) -> str | None:
    """What is wrong with the file as a whole, in words for whoever sent it; None if it is one PDF and no more."""
    if not content.startswith(b"%PDF-"):
        return "không phải tệp PDF, hoặc có dữ liệu lạ ở đầu tệp" if b"%PDF-" in content else "không phải tệp PDF"
    if b"%%EOF" not in content:
        return "tệp bị cắt cụt"
    whole = content.rstrip(b"\0\t\n\f\r ")
    if not whole.endswith(b"%%EOF") or len(content) - len(whole) > _MOST_TAIL:
        return "có dữ liệu lạ ở cuối tệp, hoặc tệp bị cắt cụt"
    if not _begins_where_it_says(whole):
        return "tệp PDF bị hỏng hoặc bị cắt cụt"
    return _other_kind(content)


def _begins_where_it_says(whole: bytes) -> bool:
    """Whether the last line leads to a table of contents: readers that guess one may show different pages."""
    start = _START.search(whole, max(0, len(whole) - 64))
    return bool(start and _SECTION.match(whole, int(start[1])))


def _other_kind(content: bytes) -> str | None:
    if _is_archive(content):
        return "tệp vừa là PDF vừa là tệp nén"
    outside = _outside_streams(content)
    if outside.count(b"%PDF-") > 1:
        return "tệp chứa một tệp PDF khác"
    if _PAGE_OF_THE_WEB.search(content[:_GUESSED_FROM]) or _PAGE_OF_THE_WEB.search(outside):
        return "tệp vừa là PDF vừa là trang web"
    return None


def _outside_streams(content: bytes) -> bytes:
    """The file without what its streams hold, in one pass however they are written."""
    kept, at = [], 0
    while (begin := content.find(b"stream", at)) >= 0 and (end := content.find(b"endstream", begin + 6)) >= 0:
        kept.append(content[at:begin])
        at = end + len(b"endstream")
    return b" ".join([*kept, content[at:]])


def _is_archive(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):
        return False
