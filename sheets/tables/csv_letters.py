"""Makes out the letters of a text table: UTF-8, UTF-16 as Excel's “Unicode Text”, or Windows-1258 (P13, P14)."""

import codecs
import unicodedata

from domain.problem import Problem
from sheets.tables.legacy_text import REMEDY, is_legacy

_SAVE_AS_UTF8 = "mở bằng Excel, lưu lại (Save As) dạng “CSV UTF-8” rồi gửi lại"
_READ_AGAIN = "đọc lại các tên xem có đúng chữ không"
_PACKAGES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def decode(name: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    """The text in composed letters, with a doubt where the encoding had to be recognised; None with the reason."""
    if raw.startswith(_PACKAGES):
        return None, [Problem(name, "tên là .csv nhưng là tệp Excel", "đổi đuôi tên tệp thành .xlsx rồi gửi lại")]
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _wide(name, raw)
    if b"\x00" in raw:
        return None, [Problem(name, "tệp không phải CSV, hoặc ở bảng mã UTF-16", _SAVE_AS_UTF8)]
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        return _old(name, raw, raw.count(b"\n", 0, error.start) + 1)


def _wide(name: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    try:
        text = unicodedata.normalize("NFC", raw.decode("utf-16"))
    except UnicodeDecodeError:
        return None, [Problem(name, "tệp ở bảng mã UTF-16 nhưng không đầy đủ", _SAVE_AS_UTF8)]
    if "\x00" in text:
        return None, [Problem(name, "không nhận ra bảng mã của tệp", _SAVE_AS_UTF8)]
    fault = "tệp ở bảng mã UTF-16 (“Unicode Text”), đã chuyển sang UTF-8"
    return text, [Problem(name, fault, _READ_AGAIN, warning=True)]


def _old(name: str, raw: bytes, line: int) -> tuple[str | None, list[Problem]]:
    """What is no UTF-8 from that line on."""
    # The old encodings show themselves in the plain bytes; read as Windows-1258 they would look half right.
    for number, written in enumerate(raw.decode("latin-1").split("\n"), start=1):
        if is_legacy(written):
            return None, [Problem(f"{name}:{number}", "chữ ở bảng mã cũ (TCVN3 hoặc VNI)", REMEDY)]
    try:
        text = unicodedata.normalize("NFC", raw.decode("cp1258"))
    except UnicodeDecodeError:
        text = "\u0300"
    if any(unicodedata.combining(letter) for letter in text):
        return None, [Problem(f"{name}:{line}", "không nhận ra bảng mã của tệp", _SAVE_AS_UTF8)]
    return text, [Problem(name, "tệp ở bảng mã Windows-1258, đã chuyển sang Unicode", _READ_AGAIN, warning=True)]
