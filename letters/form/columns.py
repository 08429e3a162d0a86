"""How wide the columns of a table are: by their shares, and never so narrow that a word, a date or a symbol breaks.

Word breaks a word that does not fit into its cell wherever the line ends (“Thán/g”, “05/4/202/4”), and a template's
shares are a guess. So the longest word of each column is measured here once, for the Word file and for the PDF alike.
"""

from collections.abc import Iterable, Sequence

from domain.text import plain_letters
from letters.form.blocks import Table, Words, plain
from letters.form.profile import FormatProfile

#: Widths of Times Bold in thousandths of its size, from Adobe's font metrics: the widest look of a cell.
_WIDTHS = {
    letter: width
    for width, letters in {
        250: ".,",
        278: "il/'",
        333: "fjt-:;()!",
        389: "Is",
        444: "cerz",
        500: "agovxyJ0123456789",
        556: "bdhknpquS",
        611: "FP",
        667: "BELTZ",
        722: "ACDNRUVXYw",
        778: "GHKOQ",
        833: "m",
        944: "M",
    }.items()
    for letter in letters
}
_WIDEST = 1000
#: What the horn of ơ and ư adds.
_HORN = 80
_HORNED = frozenset("ơờớởỡợưừứửữựƠỜỚỞỠỢƯỪỨỬỮỰ")
#: Fonts differ by a hair; millimetres.
_ROOM = 0.4
#: No word may take more of the width than this: what is longer breaks.
_MOST = 0.4
_POINT = 25.4 / 72  #: millimetres


def column_widths(table: Table, profile: FormatProfile) -> tuple[float, ...]:
    """The widths of the columns in millimetres; together they are the width of the text."""
    width = profile.text_width
    needed = [min(need, _MOST * width) for need in _needed(table, profile)]
    if sum(needed) >= width:
        return tuple(need * width / sum(needed) for need in needed)
    return _shared(table.shares, needed, width)


def word_width(word: str, size: float) -> float:
    """How wide a word is in millimetres, in bold letters of that size in points; rather too wide than too narrow."""
    thousandths = sum(_WIDTHS.get(plain_letters(letter), _WIDEST) + _HORN * (letter in _HORNED) for letter in word)
    return thousandths / 1000 * size * _POINT


def _needed(table: Table, profile: FormatProfile) -> Sequence[float]:
    """What each column needs for its longest word, with the room at its sides."""
    columns: Iterable[tuple[Words, ...]] = zip(table.heads, *table.rows, strict=True)
    sides = 2 * profile.cell_sides + _ROOM
    return [sides + max(_longest(cell, profile.table_size) for cell in column) for column in columns]


def _longest(cell: Words, size: float) -> float:
    return max((word_width(word, size) for word in plain(cell).split()), default=0)


def _shared(shares: Sequence[int], needed: Sequence[float], width: float) -> tuple[float, ...]:
    """By shares; a column that would be too narrow gets what it needs, and the others share the rest."""
    fixed: set[int] = set()
    while True:
        rest = width - sum(needed[place] for place in fixed)
        total = sum(share for place, share in enumerate(shares) if place not in fixed)
        given = [needed[n] if n in fixed else rest * share / total for n, share in enumerate(shares)]
        narrow = {place for place, one in enumerate(given) if one < needed[place] - 1e-9}
        if not narrow:
            return tuple(given)
        fixed |= narrow
