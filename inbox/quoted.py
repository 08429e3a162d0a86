"""Where a person's own words end and the letter that they answer begins, in the ways of common mail programs."""

import re
from collections.abc import Sequence

from domain.text import loose_key

#: A line of headers as programs write it above what they quote, in words without marks: `tu: …`, `da gui: …`.
_FROM = re.compile(r"^[*>\s]*(?:from|tu|nguoi gui|de|von)\s*\*?\s*:\s*\S")
_SENT = re.compile(r"^[*>\s]*(?:sent|date|da gui|gui luc|ngay gui|thoi gian gui|ngay)\s*\*?\s*:")
_SURELY_SENT = re.compile(r"^[*>\s]*(?:sent|da gui|gui luc|ngay gui)\s*\*?\s*:")
_SUBJECT = re.compile(r"^[*>\s]*(?:subject|chu de|tieu de|v/v|re)\s*\*?\s*:")
#: `----- Original Message -----` and its kin.
_RULED = re.compile(
    r"^[\s>]*[-_=*]{2,}\s*(?:original message|forwarded message|original appointment|reply message|thu goc|tin nhan goc"
    r"|tin goc|noi dung thu goc|thu chuyen tiep|thu duoc chuyen tiep|chuyen tiep thu|tin nhan da chuyen tiep"
    r"|noi dung goc|original)\b.{0,60}$"
)
_BEGIN = re.compile(r"^[\s>]*(?:begin forwarded message|bat dau thu chuyen tiep|bat dau thu duoc chuyen tiep)\s*:")
#: `On … wrote:`, `Vào … đã viết:`.
_WROTE = re.compile(r"^(?:on|vao|luc|ngay|at|le|am)\b.{6,400}\b(?:wrote|da viet|viet|a ecrit|schrieb)\s*:\s*$")
_WROTE_BARE = re.compile(r"^.{0,200}<[^<>]{3,100}@[^<>]{3,100}>.{0,60}\b(?:wrote|da viet|viet)\s*:\s*$")
_SIGNATURE = re.compile(r"^-- ?$")
_SENT_FROM = re.compile(
    r"^(?:sent from my|sent from mail|sent from outlook|get outlook for|gui tu (?:iphone|ipad|dien thoai|outlook|thu )"
    r"|duoc gui tu|da gui tu (?:iphone|ipad|dien thoai)|tai outlook cho|sent via|gui tu zalo).{0,80}$"
)


def own_words(text: str) -> str:
    """The text without quoted letters, marks of quoting and signatures; lines keep their order."""
    lines = text.split("\n")
    keys = [loose_key(line[:600]) for line in lines]
    kept: list[str] = []
    place = 0
    while place < len(lines):
        if _ends_here(keys, place):
            break
        skipped = _attribution(lines, keys, place)
        if skipped and not _quoted_follows(lines, place + skipped):
            break
        if not skipped and not _to_leave_out(lines[place], keys[place]):
            kept.append(lines[place].rstrip())
        place += skipped or 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip(" \n_")


def _ends_here(keys: Sequence[str], place: int) -> bool:
    """From here on all is another letter, or a signature."""
    if _RULED.match(keys[place]) or _BEGIN.match(keys[place]) or _SIGNATURE.match(keys[place]):
        return True
    if not _FROM.match(keys[place]):
        return False
    block = [key for key in keys[place + 1 : place + 12] if key][:6]
    sent = any(map(_SENT.match, block)) if "@" in keys[place] else any(map(_SURELY_SENT.match, block))
    return sent and any(map(_SUBJECT.match, block))


def _attribution(lines: Sequence[str], keys: Sequence[str], place: int) -> int:
    """How many lines say who wrote what is quoted next; programs break that sentence into up to three."""
    for count in (1, 2, 3):
        if not _goes_on(lines, place + count - 1):
            return 0
        key = " ".join(part.strip() for part in keys[place : place + count])
        if (_WROTE.match(key) and re.search(r"\d|@", key)) or _WROTE_BARE.match(key):
            return count
    return 0


def _goes_on(lines: Sequence[str], place: int) -> bool:
    """That line belongs to the same sentence as the one before it: neither empty nor quoted."""
    return place < len(lines) and bool(lines[place].strip()) and not lines[place].lstrip().startswith(">")


def _quoted_follows(lines: Sequence[str], place: int) -> bool:
    following = [line for line in lines[place : place + 6] if line.strip()]
    return bool(following) and following[0].lstrip().startswith(">")


def _to_leave_out(line: str, key: str) -> bool:
    return line.lstrip().startswith(">") or bool(_SENT_FROM.match(key))
