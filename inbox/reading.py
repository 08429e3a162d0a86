"""Reads one message: what kind it is, who writes, about which letter, what they say; nothing is done (R62)."""

from dataclasses import dataclass, replace
from email.message import Message

from domain.incoming import MailKind, MailReading
from domain.text import loose_key
from inbox import headers
from inbox.absence import read_absence
from inbox.attached import files_of, is_file
from inbox.bounce import Returned, read_bounce
from inbox.calendar_reply import CalendarMail, read_calendar
from inbox.limits import ADDRESSES, FILES, HEAD_BYTES, PARTS, TEXT_LETTERS, beyond, head_length
from inbox.machine_signs import (
    answers_ours,
    automatic_subject,
    may_be_a_machine_s,
    nobodys_address,
    of_a_list,
    ours,
    receipt,
    sent_by_itself,
)
from inbox.machine_words import BY_A_MACHINE
from inbox.parts import leaves, parse
from inbox.trust import trust
from inbox.written_text import whole_text, written

_DAMAGED = "cấu trúc thư bị hỏng, mở thư trong hộp thư của cơ quan để xem"
#: Without any of these it is no message.
_OF_A_MESSAGE = ("From", "To", "Subject", "Date", "Message-ID", "Received", "Return-Path")
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_SUBJECT_LETTERS = 500


@dataclass(frozen=True)
class _Opened:
    """One message taken apart."""

    message: Message
    whole: str  #: all its words
    own_words: str  #: without what is quoted
    own: frozenset[str]  #: our addresses
    answers_ours: bool


def read_mail(
    raw: bytes, own: frozenset[str], authenticated_by: str, megabytes: int = 25, mail_domain: str = ""
) -> MailReading:
    """All that is read in a message; whatever the bytes are, nothing is raised but `MemoryError`.

    `own` are the office's addresses, lower case; `authenticated_by` is the name that its server gives itself in
    `Authentication-Results` (empty: none is believed); `mail_domain` is that of the Message-IDs of our letters. What
    goes beyond `inbox.limits`, or is no message at all, is `UNREADABLE` with the reason in `fault`; its sender and
    subject are still told where they stand at the beginning.
    """
    fault = beyond(raw, megabytes)
    try:
        return _unreadable(raw, fault) if fault else _read(parse(raw), own, authenticated_by, mail_domain)
    except MemoryError:
        raise
    except Exception:  # what is read is written by anybody, and one message must not hold up all others
        return _damaged(raw)


def _damaged(raw: bytes) -> MailReading:
    try:
        return _unreadable(raw, _DAMAGED)
    except MemoryError:
        raise
    except Exception:
        return MailReading(MailKind.UNREADABLE, "", "", "", "", fault=_DAMAGED)


def _read(message: Message, own: frozenset[str], authenticated_by: str, mail_domain: str) -> MailReading:
    if sum(1 for _ in zip(range(PARTS + 1), leaves(message), strict=False)) > PARTS:
        return replace(_heads(message), kind=MailKind.UNREADABLE, fault=f"thư có quá nhiều phần, quá mức {PARTS} phần")
    if not any(message.get(name) for name in _OF_A_MESSAGE):
        return MailReading(MailKind.UNREADABLE, "", "", "", "", fault="không có phần đầu thư, có thể không phải là thư")
    whole = whole_text(message)
    domains = frozenset({mail_domain.lower(), *(address.rpartition("@")[2] for address in own)} - {""})
    opened = _Opened(message, whole, written(whole), own, answers_ours(message, domains))
    heads = replace(_heads(message), trust=trust(message, authenticated_by))
    returned = read_bounce(message, whole, own)
    if returned:
        return _given_back(heads, returned, opened)
    return _written(replace(heads, files=files_of(message), fault=_not_whole(message)), opened)


def _written(heads: MailReading, opened: _Opened) -> MailReading:
    """What is no report: our own, answers from diaries, absences, other programs, people."""
    message = opened.message
    heads = replace(heads, text=opened.own_words)
    calendar = read_calendar(message, heads.sender)
    if ours(message, opened.own):
        return replace(heads, kind=MailKind.AUTOMATIC)
    if calendar.answers:
        return replace(heads, kind=MailKind.CALENDAR, calendar=calendar.answers)
    if calendar.proposed:
        return _proposal(heads, calendar)
    if receipt(message):
        return replace(heads, kind=MailKind.AUTOMATIC)
    absence = read_absence(message, opened.own_words or opened.whole) if _sent_by_itself(opened) else None
    if absence:
        return replace(heads, kind=MailKind.ABSENCE, back_on=absence.back_on)
    return replace(heads, kind=MailKind.AUTOMATIC if _program(opened) else MailKind.ANSWER)


def _sent_by_itself(opened: _Opened) -> bool:
    """By its signs; those that people's mail bears as well count only without files, and where it answers no letter.

    Words are no sign: a person may write "please do not reply", and mean it.
    """
    if sent_by_itself(opened.message):
        return True
    plain = not opened.answers_ours and not any(is_file(part) for part in leaves(opened.message))
    return plain and may_be_a_machine_s(opened.message)


def _program(opened: _Opened) -> bool:
    """A program wrote it, or a list that answers no letter of ours."""
    message = opened.message
    if sent_by_itself(message) or nobodys_address(message) or (of_a_list(message) and not opened.answers_ours):
        return True
    of_itself = automatic_subject(message) or BY_A_MACHINE.search(loose_key(opened.own_words))
    return bool(of_itself) and _sent_by_itself(opened)


def _proposal(heads: MailReading, calendar: CalendarMail) -> MailReading:
    text = f"{calendar.proposed}\n\n{heads.text}".strip()
    return replace(heads, kind=MailKind.ANSWER, text=text)


def _given_back(heads: MailReading, returned: Returned, opened: _Opened) -> MailReading:
    """Of a report all its words are kept, and the letter inside it is the one it refers to."""
    refers_to = tuple(dict.fromkeys((*returned.original.ids, *heads.refers_to)))[:ADDRESSES]
    text = opened.whole.strip()[:TEXT_LETTERS]
    return replace(heads, kind=returned.kind, failed=returned.failed, refers_to=refers_to, text=text)


def _heads(message: Message) -> MailReading:
    sender, name = headers.sender(message)
    return MailReading(
        kind=MailKind.ANSWER,
        sender=sender,
        sender_name=name,
        subject=headers.header(message, "Subject")[:_SUBJECT_LETTERS],
        message_id=headers.message_id(message),
        refers_to=headers.refers_to(message),
        addressed_to=headers.addressed_to(message),
    )


def _not_whole(message: Message) -> str:
    """What of an answer could not be read, in Vietnamese."""
    types = [part.get_content_type() for part in leaves(message) if is_file(part)]
    if len(types) > FILES:
        return f"thư có {len(types)} tệp, chỉ đọc {FILES} tệp đầu"
    if "application/ms-tnef" in types:
        return "tệp winmail.dat của Outlook không mở được, đề nghị người gửi gửi lại ở dạng HTML hoặc văn bản thường"
    if _SEALED & {*types, message.get_content_type()}:
        return "thư được mã hóa hoặc đóng gói bằng chữ ký số, mở thư trong hộp thư của cơ quan để xem"
    return ""


def _unreadable(raw: bytes, fault: str) -> MailReading:
    """Who wrote it and about what, as far as its head may be read."""
    head = raw[: min(head_length(raw), HEAD_BYTES)]
    return replace(_heads(parse(head + b"\n\n")), kind=MailKind.UNREADABLE, fault=fault)
