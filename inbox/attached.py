"""The files that come with a message: which there are, and one of them by its number. None is opened here (R62)."""

import hashlib
import mimetypes
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import PurePosixPath

from domain.incoming import MailFile
from domain.problem import Problem, Refused
from inbox.charsets import header_text
from inbox.headers import one_line
from inbox.limits import FILES, NAME_LETTERS
from inbox.parts import content, leaves, parse

#: What belongs to the message and is no file of anybody's: calendars are read as such, signatures are not weighed.
_NO_FILES = frozenset(
    {
        "text/calendar", "application/ics", "application/pkcs7-signature", "application/x-pkcs7-signature",
        "application/pgp-signature", "message/delivery-status", "message/disposition-notification",
    }
)  # fmt: skip
#: Bytes up to which a picture that the HTML shows is taken for a logo.
_LOGO = 32 * 1024


def files_of(message: Message) -> tuple[MailFile, ...]:
    """Its files in their order, at most `FILES`."""
    return tuple(_file(number, part) for number, part in zip(range(1, FILES + 1), _parts(message), strict=False))


def file_in(raw: bytes, number: int) -> bytes:
    """The bytes of that file of a message, as it was numbered in reading; raises `Refused` if there is none."""
    for place, part in zip(range(1, FILES + 1), _parts(parse(raw)), strict=False):
        if place == number:
            return content(part)
    raise Refused(Problem(f"tệp số {number}", "thư không có tệp này", "mở lại trang Thư đến và chọn tệp khác"))


def is_file(part: Message) -> bool:
    """It is something beside the words of the message."""
    if part.get_content_type() in _NO_FILES:
        return False
    if part.get_content_type() in ("text/plain", "text/html"):
        return part.get_content_disposition() == "attachment" or bool(_name(part))
    return not (part.get_content_maintype() == "multipart" or _is_logo(part))


def _parts(message: Message) -> Iterator[Message]:
    return (part for part in leaves(message) if is_file(part))


def _is_logo(part: Message) -> bool:
    shown = part.get("Content-ID") and part.get_content_disposition() != "attachment"
    return bool(shown) and part.get_content_maintype() == "image" and len(content(part)) <= _LOGO


def _file(number: int, part: Message) -> MailFile:
    source = content(part)
    mime_type = one_line(part.get_content_type())[:NAME_LETTERS]
    name = _name(part) or f"tep-{number}{_suffix(mime_type)}"
    return MailFile(number, name, mime_type, len(source), hashlib.sha256(source).hexdigest())


def _name(part: Message) -> str:
    """Its name without folders; too long a one is cut before its suffix."""
    try:
        name = part.get_filename("") or ""
    except (LookupError, ValueError, TypeError):
        name = ""
    name = one_line(header_text(name))
    name = re.split(r"[/\\]", name)[-1].strip(" .")
    suffix = PurePosixPath(name).suffix[:20]
    return name if len(name) <= NAME_LETTERS else name[: NAME_LETTERS - len(suffix)] + suffix


def _suffix(mime_type: str) -> str:
    if mime_type.startswith("message/"):
        return ".eml"
    return mimetypes.guess_extension(mime_type) or ".bin"
