"""What to do about a refused letter follows from what the mail server said."""

import pytest

from letters.refusal import advice


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("550 5.1.1 <a@b.example>: Recipient address rejected: User unknown", "sửa địa chỉ"),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", "sửa địa chỉ"),
        ("553 địa chỉ không hợp lệ", "sửa địa chỉ"),
        ("550 no such user", "sửa địa chỉ"),
        ("554 5.4.4 unable to route", "sửa địa chỉ"),
        ("552 5.2.2 mailbox full", "hộp thư đầy, gọi nơi nhận"),
        ("452 4.2.2 over quota", "hộp thư đầy, gọi nơi nhận"),
        ("550 5.2.1 mailbox disabled", "hộp thư không còn dùng"),
        ("552 5.3.4 Message size exceeds fixed limit", "thư quá lớn"),
        ("552 message too large", "thư quá lớn"),
        ("550 5.7.1 blocked by policy, 550 5.1.1", "máy chủ từ chối theo chính sách, báo quản trị"),
        ("550 5.1.8 sender rejected", "máy chủ không nhận địa chỉ người gửi"),
        ("554 5.6.0 content refused", "máy chủ không nhận nội dung thư"),
        ("554 transaction failed", "xem câu trả lời của máy chủ"),
        ("599 9.9.9 from 10.5.1.1", "xem câu trả lời của máy chủ"),
        ("4.4.7 delivery time expired", "chờ máy chủ nơi nhận"),
        ("550 5.4.7 delivery time expired", "chờ máy chủ nơi nhận"),
        ("5.4.1 Recipient address rejected: Access denied", "sửa địa chỉ"),
        ("421 4.7.0 Too many connections from your host", "chờ máy chủ nơi nhận"),
        ("451 greylisted", "chờ máy chủ nơi nhận"),
        ("450 4.1.1 unverified address", "sửa địa chỉ"),
        ("Connection timed out", "chờ máy chủ nơi nhận"),
        ("", "xem câu trả lời của máy chủ"),
        (None, "xem câu trả lời của máy chủ"),
    ],
)
def test_the_advice_fits_the_code(reply: str | None, said: str) -> None:
    assert advice(reply).startswith(said)
