"""Which letter a message is about: the surest of three ways, and nobody is believed where two of them differ."""

from dataclasses import replace

import pytest

from answers.incoming.matching import Match, match, own_addresses, who_writes
from config.settings import Inbox, settings, use
from database import visits
from database.engine import reading, writing
from database.models import LetterRow
from domain.incoming import Attending, CalendarAnswer, MailKind, MailReading, MatchedBy
from letters.invitation import uid
from letters.masked import copy_id
from letters.reply_tag import tag_of
from tests.desk import Desk
from tests.letter_states import put

FROM_HOST = MailReading(MailKind.ANSWER, "ban-thuong-vu@bien-hoa.example", "", "Danh sách", "<1@bien-hoa.example>")
OTHER = "2024-02/nhon_trach"


@pytest.fixture
def letter(desk: Desk) -> LetterRow:
    """May's request, which went out."""
    desk.until_asked()
    return desk.letters()[0]


@pytest.fixture
def of_another_visit(letter: LetterRow) -> LetterRow:
    """A letter like it of February's visit."""
    with writing(settings().database) as session:
        visit = visits.find(session, OTHER)
        same = ("purpose", "recipient", "revision", "sender", "subject", "raw", "queued_at")
        other = LetterRow(
            visit_id=visit.id,
            message_id="<0000aaaa1111bbbb@visits.example>",
            **{name: getattr(letter, name) for name in same},
        )
        session.add(other)
    return other


def found(message: MailReading) -> Match:
    """What is believed; at what it points beside that has tests of its own."""
    with reading(settings().database) as session:
        return replace(match(session, message), points_at=frozenset())


def points_at(message: MailReading) -> frozenset[int]:
    with reading(settings().database) as session:
        return match(session, message).points_at


def answer_to_entry(*uids: str) -> MailReading:
    answers = tuple(CalendarAnswer(one, 0, "dai-dien@x.example", Attending.ACCEPTED) for one in uids)
    return replace(FROM_HOST, kind=MailKind.CALENDAR, calendar=answers)


def test_an_answer_from_a_calendar_is_matched_by_the_name_of_our_entry(letter: LetterRow) -> None:
    entry = uid("2024-05/bien_hoa", 2, "visits.example")
    assert found(answer_to_entry(entry.upper())) == Match(None, letter.visit_id, MatchedBy.CALENDAR)
    answered = replace(answer_to_entry(entry), refers_to=(letter.message_id,))
    assert found(answered) == Match(letter.id, letter.visit_id, MatchedBy.REPLY)


@pytest.mark.parametrize(
    "entry", ["2024_05_bien_hoa-2@khac.example", "2024_05_khong_co-2@visits.example", "x", "", "-@"]
)
@pytest.mark.usefixtures("letter")
def test_an_entry_of_somebody_else_matches_nothing(entry: str) -> None:
    assert found(answer_to_entry(entry)) == Match()


def test_entries_of_two_visits_or_of_another_than_the_letter_are_a_doubt(letter: LetterRow) -> None:
    ours, other = (uid(key, 1, "visits.example") for key in ("2024-05/bien_hoa", OTHER))
    doubt = Match(doubt="thư chỉ tới nhiều đợt khác nhau")
    assert found(answer_to_entry(ours, other)) == doubt
    assert found(replace(answer_to_entry(other), refers_to=(letter.message_id,))) == doubt


def test_whatever_is_pointed_at_is_known_even_where_nothing_is_believed(
    letter: LetterRow, of_another_visit: LetterRow
) -> None:
    both = {letter.visit_id, of_another_visit.visit_id}
    (address,) = tagged(letter)
    forged = address.replace(address.partition("-")[2].partition("-")[2][:4], "aaaa")

    assert points_at(replace(FROM_HOST, addressed_to=(forged,))) == {letter.visit_id}
    assert points_at(replace(FROM_HOST, addressed_to=tagged(letter, of_another_visit))) == both
    assert points_at(answer_to_entry(uid(OTHER, 1, "visits.example"))) == {of_another_visit.visit_id}
    assert points_at(replace(FROM_HOST, subject="[KH73/2024][T05]")) == {letter.visit_id}
    other_month = replace(FROM_HOST, refers_to=(letter.message_id,), subject="[KH73/2024][T02]")
    assert points_at(other_month) == both


def test_a_subject_adds_nothing_to_the_letter_that_is_believed(letter: LetterRow) -> None:
    assert points_at(replace(FROM_HOST, refers_to=(letter.message_id,), subject="[KH73/2024][T05]")) == {
        letter.visit_id
    }


def tagged(*letters: LetterRow) -> tuple[str, ...]:
    return tuple(f"hop-thu+{tag_of(one.message_id)}@dong-nai.example" for one in letters)


