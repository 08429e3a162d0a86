"""Which serif a PDF is set in: Times New Roman if it is there and whole, else one that has every letter (F3, P22)."""

import unicodedata
from collections.abc import Iterator
from functools import cache

import typst
from fontTools.ttLib import TTFont, TTLibError

#: In order of preference; the second and third have the same widths as the first.
_PREFERRED = ("Times New Roman", "Liberation Serif", "Tinos")
#: Part of the typst package, complete, always there: `tests/letters/form` looks at its letters.
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
    faces: dict[str, list[tuple[str, int]]] = {name: [] for name in _PREFERRED}
    for font in typst.Fonts().fonts():
        if font.family in faces and font.path:
            faces[font.family].append((str(font.path), font.index))
    whole = [name for name in _PREFERRED if faces[name] and not any(map(tuple, map(missing_letters, faces[name])))]
    return (*whole, EMBEDDED)


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
