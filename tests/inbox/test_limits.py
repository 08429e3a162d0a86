"""What goes beyond the limits is named before it is taken apart."""

import pytest

from domain.incoming import MailKind
from inbox import limits
from inbox.reading import read_mail

HEAD = b"From: an@huyenuy.example\nMIME-Version: 1.0\n"
MULTIPART = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (MULTIPART + b"--b\n\nx\n" * 100_000, "thư có quá nhiều phần, quá mức 1000 phần"),
        (MULTIPART + b"--b\n\nx\n" * 1_500, "thư có quá nhiều phần, quá mức 1000 phần"),
        (HEAD + b"X-A: " + b"a" * 10_000_000 + b"\n\nx", "phần đầu thư quá dài, quá mức 512 KB"),
        (b"X-A: a\n" * 100_000 + b"\nx", "phần đầu thư quá dài, quá mức 512 KB"),
        (HEAD + b"Content-Type: message/rfc822\n\n" * 1_000, "thư có quá nhiều phần lồng nhau, quá mức 60"),
        (HEAD + b"\n" + b"\n" * 700_000, "thư có quá nhiều dòng, quá mức 600000 dòng"),
        (HEAD + b"\n" + b"\r" * 700_000, "thư có quá nhiều dòng, quá mức 600000 dòng"),
    ],
)
def test_it_is_said_what_there_is_too_much_of(raw: bytes, fault: str) -> None:
    reading = read_mail(raw, frozenset(), "")

    assert (reading.kind, reading.fault) == (MailKind.UNREADABLE, fault)


def test_parts_as_deep_as_may_be_are_read() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (deep, deep) for deep in range(58))

    assert read_mail(HEAD + nested + b"\nXin gui.", frozenset(), "").text == "Xin gui."


def test_headers_are_cut_at_their_limit() -> None:
    reading = read_mail(
        HEAD + b"To: " + b"a@b.example, " * 30_000 + b"\nSubject: " + b"x" * 100_000 + b"\n\n", frozenset(), ""
    )

    assert reading.addressed_to == ("a@b.example",)
    assert len(reading.subject) == 500


def test_of_too_many_files_the_first_are_read_and_the_rest_is_said() -> None:
    part = b"--b\nContent-Type: application/pdf; name=a.pdf\n\nx\n"
    reading = read_mail(MULTIPART + part * 60 + b"--b--\n", frozenset(), "")

    assert (len(reading.files), reading.fault) == (limits.FILES, "thư có 60 tệp, chỉ đọc 50 tệp đầu")


def test_a_long_text_is_kept_up_to_its_limit() -> None:
    assert len(read_mail(HEAD + b"\n" + b"chu " * 200_000, frozenset(), "").text) == limits.TEXT_LETTERS


def test_a_calendar_of_thousands_of_entries_gives_no_more_than_its_limit() -> None:
    entry = b"BEGIN:VEVENT\nUID:%d\nATTENDEE;PARTSTAT=ACCEPTED:mailto:an@huyenuy.example\nEND:VEVENT\n"
    body = b"BEGIN:VCALENDAR\nMETHOD:REPLY\n" + b"".join(entry % number for number in range(500)) + b"END:VCALENDAR\n"
    reading = read_mail(HEAD + b"Content-Type: text/calendar\n\n" + body, frozenset(), "")

    assert len(reading.calendar) == limits.ENTRIES
