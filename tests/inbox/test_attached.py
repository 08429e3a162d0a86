"""The files of a message are numbered, named harmlessly, and given out one by one."""

import base64
import hashlib

import pytest

from domain.problem import Refused
from inbox.attached import file_in
from inbox.reading import read_mail

LIST = b"PK\x03\x04 danh sach"


def mail(*parts: str) -> bytes:
    inner = "".join(f"--b\n{part}\n" for part in parts)
    return f"From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n{inner}--b--\n".encode()


def attached(head: str) -> str:
    return f"{head}\nContent-Transfer-Encoding: base64\n\n{base64.b64encode(LIST).decode()}"


def names(*parts: str) -> list[str]:
    return [file.name for file in read_mail(mail(*parts), frozenset(), "").files]


def test_a_file_has_its_number_name_type_size_and_hash() -> None:
    raw = mail("Content-Type: text/plain\n\nXin gui.", attached('Content-Type: application/pdf; name="a.pdf"'))

    (file,) = read_mail(raw, frozenset(), "").files

    assert (file.number, file.name, file.mime_type, file.size) == (1, "a.pdf", "application/pdf", len(LIST))
    assert file.sha256 == hashlib.sha256(LIST).hexdigest()
    assert file_in(raw, file.number) == LIST


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('Content-Type: application/x; name="=?utf-8?B?ZGFuaCBzw6FjaC54bHN4?="', "danh sách.xlsx"),
        ("Content-Disposition: attachment; filename*=UTF-8''danh%20s%C3%A1ch.xlsx", "danh sách.xlsx"),
        ('Content-Disposition: attachment; filename="danh sách.xlsx"', "danh sách.xlsx"),
        ('Content-Disposition: attachment; filename="../../etc/passwd"', "passwd"),
        ('Content-Disposition: attachment; filename="C:\\\\thu muc\\\\a.xlsx"', "a.xlsx"),
        ("Content-Disposition: attachment; filename*=UTF-8''a%0D%0AX%3A%20y%E2%80%AEfdp.xlsx", "a X: yfdp.xlsx"),
        ("Content-Type: application/pdf", "tep-1.pdf"),
        ("Content-Type: image/jpeg\nContent-Disposition: inline", "tep-1.jpg"),
        (f'Content-Type: application/x; name="{"a" * 400}.xlsx"', "a" * 115 + ".xlsx"),
    ],
)
def test_its_name_is_one_harmless_line(head: str, name: str) -> None:
    assert names(attached(head)) == [name]


def test_words_calendars_signatures_and_logos_are_no_files() -> None:
    parts = (
        "Content-Type: text/html\n\n<p>x</p>",
        "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nEND:VCALENDAR",
        attached("Content-Type: application/pkcs7-signature; name=smime.p7s"),
        attached("Content-Type: image/png; name=logo.png\nContent-ID: <1>"),
    )

    assert names(*parts) == []


def test_a_text_with_a_name_and_a_message_are_files() -> None:
    parts = ('Content-Type: text/plain; name="a.csv"\n\n1;2', "Content-Type: message/rfc822\n\nSubject: x\n\nThư cũ")
    raw = mail(*parts)

    assert names(*parts) == ["a.csv", "tep-2.eml"]
    assert "Thư cũ" in file_in(raw, 2).decode()


def test_a_number_that_no_file_has_is_refused() -> None:
    with pytest.raises(Refused, match="tệp số 2"):
        file_in(mail(attached("Content-Type: application/pdf")), 2)


def test_what_outlook_packs_and_what_is_encrypted_is_said() -> None:
    packed = read_mail(mail(attached("Content-Type: application/ms-tnef; name=winmail.dat")), frozenset(), "")
    sealed = read_mail(b"From: a@x.example\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nx", frozenset(), "")

    assert packed.fault.startswith("tệp winmail.dat của Outlook không mở được")
    assert sealed.fault.startswith("thư được mã hóa")
