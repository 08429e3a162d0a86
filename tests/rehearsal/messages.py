"""What comes to the office by mail in a rehearsal: answers to a letter that arrived, and what servers say about one."""

import io
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from icalendar import Calendar
from openpyxl import load_workbook

from database.models import LetterRow
from domain.dates import OFFICE_ZONE, short_date
from domain.nomination import Meeting, Nominations
from domain.nomination_field import FIELDS
from tests.imap_server import USER
from tests.sheets.word_lists import document

#: The name by which the office's own server vouches for a sender.
OWN_SERVER = "mx.ban-to-chuc.example"
#: Name, type, bytes.
File = tuple[str, str, bytes]


def arrived(mailbox: Path, letter: LetterRow) -> EmailMessage:
    """The letter as it lies with whom it went to."""
    for file in sorted(mailbox.glob("*.eml")):
        found = message_from_bytes(file.read_bytes(), policy=SMTP)
        if found["Message-ID"] == letter.message_id:
            assert isinstance(found, EmailMessage)
            return found
    raise AssertionError(f"{letter.purpose} → {letter.recipient} has not arrived")


def answer(
    letter: EmailMessage | None, number: int, sender: str, text: str, files: Sequence[File] = (), *,
    subject: str = "", vouched: bool = False,
) -> EmailMessage:  # fmt: skip
    """A person answers that letter, or writes anew; `vouched`: the office's server says who it was."""
    made = _message(number, sender, subject or f"Re: {letter['Subject'] if letter else ''}", letter)
    if vouched:
        domain = sender.rpartition("@")[2]
        made["Authentication-Results"] = f"{OWN_SERVER}; dmarc=pass header.from={domain}"
    made.set_content(text)
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made


def by_a_machine(letter: EmailMessage, number: int, sender: str, text: str, subject: str) -> EmailMessage:
    """What a program answers by itself: somebody is away, a letter was received."""
    made = _message(number, sender, f"{subject}: {letter['Subject']}", letter)
    made["Auto-Submitted"] = "auto-replied"
    made.set_content(text)
    return made


def report(letter: EmailMessage, number: int, address: str, action: str, status: str, said: str) -> EmailMessage:
    """What a mail server reports about one recipient (RFC 3464): `failed`, or `delayed`."""
    domain = address.rpartition("@")[2]
    head = _message(number, f"MAILER-DAEMON@mx.{domain}", "Delivery Status Notification", None)
    head["Auto-Submitted"] = "auto-replied"
    parts = (
        ("text/plain", f"This is the mail system at host mx.{domain}.\n\n<{address}>: {said}\n"),
        ("message/delivery-status",
         f"Reporting-MTA: dns; mx.{domain}\n\nFinal-Recipient: rfc822; {address}\nAction: {action}\n"
         f"Status: {status}\nDiagnostic-Code: smtp; {said}\n"),
        ("text/rfc822-headers", "".join(f"{name}: {letter[name]}\n" for name in ("From", "To", "Message-ID"))),
    )  # fmt: skip
    body = "".join(f"--zone\nContent-Type: {kind}; charset=utf-8\n\n{text}\n" for kind, text in parts)
    kind = 'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="zone"\n\n'
    whole = head.as_bytes().removesuffix(b"\r\n") + f"{kind}{body}--zone--\n".encode()
    made = message_from_bytes(whole, policy=SMTP)
    assert isinstance(made, EmailMessage)
    return made


def from_a_calendar(letter: EmailMessage, number: int, attendee: str, word: str) -> EmailMessage:
    """What a diary answers to the entry that a letter brought: `ACCEPTED`, `DECLINED` (RFC 5546)."""
    entry = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    event = Calendar.from_ical(entry.get_payload(decode=True)).walk("VEVENT")[0]
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//diary//VI", "METHOD:REPLY", "BEGIN:VEVENT",
        f"UID:{event['UID']}", f"SEQUENCE:{event.get('SEQUENCE', 0)}", "DTSTAMP:20240101T000000Z",
        f"ATTENDEE;PARTSTAT={word}:mailto:{attendee}", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    made = _message(number, attendee, f"Re: {letter['Subject']}", letter)
    made.set_content(f"{word.capitalize()}\n")
    made.add_alternative("\r\n".join(lines), subtype="calendar", params={"method": "REPLY"})
    return made


def as_excel(letter: EmailMessage, nominations: Nominations) -> File:
    """The host's own form, which the request brought, filled in."""
    form = next(part for part in letter.iter_attachments() if str(part.get_filename()).endswith(".xlsx"))
    book = load_workbook(io.BytesIO(form.get_content()))
    sheet = book["Danh sách"]
    columns = {f"{cell.value}".rstrip(" *"): cell.column for cell in sheet[5]}
    for row, meeting in enumerate(nominations.meetings, start=6):
        for title, value in _typed(meeting).items():
            if value:
                sheet.cell(row, columns[title], value)
    kept = io.BytesIO()
    book.save(kept)
    name = f"Danh sách {nominations.their_symbol.partition('-')[0]}.xlsx"
    return name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", kept.getvalue()


def as_word(nominations: Nominations) -> File:
    """A table in Word, as hosts write it themselves."""
    typed = [_typed(meeting) for meeting in nominations.meetings]
    rows = [("TT", *typed[0]), *((f"{number}", *one.values()) for number, one in enumerate(typed, start=1))]
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return "Danh sach gioi thieu.docx", kind, document(rows)


def _typed(meeting: Meeting) -> dict[str, str]:
    """A line as a person types it, by the titles of the columns; the contact of a meeting is nobody's business."""
    starts = meeting.starts_at.astimezone(OFFICE_ZONE)
    value = {
        "org_type": meeting.org_type.vietnamese, "kind": meeting.kind.vietnamese, "day": short_date(starts),
        "time": f"{starts:%H:%M}", "members": f"{meeting.members or ''}",
    }  # fmt: skip
    return {
        field.title: value.get(field.name) or f"{getattr(meeting, field.name, '')}"
        for field in FIELDS
        if not field.personal
    }


def _message(number: int, sender: str, subject: str, answers: EmailMessage | None) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, USER, subject
    made["Message-ID"] = f"<thu-{number}@{sender.rpartition('@')[2]}>"
    if answers is not None:
        made["In-Reply-To"] = made["References"] = f"{answers['Message-ID']}"
    return made
