"""Names in the head of a letter are read whole, however the mail library has cut them into encoded words."""

from email.message import EmailMessage

import pytest

from letters.message import MAIL
from letters.people import named, people_in

LONG = "Ban Thường vụ Thành ủy Biên Hòa, tỉnh Đồng Nai, nhiệm kỳ 2020-2025"


@pytest.mark.parametrize("length", range(20, len(LONG)))
def test_a_name_of_any_length_is_read_as_it_was_written(length: int) -> None:
    name = LONG[:length].strip().replace(",", "")
    message = EmailMessage(policy=MAIL)
    message["To"] = f'"{name}" <a@don-vi.example>'
    assert people_in(message.as_bytes()) == {"a@don-vi.example": name}


def test_copies_follow_the_addressee_and_an_address_alone_names_itself() -> None:
    message = EmailMessage(policy=MAIL)
    message["To"], message["Cc"] = "a@don-vi.example", "Ủy ban <b@don-vi.example>"
    found = people_in(message.as_bytes())
    assert list(found.items()) == [("a@don-vi.example", "a@don-vi.example"), ("b@don-vi.example", "Ủy ban")]
    assert named(found) == "a@don-vi.example, Ủy ban <b@don-vi.example>"
