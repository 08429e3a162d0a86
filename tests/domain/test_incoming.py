"""What is read in a message: whose letter came back, and what is said of it in words (R62, P26)."""

import pytest

from domain.incoming import Attending, FailedRecipient, MailKind, MailReading, MailState, MatchedBy, Trust

ADDRESSES = ("Huyen-Uy@Tan-Phu.example", "ban-to-chuc@tan-phu.example")


@pytest.mark.parametrize(
    ("address", "reported_as", "meant"),
    [
        ("huyen-uy@tan-phu.example", "", "Huyen-Uy@Tan-Phu.example"),  # as it stands in the letter
        (" HUYEN-UY@tan-phu.example ", "", "Huyen-Uy@Tan-Phu.example"),
        ("khac@noi-khac.example", "", ""),
        ("khac@noi-khac.example", " Ban-To-Chuc@tan-phu.example", "ban-to-chuc@tan-phu.example"),
        ("huyen-uy@tan-phu.example", "ban-to-chuc@tan-phu.example", "ban-to-chuc@tan-phu.example"),
        ("huyen-uy@tan-phu.example", "khac@noi-khac.example", "Huyen-Uy@Tan-Phu.example"),
    ],
)
def test_the_address_of_a_report_is_found_among_those_of_the_letter(address: str, reported_as: str, meant: str) -> None:
    failed = FailedRecipient(address, True, "550 5.1.1 user unknown", reported_as)
    assert failed.among(ADDRESSES) == meant


def test_every_value_that_rows_keep_has_its_words() -> None:
    for values in (MailKind, MailState, MatchedBy, Trust, Attending):
        words = [one.called for one in values]
        assert all(words)
        assert len({*words}) == len(words)


def test_of_a_message_nothing_is_believed_that_nobody_read_in_it() -> None:
    reading = MailReading(MailKind.ANSWER, "a@b.example", "A", "Trả lời", "<1@b.example>")
    assert (reading.trust, reading.text, reading.fault, reading.back_on) == (Trust.UNKNOWN, "", "", None)
    assert (reading.refers_to, reading.failed, reading.calendar, reading.files) == ((), (), (), ())
