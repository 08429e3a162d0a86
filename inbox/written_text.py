"""The words of a message: of its plain text where there is one, else of its HTML."""

from collections.abc import Iterable
from email.message import Message

from domain.text import printable
from inbox.attached import is_file
from inbox.html_text import html_text
from inbox.limits import TEXT_BYTES, TEXT_LETTERS
from inbox.parts import leaves, text_of
from inbox.quoted import own_words

_WORDS = ("text/plain", "text/html")


def whole_text(message: Message) -> str:
    """All words that the message itself says, what is quoted in it as well."""
    texts = [part for part in leaves(message) if _has_words(part)]
    plain = _joined(text_of(part) for part in texts if part.get_content_subtype() != "html")
    if plain.strip():
        return plain
    return _joined(html_text(text_of(part)) for part in texts if part.get_content_subtype() == "html")


def written(whole: str) -> str:
    """What the person wrote, without what is quoted, at most `TEXT_LETTERS`."""
    return own_words(whole)[:TEXT_LETTERS]


def _has_words(part: Message) -> bool:
    if part.get_content_maintype() == "multipart":
        return True  # a leaf all the same: its boundary does not hold, and all of it is text
    return part.get_content_type() in _WORDS and not is_file(part)


def _joined(texts: Iterable[str]) -> str:
    whole = "\n".join(texts)[:TEXT_BYTES]
    return printable(whole.replace("\r\n", "\n").replace("\r", "\n"))
