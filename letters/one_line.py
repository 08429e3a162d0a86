"""Text from outside as one harmless line: all that a letter, a header or a file name may carry of it."""

import unicodedata

from domain.text import clean, printable


def one_line(text: str) -> str:
    """`clean` text without line breaks, control marks, writing-direction marks or broken surrogates.

    So a fact can neither begin a new header, nor a new paragraph, nor turn the direction of what follows,
    nor spoil a Word file.
    """
    return clean("".join(letter for letter in printable(text) if unicodedata.category(letter) != "Cf"))
