"""Counts what the parts of a package hold before anything parses them: every part, whatever it is called.

The workbook's relations may lead to any part, so names and endings tell nothing. A part is read in pieces and never
whole, and no further than a limit.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

#: Unpacked size of a file that is still read, and how many times its packed size a large part may be.
MAX_UNPACKED, MAX_RATIO, _LARGE = 100 * 2**20, 200, 2**20
MAX_PARTS = 2_000
#: What is counted, and how many of it are still read.
LIMITS = {
    "cells": 150_000,  # cells and rows with a record of their own; formatted empty ones are most of them
    "spanned": 100_000,  # cells under merged ranges, links and comments, each of which the library makes one by one
    "others": 100_000,  # texts, styles, comments, names, rules, drawings, relations
    "sheets": 200,
    "tags": 3_000_000,
}
#: Deeper than any part of a workbook is nested.
MAX_DEPTH = 100

_PIECE, _OVERLAP, _STEP = 256 * 1024, 512, 4096
_RECORD = re.compile(rb"<(?:\w+:)?(?:c|row)[\s>/]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet[\s>/]")
_OTHER = re.compile(
    rb"<(?:\w+:)?(?:si|xf|font|fill|border|dxf|numFmt|cellStyle|definedName|comment|dataValidation|cfRule"
    rb"|conditionalFormatting|mergeCell|hyperlink|col|\w*Anchor|shape|Relationship|Override|Default|property)[\s>/]"
)
_SPAN = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink|comment)\s[^>]*?\bref\s*=\s*[\"']([^\"']{1,40})")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_REFERENCE = re.compile(rb"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""")
#: Encodings in which a `<` is the byte that it is in ASCII.
_PLAIN = re.compile(rb"(?i)utf-?8|(us-)?ascii|iso-?8859-\d+|latin-?1|windows-125\d")


class Unsafe(Exception):  # noqa: N818 - it is an answer, not a defect
    """The package must not be parsed: `what` is a key of `LIMITS`, or `unpacked`, `depth`, `form`; `where` the part."""

    def __init__(self, what: str, where: str = "", count: int = 0) -> None:
        self.what, self.where, self.count = what, where, count
        super().__init__(what)


@dataclass
class Counted:
    """What all parts together hold."""

    counts: Counter[str] = field(default_factory=Counter)
    unpacked: int = 0
    formulas: bool = False  #: whether any cell is computed

    def add(self, what: str, more: int, where: str) -> None:
        """Count; `Unsafe` as soon as it is too many."""
        self.counts[what] += more
        if self.counts[what] > LIMITS[what]:
            raise Unsafe(what, where, self.counts[what])


def scan(archive: zipfile.ZipFile) -> Counted:
    """What the package holds; `Unsafe` if it holds too much, and whatever `zipfile` raises for a broken one."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unsafe("unpacked")
    for part in parts:
        if part.file_size > max(_LARGE, MAX_RATIO * part.compress_size):
            raise Unsafe("unpacked", part.filename)
    counted = Counted()
    for part in parts:
        if not part.is_dir():
            _scan_part(archive, part, counted)
    return counted


def _scan_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, counted: Counted) -> None:
    depth = 0
    for number, (piece, seen) in enumerate(_pieces(archive, part)):
        if number == 0 and not _is_xml(piece, part.filename):
            return  # a picture, a printer's settings: nothing here parses them
        counted.unpacked += len(piece) - seen
        if counted.unpacked > MAX_UNPACKED:
            raise Unsafe("unpacked", part.filename)
        if b"\x00" in piece or b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise Unsafe("form", part.filename)
        _count(piece, seen, part.filename, counted)
        for start in range(seen, len(piece), _STEP):
            depth += _deeper(piece, start, start + _STEP)
            if depth > MAX_DEPTH:
                raise Unsafe("depth", part.filename)


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """The part piece by piece, each beginning with the end of the one before; so many bytes have been seen."""
    with archive.open(part) as opened:
        before = b""
        while more := opened.read(_PIECE):
            yield before + more, len(before)
            before = (before + more)[-_OVERLAP:]


def _is_xml(begins: bytes, where: str) -> bool:
    if begins.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        raise Unsafe("form", where)
    found = _ENCODING.search(begins[:200])
    if found and not _PLAIN.fullmatch(found[1]):
        raise Unsafe("form", where)
    return begins.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _count(piece: bytes, seen: int, where: str, counted: Counted) -> None:
    """Everything that ends in the new bytes; what ended in the old ones is counted already."""
    counted.add("tags", piece.count(b"<", seen), where)
    for what, pattern in (("cells", _RECORD), ("others", _OTHER), ("sheets", _SHEET)):
        counted.add(what, sum(found.end() > seen for found in pattern.finditer(piece)), where)
    spans = (_area(found[1]) for found in _SPAN.finditer(piece) if found.end() > seen)
    counted.add("spanned", sum(spans), where)
    counted.formulas = counted.formulas or bool(_FORMULA.search(piece))


def _deeper(piece: bytes, start: int, end: int) -> int:
    """How many elements more are open at `end` than at `start`; a mark of two bytes belongs to where it ends."""
    before = max(start - 1, 0)
    marks = (piece.count(mark, before, end) for mark in (b"<!", b"<?", b"/>"))
    return piece.count(b"<", start, end) - 2 * piece.count(b"</", before, end) - sum(marks)


def _area(reference: bytes) -> int:
    """How many cells `A1:C7` covers; 1 if it is something else."""
    corners = [_REFERENCE.fullmatch(part) for part in reference.split(b":")]
    if len(corners) != 2 or not all(corners):
        return 1
    (left, top), (right, bottom) = ((_column(found[1]), int(found[2])) for found in corners if found)
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
