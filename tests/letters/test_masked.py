"""Who only looks at a letter does not get the key of its link; a letter without one is left as it went out."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from letters.masked import MASK, masked, masked_letter

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
