"""Puts a letter into the form of an e-mail that any server and any reader understands (P26, P27)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage

from domain.letters_and_documents import RECORD_HEADER
from domain.plan import Contact
from domain.problem import Problem, Refused
from letters.mail_html import mail_html
from letters.message_headers import MAIL
from letters.one_line import one_line
from letters.wording import Wording


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str  #: with diacritics if wanted
    content: bytes
    mime_type: str  #: `application/pdf`


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the letter with that key: same key, same id, so a second copy is recognised."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def compose(
    *,
    sender: Contact,
    to: Contact,
    cc: Sequence[Contact] = (),
    wording: Wording,
    message_id: str,
    date: datetime,
    attachments: Sequence[Attachment] = (),
    calendar: tuple[bytes, str] | None = None,
    record: str = "",
    reply_to: str = "",
) -> bytes:
    """The letter as it goes to the mail server, the same bytes for the same arguments.

    The words go as plain text and, after it, as HTML made from that text (RFC 2046, 5.1.4: the best form stands last);
    a calendar file, given with its method, is the third form of the same. Files go beside all of them. `record` says
    where the record of the office stood when the letter was written, in a header that no mail program shows (decision
    0027). `reply_to` is where an answer shall go, if that is not the sender (`letters.reply_tag`). Line breaks in names
    and in the subject are taken out, so that no fact can add a header. Raises `Refused` for an unusable address.
    """
    message = EmailMessage(policy=MAIL)
    message["From"] = _address(sender)
    message["To"] = _address(to)
    if reply_to:
        message["Reply-To"] = _address(Contact(sender.name, reply_to))
    if cc:
        message["Cc"] = [_address(one) for one in cc]
    message["Subject"] = one_line(wording.subject)
    message["Date"] = date
    message["Message-ID"] = one_line(message_id)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no program answers it
    # Exchange knows this header alone. “All” would keep back reports of non-delivery too, and “OOF” an absence: the
    # office needs both (MS-OXCMAIL: AutoReply, and receipts of reading and of not reading).
    message["X-Auto-Response-Suppress"] = "AutoReply, RN, NRN"
    if record:
        message[RECORD_HEADER] = one_line(record)
    message.set_content(wording.body, charset="utf-8")
    message.add_alternative(mail_html(wording.body, one_line(wording.subject)), subtype="html", charset="utf-8")
    if calendar:
        _add_calendar(message, *calendar)
    for attachment in attachments:
        _attach(message, attachment)
    _fix_boundaries(message, message_id)
    return message.as_bytes()


def note_of_paper(text: str) -> bytes:
    """What stands in the place of a letter that goes on paper: a text that no mail server ever gets."""
    message = EmailMessage(policy=MAIL)
    message.set_content(f"{one_line(text)}\n", charset="utf-8")
    return message.as_bytes()


def _address(contact: Contact) -> Address:
    name, email = one_line(contact.name), one_line(contact.email)
    try:
        address = Address(display_name=name, addr_spec=email)
    except (MessageError, ValueError, IndexError):
        address = Address()
    if not (address.username and address.domain and address.addr_spec.isascii()):
        raise Refused(Problem(name or "địa chỉ", f"“{email}” không phải địa chỉ thư điện tử", "sửa tệp địa chỉ"))
    return address


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.mime_type.partition("/")
    params = {"charset": "utf-8"} if main == "text" else None  # a text without it would be read as ASCII
    message.add_attachment(
        attachment.content, maintype=main, subtype=sub, filename=one_line(attachment.name), params=params
    )


def _add_calendar(message: EmailMessage, content: bytes, method: str) -> None:
    """Beside the text, not under it, and last: so mail programs offer to accept the invitation."""
    message.add_alternative(content.decode(), subtype="calendar", charset="utf-8", params={"method": one_line(method)})


def _fix_boundaries(message: EmailMessage, seed: str) -> None:
    """Boundaries that depend on the letter alone; the library's own are random."""
    digest = hashlib.sha256(seed.encode()).hexdigest()[:24]
    for place, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{digest}_{place}")
