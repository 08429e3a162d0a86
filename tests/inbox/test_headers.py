"""Headers are read as they are written by many programs, and forged by some people."""

import time
from email.message import Message

import pytest

from inbox import headers
from inbox.parts import parse


def message(text: str | bytes) -> Message:
    return parse(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        ("An <An@HuyenUy.example>", "an@huyenuy.example", "An"),
        ('"Nguyễn, Văn An" <an@x.example>', "an@x.example", "Nguyễn, Văn An"),
        ("=?utf-8?Q?Nguy=E1=BB=85n?= <an@x.example>", "an@x.example", "Nguyễn"),
        ("an@x.example (Văn An)", "an@x.example", "Văn An"),
        ("an@x.example", "an@x.example", "an@x.example"),
        ('"tinhuy@x.example" <ke.gian@y.example>', "ke.gian@y.example", "tinhuy@x.example"),
        ("tinhuy@x.example <ke.gian@y.example>", "ke.gian@y.example", "tinhuy@x.example"),
        ("An\r\n <an@x.example>", "an@x.example", "An"),
        ("=?bogus?Q?x?= <an@x.example>", "an@x.example", "x"),
        ("=?utf-8?B?####?= <an@x.example>", "an@x.example", ""),
        ("An", "", "An"),
        ('"An <an@x.example>', "", '"An <an@x.example>'.strip('"')),
        ("<>", "", ""),
    ],
)
def test_the_sender_is_the_address_that_a_server_would_answer(written: str, address: str, name: str) -> None:
    found = headers.sender(message(f"From: {written}\n\n"))

    assert found[0] == address
    assert found[1] == name


def test_bare_letters_of_vietnamese_are_read_in_utf_8_and_in_that_of_windows() -> None:
    assert headers.header(message("Subject: Danh sách\n\n"), "Subject") == "Danh sách"
    assert headers.header(message(b"Subject: B\xe1o c\xe1o\n\n"), "Subject") == "Báo cáo"


def test_no_line_break_or_mark_of_direction_comes_out_of_a_header() -> None:
    subject = headers.header(message("Subject: =?utf-8?Q?a=0D=0ABcc:_x=E2=80=AEfdp.exe?=\n\n"), "Subject")

    assert subject == "a Bcc: xfdp.exe"


def test_two_encoded_words_are_one_text() -> None:
    words = "Subject: =?utf-8?Q?Danh_s=C3=A1ch_?=\n =?utf-8?Q?gi=E1=BB=9Bi_thi=E1=BB=87u?=\n\n"

    assert headers.header(message(words), "Subject") == "Danh sách giới thiệu"


@pytest.mark.parametrize(
    ("written", "read"),
    [("<1@x>", "<1@x>"), ("1@x", "<1@x>"), ("  <1@x> (x)", "<1@x>"), ("", ""), ("hai chu", "")],
)
def test_a_message_id_has_its_brackets(written: str, read: str) -> None:
    assert headers.message_id(message(f"Message-ID: {written}\n\n")) == read


def test_the_nearest_letter_of_a_thread_stands_first() -> None:
    found = headers.refers_to(message("References: <1@x> <2@x>\n <3@x>\nIn-Reply-To: <3@x>\n\n"))

    assert found == ("<3@x>", "<2@x>", "<1@x>")


def test_two_senders_are_not_one() -> None:
    assert headers.one_sender(message("From: An <an@x.example>\n\n"))
    assert not headers.one_sender(message("From: an@x.example, binh@x.example\n\n"))
    assert not headers.one_sender(message("From: an@x.example\nFrom: binh@x.example\n\n"))
    assert not headers.one_sender(message("From: an@x.example <binh@x.example>\n\n"))


@pytest.mark.parametrize("piece", ['"\\"', '"', '\\"', "(", '"a\\', "<"])
def test_a_header_of_marks_that_never_end_costs_what_its_length_costs(piece: str) -> None:
    """Sixteen times the length takes sixteen times as long, and not 256 times; the least of a few tries counts."""
    short, long = (_least(piece * length) for length in (500, 8_000))

    assert long < 80 * short


def _least(value: str) -> float:
    of = parse(f"Subject: x\nX-None: {'x' * 20}\n\n".encode())
    of["From"] = of["To"] = value
    return min(_seconds(of) for _ in range(5))


def _seconds(of: Message) -> float:
    headers._sender_in.cache_clear()
    begun = time.process_time()
    headers.sender(of), headers.one_sender(of), headers.addressed_to(of)
    return time.process_time() - begun