def test_the_letter_that_is_answered_is_known_by_its_message_id_and_so_is_a_copy(letter: LetterRow) -> None:
    for answered in (letter.message_id, copy_id(letter.message_id)):
        message = replace(FROM_HOST, refers_to=("<la@x.example>", answered))
        assert found(message) == Match(letter.id, letter.visit_id, MatchedBy.REPLY)


def test_of_several_letters_in_a_thread_the_nearest_counts(letter: LetterRow, of_another_visit: LetterRow) -> None:
    message = replace(FROM_HOST, refers_to=(letter.message_id, of_another_visit.message_id))
    assert found(message).letter_id == letter.id


def test_a_tag_in_the_address_finds_the_letter_whatever_its_case(letter: LetterRow) -> None:
    (address,) = tagged(letter)
    message = replace(FROM_HOST, addressed_to=("ai-do@x.example", address.upper()))
    assert found(message) == Match(letter.id, letter.visit_id, MatchedBy.TAG)


def test_a_forged_tag_matches_nothing_even_beside_a_letter_that_is_answered(letter: LetterRow) -> None:
    (address,) = tagged(letter)
    forged = address.replace(address.partition("-")[2].partition("-")[2][:4], "aaaa")
    message = replace(FROM_HOST, refers_to=(letter.message_id,), addressed_to=(forged,))
    assert found(message) == Match(doubt="mã trong địa chỉ nhận không do dịch vụ này tạo ra")


def test_two_letters_of_different_visits_match_nothing(letter: LetterRow, of_another_visit: LetterRow) -> None:
    doubt = Match(doubt="thư chỉ tới nhiều đợt khác nhau")
    by_reply_and_tag = replace(FROM_HOST, refers_to=(letter.message_id,), addressed_to=tagged(of_another_visit))
    assert found(by_reply_and_tag) == doubt
    assert found(replace(FROM_HOST, addressed_to=tagged(letter, of_another_visit))) == doubt


def test_the_tag_of_a_subject_finds_the_visit_and_no_letter(letter: LetterRow) -> None:
    message = replace(FROM_HOST, subject="RE: [KH73/2024][T05] Danh sách")
    assert found(message) == Match(None, letter.visit_id, MatchedBy.SUBJECT)


@pytest.mark.parametrize(
    "subject", ["[KH74/2024][T05] x", "[KH73/2023][T05] x", "[KH73/2024] x", "[KH73/2024][T13] x", "T05 2024", ""]
)
@pytest.mark.usefixtures("letter")
def test_a_subject_that_is_not_ours_finds_nothing(subject: str) -> None:
    assert found(replace(FROM_HOST, subject=subject)) == Match()


def test_a_subject_of_another_month_than_the_letter_that_is_answered_is_a_doubt(letter: LetterRow) -> None:
    """An old thread is taken up for something new: which of the two is meant, a person sees."""
    message = replace(FROM_HOST, refers_to=(letter.message_id,), subject="[KH73/2024][T06] Danh sách")
    assert found(message) == Match(doubt="mã trong tiêu đề là của tháng khác với thư được trả lời")


@pytest.mark.usefixtures("letter")
def test_what_says_nothing_matches_nothing() -> None:
    assert found(FROM_HOST) == Match()


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("Ban-Thuong-Vu@bien-hoa.example ", "host"), ("ban-to-chuc@bien-hoa.example", "organisation_board:bien_hoa"),
        ("ban-thuong-vu@nhon-trach.example", ""), ("la@x.example", ""), ("", ""),
    ],
)  # fmt: skip
def test_who_writes_is_told_by_the_contacts_of_the_visit(address: str, who: str, letter: LetterRow) -> None:
    with reading(settings().database) as session:
        assert who_writes(session, visits.get(session, letter.visit_id), address) == who


def test_who_has_got_a_letter_of_the_visit_is_known_beside_the_contacts(letter: LetterRow) -> None:
    with writing(settings().database) as session:
        row = session.get_one(LetterRow, letter.id)
        put(row, "sent")
        row.recipient, row.recipients[0].address = "guest:1", "khach@x.example"
    with reading(settings().database) as session:
        assert who_writes(session, visits.get(session, letter.visit_id), "KHACH@x.example") == "guest:1"


@pytest.mark.usefixtures("letter")
def test_the_office_knows_its_own_addresses() -> None:
    use(settings().model_copy(update={"inbox": Inbox(address="Hop-Thu@x.example")}))
    with reading(settings().database) as session:
        own = own_addresses(session, settings().inbox.address, "van-thu")
    assert "hop-thu@x.example" in own
    assert len(own) == 2
