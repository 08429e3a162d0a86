"""Who only looks at a letter does not get the key of its link; a letter without one is left as it went out."""

import re
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from domain.dates import at
from domain.plan import Contact
from letters.masked import MASK, copy_for_information, masked, masked_letter
from letters.message import Attachment, compose
from letters.wording import Wording

TOKEN = "eyJpZCI6MX0.Zk3vXg.q-2_0bW~7=="
LINK = f"https://tra-loi.example/tra-loi/{TOKEN}"


def letter(text: str) -> EmailMessage:
    """A letter with a file, as it goes to the mail server."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = "a@office.example", "b@host.example", "Đề nghị gửi danh sách"
    made.set_content(text)
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    return made


def test_the_key_is_covered_and_every_other_word_stays() -> None:
    text = f"Kính gửi: …\nTrả lời tại {LINK}\nTrân trọng."

    assert masked(text) == f"Kính gửi: …\nTrả lời tại https://tra-loi.example/tra-loi/{MASK}\nTrân trọng."
    assert masked("xem /tra-loi của hướng dẫn") == "xem /tra-loi của hướng dẫn"


def test_a_letter_with_a_link_keeps_head_and_files() -> None:
    raw = letter(f"Trả lời tại {LINK}").as_bytes()

    covered = message_from_bytes(masked_letter(raw), policy=SMTP)

    assert isinstance(covered, EmailMessage)
    assert TOKEN.encode() not in masked_letter(raw)
    body = covered.get_body(("plain",))
    assert body
    assert MASK in str(body.get_content())
    assert covered["Subject"] == "Đề nghị gửi danh sách"
    assert [part.get_filename() for part in covered.iter_attachments()] == ["a.pdf"]


def test_a_letter_without_a_link_is_the_very_same() -> None:
    raw = letter("Kính gửi: …").as_bytes()

    assert masked_letter(raw) == raw


def as_it_goes(*attachments: Attachment) -> bytes:
    """A letter as the service writes it, with many copies, a long subject and a link."""
    copies = [Contact(f"Ban Tổ chức Đảng ủy phường Mẫu số {number}", f"p{number}@host.example") for number in range(6)]
    copies.append(
        Contact("Van phong Dang uy cac co quan Dang tinh, noi nhan ban sao cong van", "van-phong@host.example")
    )
    subject = "[2024-05][bien_hoa] Đề nghị thông báo danh sách tổ chức đảng, thời gian, địa điểm sinh hoạt Đảng"
    return compose(
        sender=Contact("Ban Tổ chức Tỉnh ủy", "a@office.example"), to=Contact("Thành ủy Biên Hòa", "b@host.example"),
        cc=copies, wording=Wording(subject, f"Kính gửi: Ban Thường vụ\n\nTrả lời tại\n{LINK}\n"),
        message_id="<5f@office.example>", date=at(date(2024, 3, 1), 7), attachments=attachments,
        record="12 " + "ab" * 60,
    )  # fmt: skip


def headers(raw: bytes) -> dict[bytes, bytes]:
    """Each header with all its lines, by its name; those of the text itself are not among them."""
    head = raw.partition(b"\r\n\r\n")[0] + b"\r\n"
    found = re.findall(rb"(?m)^([^\s:]+):([^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*)", head)
    return dict(found)


def test_a_copy_differs_from_the_letter_in_its_key_and_its_id_alone() -> None:
    """Every other header has the same bytes, so that no mail program shows the copy under other names."""
    for files in ((), (Attachment("giấy.pdf", b"%PDF-", "application/pdf"),)):
        letter_of_addressee = as_it_goes(*files)
        copy = copy_for_information(letter_of_addressee)
        before, after = headers(letter_of_addressee), headers(copy)

        assert b"Cc" in before
        assert after.pop(b"Message-ID") == b" <5f.ban-sao@office.example>\r\n"
        assert before.pop(b"Message-ID") == b" <5f@office.example>\r\n"
        assert after == before
        assert copy.isascii(), "a server that knows no 8BITMIME takes it"
        assert TOKEN.encode() not in copy
        assert b"Content-Transfer-Encoding: 8bit" not in copy


def test_a_copy_says_every_word_but_the_key() -> None:
    read = message_from_bytes(copy_for_information(as_it_goes()), policy=SMTP)

    assert isinstance(read, EmailMessage)
    text, page = read.get_body(("plain",)), read.get_body(("html",))
    assert text
    assert page
    link = f"https://tra-loi.example/tra-loi/{MASK}"
    assert text.get_content().splitlines()[-1] == link
    assert f'<a href="{link}">{link}</a>' in page.get_content()
    assert str(read["Subject"]).endswith("thời gian, địa điểm sinh hoạt Đảng")


def test_no_part_of_a_covered_letter_has_the_key() -> None:
    raw = as_it_goes(Attachment("giấy.pdf", b"%PDF-", "application/pdf"))

    for covered in (masked_letter(raw), copy_for_information(raw)):
        parts = [part for part in message_from_bytes(covered).walk() if not part.is_multipart()]
        contents = [bytes(part.get_payload(decode=True)) for part in parts]
        assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "application/pdf"]
        assert [content.count(MASK.encode()) for content in contents] == [1, 2, 0]
        assert not any(TOKEN.encode() in content for content in contents)
