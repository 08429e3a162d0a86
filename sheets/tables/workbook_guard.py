"""Looks into an .xlsx file before it is opened: is it one, is it locked, would it fill the memory?"""

import io
import re
import zipfile
import zlib

from openpyxl.utils import range_boundaries

from domain.problem import Problem

#: Unpacked size of a file that is still read.
MAX_UNPACKED = 100 * 1024 * 1024
#: Cells and rows with a record of their own; a list has some thousands, with formatted empty rows many more.
MAX_CELLS = 300_000
#: Cells under merged ranges and links, each of which the library makes one by one.
MAX_SPANNED = 100_000

_SAVE_AGAIN = "mở bằng Excel, lưu lại (Save As) dạng .xlsx rồi gửi lại"
_COPY_LIST = "chép riêng danh sách sang một tệp mới rồi gửi lại"
_RECORD = re.compile(rb"<(?:\w+:)?(?:c|row)[\s>/]")
_SPAN = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref\s*=\s*[\"']([^\"']+)")


def refuse_unsafe(name: str, raw: bytes) -> Problem | None:
    """Why the bytes are not opened as a workbook, or None if they may be."""
    if not raw.startswith(b"PK\x03\x04"):
        return _not_a_workbook(name, raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _look_inside(name, archive)
    except RuntimeError:  # what zipfile raises for a part with a password
        return Problem(name, "tệp có mật khẩu, không mở được", "bỏ mật khẩu rồi gửi lại")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
        return Problem(name, "tệp Excel bị hỏng, không đọc được", _SAVE_AGAIN)


def _not_a_workbook(name: str, raw: bytes) -> Problem:
    if not raw:
        return Problem(name, "tệp rỗng", "kiểm tra lại tệp rồi gửi lại")
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            return Problem(name, "tệp có mật khẩu, không mở được", "bỏ mật khẩu rồi gửi lại")
        return Problem(name, "là tệp Excel đời cũ (.xls), không phải .xlsx", _SAVE_AGAIN)
    return Problem(name, "tên là .xlsx nhưng không phải tệp Excel", _SAVE_AGAIN)


def _look_inside(name: str, archive: zipfile.ZipFile) -> Problem | None:
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        return Problem(name, f"tệp bung ra quá lớn (hơn {MAX_UNPACKED // 1024 // 1024} MB)", _COPY_LIST)
    if not any(part.filename.startswith("xl/") for part in parts):
        return Problem(name, "tên là .xlsx nhưng không phải tệp Excel", _SAVE_AGAIN)
    records = spanned = 0
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        content = archive.read(part)
        # A workbook is UTF-8 without a document type; anything else is a way around the limits below.
        if b"<!DOCTYPE" in content or b"\x00" in content:
            return Problem(name, f"phần “{part.filename}” của tệp không đúng chuẩn Excel", _SAVE_AGAIN)
        records += sum(1 for _ in _RECORD.finditer(content))
        spanned += sum(_area(found[1]) for found in _SPAN.finditer(content))
    if records > MAX_CELLS:
        return Problem(name, f"tệp có quá nhiều ô ({records})", _COPY_LIST)
    if spanned > MAX_SPANNED:
        return Problem(name, f"tệp có ô gộp hoặc liên kết quá rộng ({spanned} ô)", "bỏ gộp ô rồi gửi lại")
    return None


def _area(reference: bytes) -> int:
    left, top, right, bottom = (edge or 1 for edge in range_boundaries(reference.decode("ascii")))
    return (right - left + 1) * (bottom - top + 1)
