"""Messages as they come in, made by hand: answers of hosts, programs, messages of strangers."""

from email.message import EmailMessage

from database.models import LetterRow
from tests.imap_server import USER

#: Who answers in a calendar, and what.
ACCEPTED = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:hoa@dangbo.example"


def mail(
    text: str = "Kính gửi Ban Tổ chức.", *, number: int = 1, sender: str = "ban-thuong-vu@bien-hoa.example",
    subject: str = "Re: danh sách", to: str = USER, answers: str = "", **headers: str,
) -> bytes:  # fmt: skip
    """One message; `answers` is the Message-ID of the letter that it answers."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<thu-{number}@bien-hoa.example>"
    if answers:
        message["In-Reply-To"] = answers
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes().replace(b"\n", b"\r\n")


def answer_to(letter: LetterRow, number: int = 1, **more: str) -> bytes:
    """A host's answer to that letter."""
    return mail(number=number, answers=letter.message_id, subject=f"Re: {letter.subject}", **more)


def by_a_program(number: int = 1) -> bytes:
    """What no person has written."""
    return mail(number=number, subject="Đã nhận", Auto_Submitted="auto-generated")


def by_calendar(method: str, *lines: str, uid: str = "1@x") -> bytes:
    """A diary's message with one entry, which names no letter."""
    entry = "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"))
    body = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:{method}\r\n{entry}\r\nEND:VCALENDAR\r\n"
    head = "From: hoa@dangbo.example\r\nMessage-ID: <lich@dangbo.example>\r\nSubject: Re: Mời dự\r\n"
    return f"{head}Content-Type: text/calendar; charset=utf-8; method={method}\r\n\r\n{body}".encode()
