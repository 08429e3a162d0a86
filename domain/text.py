"""Vietnamese text as it must be before anything compares, sorts or stores it (P8–P17)."""

import re
import unicodedata

_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_INVISIBLE = dict.fromkeys([0x00AD, 0xFEFF, 0x2060, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])
_UNPRINTABLE: dict[int, str | None] = {
    **dict.fromkeys((code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"), " "),
    **dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), None),
}
_FOLDED = str.maketrans({"\u00a0": " ", "Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_ALPHABET = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)}
_TONE_RANK = {"": 0, "f": 1, "r": 2, "x": 3, "s": 4, "j": 5}  # ngang huyền hỏi ngã sắc nặng


def printable(text: str) -> str:
    """The same text without what no paper, table or database can hold: control marks become blanks.

    Tabs and line ends stay. Halves of a pair of surrogates and the two letters that are none go away.
    """
    return text.translate(_UNPRINTABLE)


def safe_name(name: str, otherwise: str = "danh-sach") -> str:
    """The last part of a file's name, without anything that a file system or a header could misread."""
    last = re.split(r"[\\/]", name)[-1]
    return re.sub(r"[^\w .()-]", "_", last).strip(" .")[-100:] or otherwise


def nfc(text: str) -> str:
    """The same text with every letter in its one composed form (P8); line breaks are kept."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """One line of typed or pasted text made comparable: NFC, no invisible marks, single blanks (P8, P9, P12)."""
    visible = nfc(printable(text)).translate(_INVISIBLE).translate(_FOLDED)
    return re.sub(r"\s+", " ", visible).strip()


def match_key(text: str) -> str:
    """Two names are the same name when their keys are equal (P15).

    Case, composition and the place of the tone mark (`ủy`/`uỷ`) do not count; every letter does,
    so `Khôi` and `Khối` stay different.
    """
    return spelling_key(clean(text).casefold())


def spelling_key(text: str) -> str:
    """The text with every tone mark moved behind its word, so that its place does not count; case does (P11)."""
    return " ".join(_tone_behind(word) for word in clean(text).split(" "))


def _tone_behind(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(_TONES[c] for c in parts if c in _TONES)
    base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return f"{base}~{tones}" if tones else base


def plain_letters(text: str) -> str:
    """The text in ASCII letters, case kept: for places that can show no others."""
    parts = unicodedata.normalize("NFD", clean(text).replace("đ", "d").replace("Đ", "D").replace("·", "-"))
    return "".join(c for c in parts if c.isascii())


def loose_key(text: str) -> str:
    """A key without any mark, good for a *suggestion* that a person confirms, never for a match (A11)."""
    folded = unicodedata.normalize("NFD", clean(text).casefold().replace("đ", "d"))
    return "".join(c for c in folded if not unicodedata.combining(c))


def slug(text: str) -> str:
    """ASCII words joined by underscores, for file names and codes (P25)."""
    return re.sub(r"[^a-z0-9]+", "_", loose_key(text)).strip("_")


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Order of the Vietnamese alphabet: letters first, tones second (P16)."""
    letters: list[int] = []
    tones: list[int] = []
    for char in clean(text).casefold():
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[c] for c in parts if c in _TONES), "")
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
        letters.append(_ALPHABET.get(base, 0 if base == " " else 100 + ord(base[0])))
        tones.append(_TONE_RANK[tone])
    return tuple(letters), tuple(tones)


def tone_styles(text: str) -> set[str]:
    """Which placements of the tone mark occur: `"old"` (`ủy`, `hòa`), `"new"` (`uỷ`, `hoà`), both or none (P11)."""
    return set(tone_style_words(text))


def tone_style_words(text: str) -> dict[str, str]:
    """The same, each with the first word that shows it."""
    found: dict[str, str] = {}
    for word in re.findall(r"[^\W\d_]+", nfc(text)):
        if re.search(r"(?<!q)([òóỏõọ][ae]|[ùúủũụ]y)$", word.casefold()):
            found.setdefault("old", word)
        if re.search(r"(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])$", word.casefold()):
            found.setdefault("new", word)
    return found
