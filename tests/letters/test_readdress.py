"""A refused letter with a corrected address is the same letter to somebody else."""

from collections.abc import Sequence
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32

import pytest

from domain.dates import at
from domain.plan import Contact
from letters.message import Attachment, compose
from letters.readdress import readdress
from letters.wording import Wording

OFFICE = Contact("Ban Tổ chức Tỉnh ủy", "van-thu@office.example")
OLD = Contact("Ban Thường vụ Đảng ủy Tổng Công ty Cao su Đồng Nai", "sai@old.example")
NEW = Contact("Ban Thường vụ Huyện ủy Nhơn Trạch", "dung@new.example")
MOMENT = at(date(2024, 1, 3), 8)


@pytest.mark.parametrize(("before", "after"), [((), ()), ((OLD,), (NEW, OFFICE)), ((OLD,), ())])
def test_only_the_addresses_change(before: Sequence[Contact], after: Sequence[Contact]) -> None:
    raw = compose(
        sender=OFFICE, to=OLD, cc=before, wording=Wording("Đề nghị danh sách", "Kính gửi: …\n\nTo: giữ nguyên\n"),
        message_id="<abc@visits.example>", date=MOMENT,
        attachments=[Attachment("đề nghị.docx", b"PK", "application/zip")],
    )  # fmt: skip
    old, new = (message_from_bytes(one, policy=compat32) for one in (raw, readdress(raw, NEW, after, MOMENT)))
    assert NEW.email in new["To"]
    assert str(make_header(decode_header(new["To"]))).startswith(NEW.name)
    assert [one.email in (new["Cc"] or "") for one in after] == [True] * len(after)
    assert b"old.example" not in new.as_bytes()
    kept = {name: value for name, value in old.items() if name not in ("To", "Cc")}
    assert {name: value for name, value in new.items() if name not in ("To", "Cc")} == kept
    assert [part.get_payload() for part in new.walk() if not part.is_multipart()] == [
        part.get_payload() for part in old.walk() if not part.is_multipart()
    ]
