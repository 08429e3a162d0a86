"""A letter arrives as it was written: names, subject, attachments and all, and nothing else."""

import re
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.dates import OFFICE_ZONE
from domain.letters_and_documents import Purpose
from domain.plan import Contact
from domain.problem import Refused
from letters.mail_html import mail_html
from letters.message import Attachment, compose, message_id
from letters.one_line import one_line
from letters.wording import Wording, render

Facts = dict[str, object]
OFFICE = Contact("Ban Tổ chức Tỉnh ủy Đồng Nai", "van-thu@ban-to-chuc.example")
HOST = Contact("Ban Thường vụ Huyện ủy Nhơn Trạch", "ban-thuong-vu@nhon-trach.example")
DATE = datetime(2024, 1, 3, 8, 0, tzinfo=OFFICE_ZONE)
ID = message_id("2024-02/nhon_trach nomination_request 1", "visits.example")
LONG_NAME = "Thông báo danh sách đảng ủy, chi bộ Tổ công tác của tỉnh dự, giám sát “tháng 02”; bản 1.docx"


def composed(
    subject: str = "[KH73/2024][T02] Thông báo",
    body: str = "Kính gửi: …\n",
    to: Contact = HOST,
    cc: Sequence[Contact] = (),
    attachments: Sequence[Attachment] = (),
    calendar: tuple[bytes, str] | None = None,
) -> bytes:
    return compose(
        sender=OFFICE,
        to=to,
        cc=cc,
        wording=Wording(subject, body),
        message_id=ID,
        date=DATE,
        attachments=attachments,
        calendar=calendar,
    )


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def decoded_addresses(raw: bytes, header: str = "To") -> list[tuple[str, str]]:
    """Who a letter is for, read as RFC 2047 says; the newer parser of Python 3.11 adds blanks to long names."""
    values = message_from_bytes(raw).get_all(header, [])
    return [(str(make_header(decode_header(name))), address) for name, address in getaddresses(values)]


@pytest.mark.parametrize("purpose", Purpose)
def test_every_letter_arrives_as_it_was_written(purpose: str, facts: Facts) -> None:
    wording = render(purpose, facts)
    raw = composed(wording.subject, wording.body, cc=[OFFICE, HOST])
    message = read(raw)

    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert message["Subject"] == wording.subject
    assert decoded_addresses(raw, "From") == [(OFFICE.name, OFFICE.email)]
    assert decoded_addresses(raw) == [(HOST.name, HOST.email)]
    assert decoded_addresses(raw, "Cc") == [(OFFICE.name, OFFICE.email), (HOST.name, HOST.email)]
    assert message["Message-ID"] == ID
    assert message["Date"].datetime == DATE
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    text, page = message.iter_parts()
    assert (text.get_content_type(), text.get_content_charset()) == ("text/plain", "utf-8")
    assert text.get_content().replace("\r\n", "\n") == wording.body
    assert (page.get_content_type(), page.get_content_charset()) == ("text/html", "utf-8")
    assert page.get_content().replace("\r\n", "\n") == mail_html(wording.body, wording.subject)


def test_the_tag_of_the_subject_can_be_read_by_old_programs(facts: Facts) -> None:
    assert b"\r\nSubject: [KH73/2024][T02]\r\n =?utf-8?" in composed(render("invitation", facts).subject)


def test_attachments_keep_their_vietnamese_names_and_their_bytes() -> None:
    files = [Attachment(LONG_NAME, b"PK\x00\xff", "application/zip"), Attachment("a.txt", b"x", "text/plain")]

    found = list(read(composed(attachments=files)).iter_attachments())

    assert [one.get_filename() for one in found] == [LONG_NAME, "a.txt"]
    assert found[0].get_payload(decode=True) == b"PK\x00\xff"
    assert found[1].get_content_charset() == "utf-8"


