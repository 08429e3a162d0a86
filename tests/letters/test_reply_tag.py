"""The address to which people reply says which letter is answered, and nobody but the office can make it."""

from datetime import date
from email import message_from_bytes
from email.policy import default

import pytest

from config.settings import Inbox, Settings, settings, use
from domain.dates import at
from domain.plan import Contact
from letters.masked import copy_for_information
from letters.message import compose
from letters.reply_tag import holds, reply_address, tag_of, tags_in
from letters.wording import Wording

LETTER, OTHER = "<5f0c3a9b12deaa@visits.example>", "<5f0c3a9b12deab@visits.example>"
_DAY = date(2024, 3, 1)
SENDER, INBOX = "ban-to-chuc@dong-nai.example", "hop-thu@dong-nai.example"


@pytest.fixture
def tagged(home: Settings) -> Settings:
    """An office whose server takes `name+tag@…`."""
    return use(home.model_copy(update={"inbox": Inbox(host="imap.example", address=INBOX, tagged=True)}))


def set_inbox(**options: object) -> None:
    use(settings().model_copy(update={"inbox": Inbox(host="imap.example", **options)}))  # type: ignore[arg-type]


@pytest.mark.usefixtures("tagged")
def test_the_tag_of_a_letter_is_known_again_whatever_a_server_does_with_its_case() -> None:
    address = reply_address(LETTER, SENDER)

    ((piece, seal),) = tags_in((address.upper(), address))
    assert address.startswith("hop-thu+5f0c3a9b12de-")
    assert LETTER.startswith(f"<{piece}")
    assert holds(LETTER, seal)


@pytest.mark.usefixtures("tagged")
def test_a_tag_holds_for_its_own_letter_alone_and_a_made_up_one_for_none() -> None:
    ((piece, seal),) = tags_in((reply_address(LETTER, SENDER),))
    assert not holds(OTHER, seal)
    assert not any(holds(LETTER, seal[:place] + "7" + seal[place + 1 :]) for place in range(16) if seal[place] != "7")
    assert tags_in((f"hop-thu+{piece}@x.example", "hop-thu+danh-sach@x.example", "hop-thu@x.example")) == []


def test_another_secret_makes_other_tags(tagged: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tag_of(LETTER)
    monkeypatch.setattr("letters.reply_tag.secret", lambda _name: "another-secret-of-another-office")
    assert (tagged.inbox.tagged, tag_of(LETTER) == before) == (True, False)


def test_without_an_inbox_a_letter_says_nothing_of_answers(home: Settings) -> None:
    assert home.inbox.host == ""
    assert reply_address(LETTER, SENDER) == ""


@pytest.mark.usefixtures("home")
def test_an_inbox_without_tags_is_named_only_where_it_is_not_the_sender() -> None:
    set_inbox(address=INBOX)
    assert reply_address(LETTER, SENDER) == INBOX
    set_inbox()
    assert reply_address(LETTER, SENDER) == ""


@pytest.mark.usefixtures("home")
def test_an_address_without_room_for_a_tag_goes_without_it() -> None:
    long = f"{'a' * 50}@dong-nai.example"
    set_inbox(address=long, tagged=True)
    assert reply_address(LETTER, SENDER) == long


@pytest.mark.usefixtures("tagged")
def test_a_letter_and_its_copy_without_keys_say_both_where_answers_go() -> None:
    office = Contact("Ban Tổ chức Tỉnh ủy", SENDER)
    words = Wording("[KH73/2024][T05] Đề nghị", "Trả lời tại https://x.example/tra-loi/abcdefghijklmnop")
    address = reply_address(LETTER, SENDER)
    raw = compose(sender=office, to=office, wording=words, message_id=LETTER, date=at(_DAY, 8), reply_to=address)

    for one in (raw, copy_for_information(raw)):
        read = message_from_bytes(one, policy=default)
        assert read["Reply-To"].addresses[0].addr_spec == address
        assert read["Reply-To"].addresses[0].display_name == "Ban Tổ chức Tỉnh ủy"
