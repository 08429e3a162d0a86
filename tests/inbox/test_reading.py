"""One message is read whole, in the order of the rules, and never raises."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.incoming import MailKind, MailReading, Trust
from domain.record import to_data
from inbox.reading import read_mail
from tests.inbox.mail_shapes import LETTER_ID, OWN, shapes

HEAD = b"From: An <an@huyenuy.example>\nTo: btc@tinhuy.example\nSubject: =?utf-8?B?RGFuaCBzw6FjaA==?=\n"


def kind(raw: bytes) -> MailKind:
    return read_mail(raw, OWN, "").kind


def assert_storable(reading: MailReading) -> None:
    """As JSON in any database: no halves of surrogates, no NUL."""
    assert "\\u0000" not in json.dumps(to_data(reading))
    json.dumps(to_data(reading), ensure_ascii=False).encode()


def test_an_answer_is_read_with_all_that_it_says() -> None:
    raw = HEAD + (
        f"Cc: Vanthu@huyenuy.example\nDelivered-To: btc+abc@tinhuy.example\nMessage-ID: <1@huyenuy.example>\n"
        f"In-Reply-To: {LETTER_ID}\nReferences: <0@tinhuy.example> {LETTER_ID}\n\nXin gửi.\n> Đề nghị gửi.\n"
    ).encode()  # fmt: skip

    reading = read_mail(raw, OWN, "")

    assert (reading.kind, reading.sender, reading.sender_name) == (MailKind.ANSWER, "an@huyenuy.example", "An")
    assert (reading.subject, reading.message_id, reading.text) == ("Danh sách", "<1@huyenuy.example>", "Xin gửi.")
    assert reading.refers_to == (LETTER_ID, "<0@tinhuy.example>")
    assert reading.addressed_to == ("btc@tinhuy.example", "vanthu@huyenuy.example", "btc+abc@tinhuy.example")
    assert (reading.trust, reading.fault) == (Trust.UNKNOWN, "")


def test_a_bounce_wins_over_an_absence() -> None:
    report = next(shape.raw for shape in shapes("bounces_report") if "Postfix, người dùng" in shape.name)

    assert (
        kind(b"X-Autoreply: yes\n" + report.replace(b"It's attached", b"I am out of the office. Attached"))
        == MailKind.BOUNCE
    )


def test_a_machine_s_sign_wins_over_an_attachment() -> None:
    listed = next(shape.raw for shape in shapes("people") if "đang đi công tác" in shape.name.lower())

    assert kind(listed) == MailKind.ANSWER
    assert kind(b"Auto-Submitted: auto-replied\n" + listed) == MailKind.ABSENCE


def test_our_own_mail_that_comes_back_is_nobody_s_answer() -> None:
    assert kind(b"From: BTC@tinhuy.example\nSubject: x\n\nDanh s\xc3\xa1ch") == MailKind.AUTOMATIC


def test_a_notice_of_our_own_about_a_bounce_is_no_bounce() -> None:
    raw = "From: btc@tinhuy.example\nAuto-Submitted: auto-generated\nSubject: Thư bị trả lại\n\n550 không tồn tại\n"

    assert kind(raw.encode()) == MailKind.AUTOMATIC


def test_an_answer_through_a_list_is_known_by_the_domain_of_our_message_ids() -> None:
    """Which need not be that of the office's addresses."""
    raw = HEAD + b"List-Id: <ban@huyenuy.example>\nIn-Reply-To: <5f0c@visits.example>\n\nXin gui.\n"

    assert read_mail(raw, OWN, "").kind == MailKind.AUTOMATIC
    assert read_mail(raw, OWN, "", mail_domain="visits.example").kind == MailKind.ANSWER


def test_a_warning_about_our_own_mailbox_is_no_bounce_of_any_letter() -> None:
    raw = "Return-Path: <>\nFrom: he-thong@tinhuy.example\nSubject: Dung lượng\n\nHộp thư của đồng chí đã dùng 90%.\n"

    reading = read_mail(raw.encode(), OWN, "")

    assert (reading.kind, reading.failed) == (MailKind.AUTOMATIC, ())


def test_too_large_a_message_is_named_with_its_sender_and_not_taken_apart() -> None:
    reading = read_mail(HEAD + b"\n" + b"x" * 2_000_000, OWN, "", megabytes=1)

    assert (reading.kind, reading.sender, reading.subject) == (MailKind.UNREADABLE, "an@huyenuy.example", "Danh sách")
    assert reading.fault == "thư lớn 2 MB, quá mức 1 MB"


@pytest.mark.parametrize("raw", [b"", b"\n", b"\0\xff", b"khong phai thu", bytes(range(256)) * 4, b"\r\n\r\nx"])
def test_what_is_no_message_is_said_to_be_none(raw: bytes) -> None:
    reading = read_mail(raw, OWN, "")

    assert reading.kind == MailKind.UNREADABLE
    assert reading.fault


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000))
def test_no_bytes_raise(raw: bytes) -> None:
    for message in (raw, HEAD + raw, b"From: mailer-daemon@x\nMessage-ID: <" + raw + b">\nTo: " + raw):
        assert_storable(read_mail(message, OWN, "mx.tinhuy.example"))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(shapes()), st.data())
def test_no_message_that_was_damaged_on_its_way_raises(shape: object, data: st.DataObject) -> None:
    raw = bytearray(shape.raw)  # type: ignore[attr-defined]  # hypothesis does not tell the type on
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))

    assert_storable(read_mail(bytes(raw), OWN, "mx.tinhuy.example"))


@pytest.mark.parametrize("name", ["Zimbra kiểu VNPT", "Trạng thái ghi bằng base64", "base64", "Lotus Notes tiếng Việt"])
def test_a_message_cut_off_anywhere_is_read_or_said_to_be_broken(name: str) -> None:
    raw = next(shape.raw for shape in shapes() if name.lower() in shape.name.lower())

    kinds = {read_mail(raw[:cut], OWN, "").kind for cut in range(len(raw))}

    assert kinds >= {MailKind.UNREADABLE, read_mail(raw, OWN, "").kind}


def test_every_shape_cut_off_at_random_is_read() -> None:
    chance = random.Random(18)
    for shape in shapes():
        for _ in range(4):
            read_mail(shape.raw[: chance.randrange(len(shape.raw))], OWN, "mx")
