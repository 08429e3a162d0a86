"""Phrases as patterns: whole words, whatever their case and tone marks, as mail programs and people write them."""

import re

from domain.text import loose_key

#: Letters that `…` in a phrase may stand for.
_GAP = r".{0,60}?"


def any_of(phrases: str) -> re.Pattern[str]:
    """Finds any of the phrases, which `;` parts, in a `loose_key`.

    `…` in a phrase stands for a few words, `^` before it for the beginning of the text.
    """
    return re.compile("|".join(_pattern(" ".join(phrase.split())) for phrase in phrases.split(";")))


def _pattern(phrase: str) -> str:
    start, body = (r"^\W*", phrase[1:]) if phrase.startswith("^") else (r"(?<!\w)", phrase)
    pieces = (re.escape(loose_key(piece)) for piece in body.split("…"))
    pattern = _GAP.join(piece.replace(r"\ ", r"\s+") for piece in pieces)
    return start + pattern + (r"(?!\w)" if body[-1].isalnum() else "")
