"""The words of a message: of its plain text where there is one, else of its HTML."""

from collections.abc import Iterable
from email.message import Message

from domain.text import printable
from inbox.attached import is_file
from inbox.html_text import html_text
from inbox.limits import TEXT_BYTES, TEXT_LETTERS
from inbox.parts import leaves, text_of
from inbox.quoted import own_words

#: A `multipart` that is a leaf has no boundary that holds: all of it is taken for text.
_WORDS = ("text", "multipart")


def whole_text(message: Message) -> str:
    """All words that the message itself says, what is quoted in it as well."""
    texts = [part for part in leaves(message) if part.get_content_maintype() in _WORDS and not is_file(part)]
    plain = _joined(text_of(part) for part in texts if part.get_content_subtype() != "html")
    if plain.strip():
        return plain
    return _joined(html_text(text_of(part)) for part in texts if part.get_content_subtype() == "html")


def written(whole: str) -> str:
    """What the person wrote, without what is quoted, at most `TEXT_LETTERS`."""
    return own_words(whole)[:TEXT_LETTERS]


def _joined(texts: Iterable[str]) -> str:
    whole = "\n".join(texts)[:TEXT_BYTES]
    return printable(whole.replace("\r\n", "\n").replace("\r", "\n"))
