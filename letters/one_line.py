"""Text from outside as one harmless line: all that a letter, a header or a file name may carry of it."""

import unicodedata

from domain.text import clean

_NEVER_IN_XML = {"\ufffe", "\uffff"}


def one_line(text: str) -> str:
    """`clean` text without line breaks, control marks, writing-direction marks or broken surrogates.

    So a fact can neither begin a new header, nor a new paragraph, nor turn the direction of what follows,
    nor spoil a Word file.
    """
    return clean("".join(_harmless(character) for character in text))


def _harmless(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    return "" if category in ("Cf", "Cs") or character in _NEVER_IN_XML else character