def test_a_calendar_stands_beside_the_text_with_its_method() -> None:
    calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Dự họp\r\nEND:VCALENDAR\r\n".encode()
    message = read(composed(calendar=(calendar, "CANCEL"), attachments=[Attachment("a.txt", b"x", "text/plain")]))

    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "CANCEL"
    assert part.get_content_charset() == "utf-8"
    assert part.get_payload(decode=True) == calendar
    text = message.get_body(("plain",))
    assert text is not None
    assert text.get_content().strip() == "Kính gửi: …"


def structure(part: EmailMessage) -> object:
    """The kinds of the parts, those that hold others with what they hold."""
    kind = part.get_content_type()
    return (kind, [structure(one) for one in part.iter_parts()]) if part.is_multipart() else kind


@pytest.mark.parametrize("files", [0, 2])
@pytest.mark.parametrize("calendar", [None, (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "REQUEST")])
def test_what_says_the_same_stands_together_and_files_beside_it(files: int, calendar: tuple[bytes, str] | None) -> None:
    """RFC 2046, 5.1.4: from the plainest form to the richest; mail programs act on a calendar that stands there."""
    enclosed = [Attachment(f"{number}.pdf", b"%PDF-", "application/pdf") for number in range(files)]
    message = read(composed(attachments=enclosed, calendar=calendar))

    forms = ["text/plain", "text/html", *(["text/calendar"] if calendar else [])]
    said = ("multipart/alternative", forms)
    assert structure(message) == (("multipart/mixed", [said, *["application/pdf"] * files]) if files else said)


def test_the_same_letter_has_the_same_bytes() -> None:
    files = [Attachment("a.txt", b"x", "text/plain")]

    assert composed(attachments=files, calendar=(b"x", "REQUEST")) == composed(
        attachments=files, calendar=(b"x", "REQUEST")
    )


def test_the_same_key_has_the_same_id_and_another_key_another() -> None:
    assert message_id("a", "v.example") == message_id("a", "v.example")
    assert message_id("a", "v.example") != message_id("b", "v.example")
    assert re.fullmatch(r"<[0-9a-f]{32}@v\.example>", message_id("a", "v.example"))


@pytest.mark.parametrize(
    "email",
    ["", "no-at-sign", "a@", "@b.example", "a b@c.example", "đ@b.example", "a@đ.example", "a@b.example, c@d.example"],
)
def test_an_unusable_address_is_refused_by_name(email: str) -> None:
    with pytest.raises(Refused, match="Ban Thường vụ"):
        composed(to=Contact(HOST.name, email))


@given(
    subject=st.text(min_size=1, max_size=150).filter(one_line),
    name=st.text(max_size=90),
    file=st.text(min_size=1, max_size=60).filter(one_line),
)
@example(subject="x\r\nBcc: x@y.example", name='"\r\nBcc: <x@y.example>, ', file='a"\r\nX: y;b.docx')
@example(subject="=?utf-8?q?Bcc=3A?= x", name="=?utf-8?q?x?=", file="đ")
@example(subject="a " * 70, name="Ban " * 20, file="chữ " * 14)
@example(subject="0", name="", file="<>")
@settings(max_examples=150, deadline=None)
def test_no_text_from_outside_can_add_a_header_or_lose_a_letter(subject: str, name: str, file: str) -> None:
    raw = composed(subject, to=Contact(name, HOST.email), attachments=[Attachment(file, b"x", "text/plain")])
    message = read(raw)

    assert {key for key, _ in message.items()} == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
        "Content-Type",
    }  # fmt: skip
    assert decoded_addresses(raw) == [(one_line(name), HOST.email)]
    assert message["Subject"] == one_line(subject)
    # Python's reader takes marks of quotation around a name away, and pointed brackets for such marks.
    assert next(iter(message.iter_attachments())).get_filename() == unquote(one_line(file)).strip()


def test_exchange_is_asked_for_no_answers_but_tells_what_is_not_delivered_and_who_is_away() -> None:
    """“All”, “DR” or “NDR” would keep back the report that a letter did not arrive, “OOF” that somebody is absent."""
    header = read(composed("x"))["X-Auto-Response-Suppress"]

    assert {one.strip() for one in header.split(",")} == {"AutoReply", "RN", "NRN"}
