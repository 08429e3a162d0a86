"""Names a file that is no .xlsx, whatever it is called, and says how to make one of it."""

import zipfile
from collections.abc import Iterable

from apart.package import is_compound, is_locked
from domain.problem import Problem

SAVE_AGAIN = "mở bằng Excel, lưu lại (Save As) dạng .xlsx rồi gửi lại"
_NO_PASSWORD = Problem("", "tệp có mật khẩu, không mở được", "bỏ mật khẩu rồi gửi lại")
_FROM_CALC = "mở bằng LibreOffice, lưu lại (Save As) dạng “Excel 2007-365 (.xlsx)” rồi gửi lại"
_FROM_NUMBERS = "mở bằng Numbers, chọn Tệp, Xuất sang, Excel, rồi gửi tệp .xlsx"
_AS_TABLE = "chép danh sách sang Excel, lưu dạng .xlsx rồi gửi lại"
_AS_UTF8 = "mở bằng Excel, lưu lại (Save As) dạng .xlsx hoặc “CSV UTF-8” rồi gửi lại"

#: ending -> what it is, and how to save it
_ENDINGS = {
    ".xls": ("tệp Excel đời cũ", SAVE_AGAIN),
    ".xlsb": ("tệp Excel nhị phân", SAVE_AGAIN),
    ".xlsm": ("tệp Excel có macro", SAVE_AGAIN),
    ".xltx": ("tệp mẫu của Excel", SAVE_AGAIN),
    ".et": ("tệp bảng tính WPS", "mở bằng WPS, lưu lại (Save As) dạng .xlsx rồi gửi lại"),
    ".ods": ("tệp bảng tính LibreOffice", _FROM_CALC),
    ".numbers": ("tệp bảng tính Numbers", _FROM_NUMBERS),
    ".doc": ("tệp Word", _AS_TABLE),
    ".docx": ("tệp Word", _AS_TABLE),
    ".pdf": ("tệp PDF", _AS_TABLE),
    ".txt": ("tệp chữ", _AS_UTF8),
    ".tsv": ("tệp chữ", _AS_UTF8),
}
#: how a part of the package is called, or begins -> what the package is
_PARTS = {
    "xl/workbook.bin": ("là tệp Excel nhị phân (.xlsb), không phải .xlsx", SAVE_AGAIN),
    "word/": ("là tệp Word (.docx), không phải .xlsx", _AS_TABLE),
    "ppt/": ("là tệp PowerPoint (.pptx), không phải .xlsx", _AS_TABLE),
    "index/": ("là tệp bảng tính Numbers, không phải .xlsx", _FROM_NUMBERS),
    "index.zip": ("là tệp bảng tính Numbers, không phải .xlsx", _FROM_NUMBERS),
    "content.xml": ("là tệp bảng tính LibreOffice (.ods), không phải .xlsx", _FROM_CALC),
}


def other_ending(ending: str) -> tuple[str, str] | None:
    """What a file with that ending (`.xls`) is, as a fault, and how to save it; None if the ending says nothing."""
    known = _ENDINGS.get(ending.casefold())
    return (f"là {known[0]} ({ending}), chưa đọc được loại này", known[1]) if known else None


def other_kind(name: str, raw: bytes) -> Problem | None:
    """What the bytes are if they are no package at all, as every .xlsx is one; None if they are."""
    if not raw:
        return Problem(name, "tệp rỗng", "kiểm tra lại tệp rồi gửi lại")
    if is_compound(raw):
        return _compound(name, raw)
    if raw.startswith(b"PK"):
        return None
    begins = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begins.startswith(b"%pdf"):
        return Problem(name, "là tệp PDF, không phải .xlsx", _AS_TABLE)
    if begins.startswith(b"<"):
        old = b"excel.sheet" in begins or b"office:spreadsheet" in begins
        what = "bảng tính XML đời cũ" if old else "trang web (HTML)"
        return Problem(name, f"là {what}, không phải tệp Excel .xlsx", SAVE_AGAIN)
    return Problem(name, "tên là .xlsx nhưng không phải tệp Excel", SAVE_AGAIN)


def _compound(name: str, raw: bytes) -> Problem:
    """The old container of Office; newer files are put into it only to be locked."""
    if is_locked(raw):
        return with_password(name)
    if "WordDocument".encode("utf-16-le") in raw:
        return Problem(name, "là tệp Word đời cũ (.doc), không phải .xlsx", _AS_TABLE)
    return Problem(name, "là tệp Excel đời cũ (.xls), không phải .xlsx", SAVE_AGAIN)


def with_password(name: str) -> Problem:
    """The file is locked."""
    return Problem(name, _NO_PASSWORD.fault, _NO_PASSWORD.remedy)


def other_package(name: str, parts: Iterable[zipfile.ZipInfo]) -> Problem | None:
    """What the package is, by its parts, if it is a known one other than a workbook."""
    names = [part.filename.replace("\\", "/").lstrip("/").casefold() for part in parts]
    for begins, (fault, remedy) in _PARTS.items():
        if any(one.startswith(begins) for one in names) and "xl/workbook.xml" not in names:
            return Problem(name, fault, remedy)
    if not any("workbook" in one or "sheet" in one for one in names):
        return Problem(name, "tên là .xlsx nhưng không phải tệp Excel", SAVE_AGAIN)
    return None
