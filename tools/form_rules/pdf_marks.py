"""Reads the marks of a PDF page: its letters with place, size, face and colour, and its rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject, NameObject

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass(frozen=True)
class Letters:
    """A run of letters in points from the top left corner of the page; `base` is the line that they stand on."""

    text: str
    size: float
    family: str
    face: str
    left: float
    right: float  #: of the last letter that is no blank
    base: float
    black: bool


@dataclass(frozen=True)
class Rule:
    """Something drawn: a line or a filled box, in points from the top left corner of the page."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class _Font:
    family: str
    face: str
    letters: dict[int, str]
    widths: dict[int, float]
    whole: float

    def width(self, code: int) -> float:
        return self.widths.get(code, self.whole)


@dataclass(frozen=True)
class _State:
    """What `q` keeps and `Q` brings back."""

    matrix: Matrix = _UNIT
    font: _Font | None = None
    size: float = 0
    black: bool = True


def unsound_fonts(page: PageObject) -> Iterator[str]:
    """Fonts of the page that are not in the file, or whose letters no reader can make out (F3)."""
    for font in _font_objects(page).values():
        described = _inner(font).get("/FontDescriptor")
        held = described.get_object() if described is not None else {}
        if "/ToUnicode" not in font or not any(key in held for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield str(font["/BaseFont"])


class Marks:
    """Follows the drawing orders of one page."""

    def __init__(self, page: PageObject) -> None:
        self.letters: list[Letters] = []
        self.rules: list[Rule] = []
        self.pictures = list(page.images)
        self._height = float(page.mediabox.height)
        self._fonts = {name: _font(font) for name, font in _font_objects(page).items()}
        self._state, self._kept = _State(), list[_State]()
        self._text: Matrix = _UNIT
        self._path: list[tuple[float, float]] = []
        content = page.get_contents()
        assert content is not None, "an empty page"
        for given, order in ContentStream(content, page.pdf).operations:
            self._follow(bytes(order), given)

    def _follow(self, order: bytes, given: Any) -> None:
        state = self._state
        match order:
            case b"q":
                self._kept.append(state)
            case b"Q":
                self._state = self._kept.pop()
            case b"cm":
                self._state = replace(state, matrix=_times(_matrix(given), state.matrix))
            case b"Tf":
                self._state = replace(state, font=self._fonts[str(given[0])], size=float(given[1]))
            case b"scn" | b"sc" | b"g" | b"rg":
                self._state = replace(state, black=not any(_is_light(one) for one in given))
            case b"BT":
                self._text = _UNIT
            case b"Tm":
                self._text = _matrix(given)
            case b"Tj":
                self._write(given)
            case b"TJ":
                self._write(given[0])
            case _:
                self._draw(order, given)

    def _draw(self, order: bytes, given: Any) -> None:
        match order:
            case b"m" | b"l":
                self._path.append((float(given[0]), float(given[1])))
            case b"c":
                self._path += [(float(given[at]), float(given[at + 1])) for at in (0, 2, 4)]
            case b"re":
                x, y, width, height = (float(one) for one in given)
                self._path += [(x, y), (x + width, y + height)]
            case b"f" | b"f*" | b"S" | b"B" | b"B*":
                self._end_path()
            case b"n":
                self._path = []

    def _end_path(self) -> None:
        places = [_at(self._state.matrix, *point) for point in self._path]
        self._path = []
        if places:
            across, down = zip(*places, strict=True)
            self.rules.append(Rule(min(across), max(across), self._height - max(down), self._height - min(down)))

    def _write(self, pieces: Any) -> None:
        """Letters, and between them how far the next one is moved to the left, in thousandths of the size."""
        font, size = self._state.font, self._state.size
        assert font is not None, "letters without a font"
        text, moved, seen = "", 0.0, 0.0
        for piece in pieces:
            if isinstance(piece, int | float):
                moved -= float(piece)
                continue
            for code in _codes(piece):
                letter = font.letters.get(code, "\ufffd")
                text, moved = text + letter, moved + font.width(code)
                seen = seen if letter.isspace() else moved
        matrix = _times(self._text, self._state.matrix)
        left, base = _at(matrix, 0, 0)
        right, _ = _at(matrix, seen / 1000 * size, 0)
        self.letters.append(
            Letters(text, size, font.family, font.face, left, right, self._height - base, self._state.black)
        )


def _codes(piece: Any) -> Iterator[int]:
    raw = piece.original_bytes if hasattr(piece, "original_bytes") else bytes(piece)
    return (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))


def _font_objects(page: PageObject) -> dict[str, DictionaryObject]:
    found = page["/Resources"].get_object()
    assert isinstance(found, DictionaryObject)
    return {str(name): font.get_object() for name, font in found.get("/Font", {}).items()}


def _inner(font: DictionaryObject) -> DictionaryObject:
    """What a font of many letters keeps its widths and its letters in."""
    descendants: Any = font["/DescendantFonts"]
    found: DictionaryObject = descendants[0].get_object()
    return found


def _font(font: DictionaryObject) -> _Font:
    inner: Any = _inner(font)
    name = str(font["/BaseFont"]).rpartition("+")[2].lstrip("/")
    family, _, face = name.partition("-")
    table: Any = font["/ToUnicode"].get_object()
    letters = _letters(table.get_data().decode("latin-1"))
    return _Font(family, face or "Regular", letters, dict(_widths(inner["/W"])), float(inner.get("/DW", 1000)))


def _letters(table: str) -> dict[int, str]:
    """The letters by their codes."""
    found: dict[int, str] = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        found |= {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in _PAIR.findall(part)}
    for part in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in _RANGE.findall(part):
            begin = int(text, 16)
            found |= {code: chr(begin + step) for step, code in enumerate(range(int(first, 16), int(last, 16) + 1))}
    return found


def _widths(given: Any) -> Iterator[tuple[int, float]]:
    """`first [w w w]` or `first last w`, as often as needed."""
    rest = list(given)
    while rest:
        first, second, *rest = rest
        if isinstance(second, list):
            yield from ((int(first) + step, float(width)) for step, width in enumerate(second))
        else:
            width, *rest = rest
            yield from ((code, float(width)) for code in range(int(first), int(second) + 1))


def _is_light(value: Any) -> bool:
    return isinstance(value, NameObject) or float(value) > 0


def _matrix(given: Any) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in given)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
