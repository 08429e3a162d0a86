"""Reads a text table (.csv) whatever program wrote it: UTF-8 or Windows-1258, with commas, semicolons or tabs (P14)."""

import csv
import io
import re
import unicodedata
from collections import Counter

from domain.problem import Problem
from sheets.tables.cells import Cell, Line, Table
from sheets.tables.legacy_text import REMEDY, is_legacy

_SAVE_AS_UTF8 = "mở bằng Excel, lưu lại (Save As) dạng “CSV UTF-8” rồi gửi lại"


def read_csv(name: str, raw: bytes) -> tuple[list[Table], list[Problem]]:
    """The file as one table; none, with the reason, if its letters or its quotes cannot be made out.

    `name` is how the file is called in problems. A line's number is that of its first line in the file.
    """
    text, problems = _decode(name, raw)
    if text is None:
        return [], problems
    lines: list[Line] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    start = 1
    try:
        for values in reader:
            place = f"{name}:{start}"
            cells = {column: Cell(place, value) for column, value in enumerate(values, start=1) if value.strip()}
            lines.append(Line(name, start, cells, in_sheet=False))
            start = reader.line_num + 1
    except csv.Error:
        problems.append(
            Problem(f"{name}:{start}", "dấu ngoặc kép mở mà không đóng, hoặc đặt sai chỗ", "sửa dấu ngoặc kép")
        )
        return [], problems
    return [Table(name, tuple(line for line in lines if line.cells))], problems


def _decode(name: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    if b"\x00" in raw:
        return None, [Problem(name, "tệp không phải CSV, hoặc ở bảng mã UTF-16", _SAVE_AS_UTF8)]
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    # The old encodings show themselves in the plain bytes; read as Windows-1258 they would look half right.
    for number, one in enumerate(raw.decode("latin-1").split("\n"), start=1):
        if is_legacy(one):
            return None, [Problem(f"{name}:{number}", "chữ ở bảng mã cũ (TCVN3 hoặc VNI)", REMEDY)]
    try:
        text = unicodedata.normalize("NFC", raw.decode("cp1258"))
    except UnicodeDecodeError:
        text = "\u0300"
    if any(unicodedata.combining(letter) for letter in text):
        return None, [Problem(f"{name}:{line}", "không nhận ra bảng mã của tệp", _SAVE_AS_UTF8)]
    fault = "tệp ở bảng mã Windows-1258, đã chuyển sang Unicode"
    return text, [Problem(name, fault, "đọc lại các tên xem có đúng chữ không", warning=True)]


def _delimiter(text: str) -> str:
    """The sign that most lines hold equally often, outside quotes."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines()[:50]]

    def weight(sign: str) -> int:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        return max((count * times for count, times in counts.items()), default=0)

    return max(",;\t", key=weight)
