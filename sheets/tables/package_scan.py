"""Counts what the parts of a workbook hold before anything parses them: every part, whatever it is called.

The workbook's relations may lead to any part, so names and endings tell nothing. What holds for every package of parts
is `apart.package`'s matter; here is what a workbook is made of.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from apart.package import Package

#: What is counted, and how many of it are still read.
LIMITS = {
    "cells": 150_000,  # cells and rows with a record of their own; formatted empty ones are most of them
    "spanned": 100_000,  # cells under merged ranges, links and comments, each of which the library makes one by one
    "others": 100_000,  # texts, styles, comments, names, rules, drawings, relations
    "sheets": 200,
}

_RECORD = re.compile(rb"<(?:\w+:)?(?:c|row)[\s>/]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet[\s>/]")
_OTHER = re.compile(
    rb"<(?:\w+:)?(?:si|xf|font|fill|border|dxf|numFmt|cellStyle|definedName|comment|dataValidation|cfRule"
    rb"|conditionalFormatting|mergeCell|hyperlink|col|\w*Anchor|shape|Relationship|Override|Default|property)[\s>/]"
)
_SPAN = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink|comment)\s[^>]*?\bref\s*=\s*[\"']([^\"']{1,40})")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_REFERENCE = re.compile(rb"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


class TooMany(Exception):  # noqa: N818 - it is an answer, not a defect
    """The workbook must not be parsed: it holds too many of `what`, a key of `LIMITS`."""

    def __init__(self, what: str, count: int) -> None:
        self.what, self.count = what, count
        super().__init__(what)


@dataclass
class Counted:
    """What all parts together hold."""

    counts: Counter[str] = field(default_factory=Counter)
    formulas: bool = False  #: whether any cell is computed

    def add(self, what: str, more: int) -> None:
        """Count; `TooMany` as soon as it is too many."""
        self.counts[what] += more
        if self.counts[what] > LIMITS[what]:
            raise TooMany(what, self.counts[what])


def scan(package: Package) -> Counted:
    """What the workbook holds; `TooMany` or `Unsafe` if it must not be parsed."""
    counted = Counted()
    for part in package.parts:
        for piece, seen in package.xml_pieces(part):
            _count(piece, seen, counted)
    return counted


def _count(piece: bytes, seen: int, counted: Counted) -> None:
    """Everything that ends in the new bytes; what ended in the old ones is counted already."""
    for what, pattern in (("cells", _RECORD), ("others", _OTHER), ("sheets", _SHEET)):
        counted.add(what, sum(found.end() > seen for found in pattern.finditer(piece)))
    counted.add("spanned", sum(_area(found[1]) for found in _SPAN.finditer(piece) if found.end() > seen))
    counted.formulas = counted.formulas or bool(_FORMULA.search(piece))


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
