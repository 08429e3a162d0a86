"""Where the record stood is written outside the database, and read again as it was (0027)."""

from email import message_from_bytes
from email.policy import default

import pytest

from config.settings import Settings, settings
from database import audit, service_notes
from database.engine import reading, writing
from database.holding import RESTORED
from database.record.heads import FILE, Head, Occasion, head_of_letter, heads_kept, keep_head, read_head
from database.record.key import own_key
from database.restored import keep_head_of_record
from domain.letters_and_documents import RECORD_HEADER
from letters.masked import masked_letter
from tests.desk import Desk


def kept() -> list[Head]:
    return [head for _number, head in heads_kept(settings()) if head]


def keep(occasion: Occasion = Occasion.DAY) -> None:
    with reading(settings().database) as session:
        keep_head(session, settings(), occasion)


def test_a_head_says_how_far_the_record_has_come_once_a_day_and_whenever_it_has_grown(office: Settings) -> None:
    keep()
    keep(Occasion.STOP)
    with writing(office.database) as session:
        audit.note(session, "ai đó", "việc gì")
        own = audit.settled(session)
    keep(Occasion.ARCHIVE)

    first, second = kept()
    assert (f"{first.day}", first.occasion, first.lines, first.hash) == ("2024-01-03", "day", *own)
    assert (second.occasion, second.lines) == ("archive", first.lines + 1)
    assert all(head.is_sealed_by(own_key()) and read_head(str(head)) == head for head in (first, second))
    assert (office.folder / FILE).read_text("utf-8").startswith("# Đầu sổ nhật ký")


def test_an_empty_record_has_no_head(home: Settings) -> None:
    from database.schema import prepare

    prepare(home.database)
    keep()

    assert kept() == []


def test_while_a_restore_waits_for_a_look_nothing_is_written_down(office: Settings) -> None:
    with writing(office.database) as session:
        service_notes.note(session, RESTORED, "bản khôi phục")
        keep_head_of_record(session, office, Occasion.DAY)

    assert kept() == []


@pytest.mark.parametrize(
    "text", ["", "x", "2024-01-03 day x y z w", "2024-01-03 feast 1 a b c", "2024-13-01 day 1 a b c"]
)
def test_what_is_no_head_is_none(text: str) -> None:
    assert read_head(text) is None


def test_the_letter_of_an_issued_document_carries_the_head_and_no_other_letter_does(desk: Desk) -> None:
    """A header that no mail program shows; the words of the letter are the office's."""
    desk.until_signed()

    (notice,) = desk.letters("selection_notice", "host")
    head = head_of_letter(notice.raw)

    assert head
    assert head.occasion is Occasion.LETTER
    assert head.is_sealed_by(own_key())
    assert head_of_letter(masked_letter(notice.raw)) == head, "an archive keeps it"
    header = notice.raw.partition(b"\r\n\r\n")[0]
    assert max(len(line) for line in header.split(b"\r\n")) <= 100
    carrying = {one.purpose for one in desk.letters() if head_of_letter(one.raw)}
    assert carrying == {"nomination_request", "selection_notice", "group_notice", "invitation"}
    body = message_from_bytes(notice.raw, policy=default).get_body(("plain",))
    assert body
    assert head.hash not in body.get_content()
    assert RECORD_HEADER.startswith("X-")
