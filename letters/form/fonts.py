"""Which serif a PDF is set in: Times New Roman if it is there and whole, else one that has every letter (F3, P22)."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

import typst
from fontTools.ttLib import TTFont, TTLibError

#: In order of preference; the second and third have the same widths as the first.
_PREFERRED = ("Times New Roman", "Liberation Serif", "Tinos")
#: Style and weight of the letters a document is set in.
_LOOKS = {("normal", 400), ("normal", 700), ("italic", 400)}
#: Part of the typst package and always there. Its bold italic lacks Ơ and Ư, which is why nothing is drawn in both.
EMBEDDED = "Libertinus Serif"


def vietnamese_letters() -> frozenset[str]:
    """Every letter of the alphabet with every tone, small and capital, composed (P22)."""
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    vowels = (unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones)
    small = {*vowels, *"bcdđghklmnpqrstvxfjwz"}
    return frozenset(small | {letter.upper() for letter in small})


@cache
def families() -> tuple[str, ...]:
    """The families a PDF may use, best first; never one that lacks a letter. Read once per process."""
    return (*whole_families(typst.Fonts().fonts()), EMBEDDED)


def whole_families(fonts: Iterable[typst.FontInfo]) -> list[str]:
    """Those of the preferred families that have upright, bold and italic letters, and every letter in each of them."""
    faces: dict[str, list[typst.FontInfo]] = {name: [] for name in _PREFERRED}
    for font in fonts:
        if font.family in faces and font.path:
            faces[font.family].append(font)
    return [name for name in _PREFERRED if _is_whole(faces[name])]


def _is_whole(faces: list[typst.FontInfo]) -> bool:
    looks = {(face.style, face.weight) for face in faces}
    return looks >= _LOOKS and not any(any(missing_letters((str(face.path), face.index))) for face in faces)


def missing_letters(face: tuple[str, int]) -> Iterator[str]:
    """The Vietnamese letters that a font file lacks; all of them if it cannot be read."""
    path, number = face
    letters = sorted(vietnamese_letters())
    try:
        with TTFont(path, fontNumber=number, lazy=True) as font:
            known = font.getBestCmap() or {}
    except (OSError, TTLibError):
        known = {}
    return (letter for letter in letters if ord(letter) not in known)
