"""Shapes of real-world mail as messages: reads tests/inbox/shapes, one text file for each kind, made for these tests.

A shape begins with `### what it is | kind | what must be read in it`. Its headers and words follow as in a mail;
`--- status` begins the blocks of a delivery report, `--- letter`, `--- letter-one` or `--- headers` puts our letter in.
`X-Shape` says how its words are wrapped. What a machine wrote without any sign but words is an `answer`: people write
the same words, so a person looks. A letter whose delivery was given up came back, whatever the reason.
"""

import base64
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.incoming import MailKind

FOLDER = Path(__file__).parent / "shapes"
LETTER_ID = "<5f0c9a7be1d24c3fa1b2c3d4e5f60718@tinhuy.example>"
OWN = frozenset({"btc@tinhuy.example"})
_HEAD = f"""Received: from btc.tinhuy.example by mx1.tinhuy.example; Wed, 1 May 2024 08:00:00 +0700
From: Ban To chuc <btc@tinhuy.example>
To: nhontrach@huyenuy.example{{more}}
Subject: De nghi danh sach
Date: Wed, 1 May 2024 08:00:00 +0700
Message-ID: {LETTER_ID}
Auto-Submitted: auto-generated
"""
_MORE = "\nCc: bantochuc@huyenuy.example"
_WORDS = "\nDe nghi gui danh sach truoc ngay 20/6/2024. Khong gui duoc thi bao lai.\n"


@dataclass(frozen=True)
class Shape:
    """One message with what must be read in it."""

    name: str
    kind: MailKind
    expected: str  #: of a bounce its addresses, `-` behind those that are soft; of an absence its day
    raw: bytes


def shapes(*names: str) -> list[Shape]:
    """All shapes of those files, of all where none is named."""
    files = [FOLDER / f"{name}.mail" for name in names] if names else sorted(FOLDER.glob("*.mail"))
    return [shape for file in files for shape in _read(file)]


def _read(file: Path) -> Iterator[Shape]:
    for piece in file.read_text(encoding="utf-8").split("### ")[1:]:
        title, _, rest = piece.partition("\n")
        name, kind, expected = (part.strip() for part in title.split("|"))
        yield Shape(f"{file.stem}: {name}", MailKind(kind), expected, _message(rest))


def _message(written: str) -> bytes:
    head, _, body = written.partition("\n\n")
    wrapping = re.search(r"^X-Shape: (.*)\n?", f"{head}\n", re.MULTILINE)
    head = re.sub(r"^X-Shape: .*\n?", "", f"{head}\n", flags=re.MULTILINE).replace("{id}", LETTER_ID)
    for name, value in (("Date", "Wed, 1 May 2024 09:00:00 +0700"), ("To", "btc@tinhuy.example"),
                        ("Message-ID", "<shape@mx.example>"), ("MIME-Version", "1.0")):  # fmt: skip
        head += "" if re.search(rf"^{name}:", head, re.MULTILINE) else f"{name}: {value}\n"
    letter = _HEAD.format(more=_MORE) + _WORDS
    return _wrapped(head, body.replace("{letter}", letter).strip("\n") + "\n", wrapping[1].strip() if wrapping else "")


def _wrapped(head: str, body: str, wrapping: str) -> bytes:
    if "--- status\n" in body:
        return _report(head, body, wrapping)
    return {
        "html": lambda: _single(head, "text/html; charset=utf-8", body),
        "nfd": lambda: unicodedata.normalize("NFD", _plain(head, body).decode()).encode(),
        "windows-1258": lambda: _single(head, "text/plain; charset=windows-1258", body),
        "base64": lambda: _single(head, "text/plain; charset=utf-8", body, encode=True),
        "with-list": lambda: _mixed(head, body, _LIST),
        "with-photo": lambda: _mixed(head, body, _PHOTO),
        "with-letter": lambda: _mixed(head, body, f"Content-Type: message/rfc822\n\n{_HEAD.format(more='')}{_WORDS}"),
        "with-headers": lambda: _mixed(head, body, f"Content-Type: text/rfc822-headers\n\n{_HEAD.format(more='')}"),
        "forwards-bounce": lambda: _mixed(head, body, f"Content-Type: message/rfc822\n\n{_BOUNCE}"),
        "forwards-report": lambda: _mixed(head, body, _STATUS),
        "receipt": lambda: _mixed(head, body, _RECEIPT, 'report; report-type="disposition-notification"'),
        "feedback": lambda: _mixed(head, body, "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\n",
                                   "report; report-type=feedback-report"),
        "": lambda: _plain(head, body),
    }[wrapping]()  # fmt: skip


_LIST = 'Content-Type: application/vnd.ms-excel; name="danh sach.xls"\nContent-Transfer-Encoding: base64\n\nUEsDBA==\n'
_PHOTO = 'Content-Type: image/jpeg; name="anh.jpg"\nContent-Disposition: attachment\n\nx\n'
_STATUS = """Content-Type: message/delivery-status

Reporting-MTA: dns; mx.huyenuy.example

Final-Recipient: rfc822; btc@tinhuy.example
Action: failed
Status: 5.1.1
"""
_BOUNCE = f"""From: MAILER-DAEMON@mx.huyenuy.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=inner

--inner

Undelivered.
--inner
{_STATUS}
--inner--
"""
_RECEIPT = """Content-Type: message/disposition-notification

Final-Recipient: rfc822;an@huyenuy.example
Disposition: manual-action/MDN-sent-manually; displayed
"""


def _plain(head: str, body: str) -> bytes:
    return _single(head, "text/plain; charset=utf-8", body)


def _single(head: str, content_type: str, body: str, *, encode: bool = False) -> bytes:
    words = base64.encodebytes(body.encode()).decode() if encode else body
    encoding = "base64" if encode else "8bit"
    return f"{head}Content-Type: {content_type}\nContent-Transfer-Encoding: {encoding}\n\n{words}".encode()


def _mixed(head: str, body: str, other: str, kind: str = "mixed") -> bytes:
    text = f"Content-Type: text/plain; charset=utf-8\n\n{body}"
    parts = f"--outer\n{text}\n--outer\n{other}\n--outer--\n"
    return f"{head}Content-Type: multipart/{kind}; boundary=outer\n\n{parts}".encode()


def _report(head: str, body: str, wrapping: str) -> bytes:
    text, _, rest = body.partition("--- status\n")
    status, mark, holder = re.match(r"(.*?)(?:(--- )(letter-one|letter|headers)\n)?$", rest, re.DOTALL).groups()  # type: ignore[union-attr]
    glob = "global-" if wrapping == "global" else ""
    if wrapping == "base64-status":
        status = "Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(status.encode()).decode()
    else:
        status = f"\n{status}"
    parts = [
        f"Content-Type: text/plain; charset=utf-8\n\n{text}",
        f"Content-Type: message/{glob}delivery-status\n{status}",
    ]
    if mark:
        whole = _HEAD.format(more="" if holder == "letter-one" else _MORE)
        kind = (
            ("message/global-headers" if glob else "text/rfc822-headers") if holder == "headers" else "message/rfc822"
        )
        parts.append(f"Content-Type: {kind}\n\n{whole}{'' if holder == 'headers' else _WORDS}")
    kind = "mixed" if wrapping == "mixed" else "report; report-type=delivery-status"
    inner = "".join(f"--outer\n{part}\n" for part in parts)
    return f"{head}Content-Type: multipart/{kind}; boundary=outer\n\n{inner}--outer--\n".encode()
