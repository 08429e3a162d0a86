"""Gives a letter that was refused a corrected address, and leaves everything else of it as it was."""

import re
from collections.abc import Sequence
from datetime import datetime

from domain.plan import Contact
from letters.message import compose
from letters.wording import Wording


def readdress(raw: bytes, to: Contact, cc: Sequence[Contact], date: datetime) -> bytes:
    """The same letter to other addresses: same Message-ID, same words and files, other `To` and `Cc`.

    Raises `Refused` for an unusable address.
    """
    wording = Wording(subject="-", body="-")
    sample = compose(sender=to, to=to, cc=cc, wording=wording, message_id="<->", date=date)
    head, blank, body = raw.partition(b"\r\n\r\n")
    lines = head + b"\r\n"
    for name in (b"To", b"Cc"):
        there, wanted = _header(lines, name), _header(sample, name)
        lines = lines.replace(there, wanted, 1) if there else lines + wanted
    return lines.removesuffix(b"\r\n") + blank + body


def _header(message: bytes, name: bytes) -> bytes:
    """That header with all its lines, empty if there is none; it goes on as long as lines begin with a blank."""
    found = re.search(rb"(?m)^%s:[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*" % name, message)
    return found[0] if found else b""
