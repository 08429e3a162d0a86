"""Compares the text that a signed file shows with the text that was approved, word by word (2.4)."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from scans.worth import TextFinding, TextMatch

#: Below this share of the approved words it is another document.
_ANOTHER = 0.5
#: Every eighth letter of a text is one that Vietnamese alone has; where they have lost their names, next to none is.
_OUR_LETTERS = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_OURS = 0.03
#: A column that stands elsewhere is read elsewhere: as many words or more may have moved together.
_MOVED = 4
_MOST_WORDS = 20_000
_AROUND = 4  #: words shown on both sides of a difference


def compare_text(approved: str, shown: str) -> TextFinding:
    """Both texts as a PDF gives them; line ends, spaces and marks do not count, the letters and their order do."""
    if _lost_its_letters(shown):
        return TextFinding(TextMatch.UNREADABLE)
    ours, theirs = _words(approved), _words(shown)
    if max(len(ours), len(theirs)) > _MOST_WORDS:
        return TextFinding(TextMatch.ANOTHER, ("tệp dài hơn hẳn văn bản đã duyệt",))
    keys, their_keys = [_key(word) for word in ours], [_key(word) for word in theirs]
    matcher = SequenceMatcher(None, keys, their_keys, autojunk=False)
    blocks = [code[1:] for code in matcher.get_opcodes() if code[0] != "equal"]
    changed = [one for one in blocks if "".join(keys[one[0] : one[1]]) != "".join(their_keys[one[2] : one[3]])]
    changed = _without_moved(changed, keys, their_keys)
    told = tuple(_told(ours, theirs, block) for block in changed)
    lost = sum(end - begin for begin, end, _, _ in changed)
    if keys and 1 - lost / len(keys) < _ANOTHER:
        return TextFinding(TextMatch.ANOTHER, told[:3])
    return TextFinding(TextMatch.DIFFERENT, told) if told else TextFinding(TextMatch.SAME)


_Block = tuple[int, int, int, int]


def _without_moved(blocks: list[_Block], ours: Sequence[str], theirs: Sequence[str]) -> list[_Block]:
    """The blocks without those that stand, letter for letter, at another place of the file."""
    came = {"".join(theirs[one[2] : one[3]]): one for one in blocks if one[0] == one[1]}
    kept = list(blocks)
    for block in blocks:
        twin = came.get("".join(ours[block[0] : block[1]]))
        if block[1] - block[0] >= _MOVED and block[2] == block[3] and twin in kept:
            kept.remove(twin)
            kept.remove(block)
    return kept


def _told(ours: Sequence[str], theirs: Sequence[str], block: _Block) -> str:
    begin, end, their_begin, their_end = block
    before = " ".join(ours[max(0, begin - _AROUND) : begin])
    approved, shown = " ".join(ours[begin:end]), " ".join(theirs[their_begin:their_end])
    place = f"sau “{before}”: " if before else ""
    if not approved:
        return f"{place}tệp thêm “{_short(shown)}”"
    if not shown:
        return f"{place}tệp thiếu “{_short(approved)}”"
    return f"{place}bản duyệt “{_short(approved)}”, tệp ghi “{_short(shown)}”"


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:159] + "…"


def _words(text: str) -> list[str]:
    return [word for word in text.split() if _key(word)]


def _key(word: str) -> str:
    """The letters and figures of a word alone; `12/5` and `12.5` must not be one."""
    kept = "".join(
        letter for letter in unicodedata.normalize("NFC", word).casefold() if letter.isalnum() or letter in "/.,"
    )
    return kept.strip("/.,")


def _lost_its_letters(text: str) -> bool:
    composed = unicodedata.normalize("NFC", text)
    return len(_OUR_LETTERS.findall(composed)) < _OURS * sum(letter.isalpha() for letter in composed)
