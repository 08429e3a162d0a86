"""Reads the text that a PDF shows: none of a picture, and none that machines have put under a picture unseen."""

import io
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.generic import DictionaryObject

from scans.pdf_objects import LIMITS, dictionary_at, name_at, resolved

#: So many drawing orders are followed in one file; a page of text has some hundreds.
_MOST_ORDERS = 200_000
_UNSEEN = 3  #: the way of drawing letters that leaves no mark: what recognition puts under a scan
_PICTURE = 0.5  #: a page so far covered by pictures is a scan
_SHOWS_TEXT = (b"Tj", b"TJ", b"'", b'"')
_PAGE_NUMBER = re.compile(r"\s*\d{1,3}\s*")


class TooMuchDrawn(Exception):  # noqa: N818 - said as what it is
    """The pages draw more than is followed."""


@dataclass(frozen=True)
class ShownText:
    """The text of a file, page after page, and how many of its pages are pictures."""

    text: str
    pages: int
    pictures: int


class _Watch:
    """Counts what a page draws: letters that are seen, letters that are not, the area under pictures."""

    def __init__(self, page: PageObject, orders: int) -> None:
        self._pictures = _pictures_of(dictionary_at(page, "/Resources"))
        self._area = abs(float(page.mediabox.width) * float(page.mediabox.height)) or 1.0
        self._mode, self._kept = 0, list[int]()
        self.orders, self.seen, self.unseen = orders, 0, 0
        self.covered = 0.0

    def note(self, order: bytes, given: Any, matrix: list[float], _text_matrix: object) -> None:
        """One drawing order, before it is followed."""
        self.orders += 1
        if self.orders > _MOST_ORDERS:
            raise TooMuchDrawn
        if order == b"q":
            self._kept.append(self._mode)
        elif order == b"Q" and self._kept:
            self._mode = self._kept.pop()
        elif order == b"Tr" and given:
            self._mode = int(given[0])
        elif order in _SHOWS_TEXT:
            self.unseen += self._mode == _UNSEEN
            self.seen += self._mode != _UNSEEN
        elif order == b"INLINE IMAGE" or (order == b"Do" and given and given[0] in self._pictures):
            self.covered += abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) / self._area

    @property
    def is_picture(self) -> bool:
        """Whether the page is a scan, with or without recognised text under it."""
        return self.covered >= _PICTURE or self.unseen > self.seen


def shown_text(content: bytes) -> ShownText:
    """What a harmless PDF says; pages that are pictures say nothing. `TooMuchDrawn` for pages without end."""
    with apply_configuration(**LIMITS):
        return _shown(PdfReader(io.BytesIO(content)))


def _shown(reader: PdfReader) -> ShownText:
    texts, pictures, orders = [], 0, 0
    for page in reader.pages:
        watch = _Watch(page, orders)
        text = page.extract_text(visitor_operand_before=watch.note)
        orders = watch.orders
        if watch.is_picture or not text.strip():
            pictures += watch.covered > 0 or bool(text.strip())
            continue
        texts.append(_without_number(unicodedata.normalize("NFKC", text)))
    return ShownText("\n".join(texts), len(reader.pages), pictures)


def _pictures_of(resources: DictionaryObject, depth: int = 3) -> frozenset[str]:
    """The names of the pictures that a page draws, those inside its forms as well."""
    found = set[str]()
    for name, one in dictionary_at(resources, "/XObject").items():
        drawn = resolved(one)
        if not isinstance(drawn, DictionaryObject):
            continue
        if name_at(drawn, "/Subtype") == "/Image":
            found.add(str(name))
        elif depth:
            found |= _pictures_of(dictionary_at(drawn, "/Resources"), depth - 1)
    return frozenset(found)


def _without_number(text: str) -> str:
    """A page's text without the number of the page above or below it."""
    lines = text.strip().splitlines()
    while lines and _PAGE_NUMBER.fullmatch(lines[0]):
        lines = lines[1:]
        break
    if lines and _PAGE_NUMBER.fullmatch(lines[-1]):
        lines = lines[:-1]
    return "\n".join(lines)
