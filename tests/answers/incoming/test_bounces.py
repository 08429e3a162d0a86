"""A letter that came back: the ledger says so, a visit that cannot do without it stops, a person looks at the rest."""

import pytest

from answers.incoming import acting
from answers.incoming.acting import act
from answers.letters import resend
from config.settings import settings
from database import outbox, visits
from database.engine import reading, writing
from database.models import AuditRow, DocumentRow
from domain.incoming import FailedRecipient, MailKind, MailState
from domain.outcome import Done, Waiting
from domain.wait import Wait
from overview.beside_letters import beside_letters
from overview.given_back import gave_back_lately
from tasks.letters.deliver import LetterReturned, judge, recover
from tasks.letters.sending import send_queued
from tests.desk import Desk
from tests.letter_that_went import CC, TO, letter_of, states, wanted
from tests.mail_that_came import FULL, NO_SUCH_USER, absence, bounce, came, deal_with, store
from tests.may import OFFICER
from tests.tasks.conftest import Mailbox, mailbox  # noqa: F401 - a real mail server


@pytest.mark.parametrize(("reported_as", "whom"), [(CC, "refused copy"), ("bi-thu@bien-hoa.example", "addressee")])
def test_a_report_that_holds_half_of_the_letter_is_about_whom_it_names_if_the_letter_went_there(
    sent: Desk, reported_as: str, whom: str
) -> None:
    """Else what the server wrote is another name of the one whom the letter was for."""
    said = FailedRecipient(TO, True, NO_SUCH_USER, reported_as)
    before = wanted(sent)

    deal_with(came(MailKind.BOUNCE, "mailer-daemon@bien-hoa.example", failed=(said,)), letter_of(sent))

    is_copy = whom == "refused copy"
    assert states(sent)[1:] == (("sent", "refused") if is_copy else ("refused", "sent"))
    assert wanted(sent) - before == 1, "the visit looks, and stops for the addressee alone"


def test_a_letter_that_must_arrive_and_came_back_calls_its_visit(sent: Desk) -> None:
    before = wanted(sent)

    outcome = deal_with(bounce(TO), letter_of(sent))

    assert states(sent) == ("refused", "refused", "sent")
    letter = letter_of(sent)
    assert (letter.called, letter.told) == ("đã trả lại", f"{TO} (đã trả lại), {CC}")
    assert letter.addressee.reply == NO_SUCH_USER
    assert letter.addressee.returned_at is not None
    assert letter.sent_at is None, "it has not gone: what runs from then runs from the next sending"
    assert (outcome.state, wanted(sent)) == (MailState.DONE, before + 1)
    assert "trả lại (không có hộp thư này)" in outcome.words
    assert "sửa địa chỉ rồi gửi lại" in outcome.words


def test_the_visit_stops_and_nobody_sends_it_again_unasked(sent: Desk) -> None:
    """Called by the report and not by a person, the run says why it stops."""
    deal_with(bounce(TO), letter_of(sent))
    recover(sent.visit.id)

    assert states(sent)[1] == "refused"
    with pytest.raises(LetterReturned, match=r"bị trả lại .không có hộp thư này.: sửa địa chỉ") as stopped:
        judge(sent.visit.id, send_queued(sent.visit.id))
    assert TO in str(stopped.value)


def test_a_copy_that_came_back_is_shown_and_stops_nothing(sent: Desk) -> None:
    before = wanted(sent)

    outcome = deal_with(bounce((CC, "552 5.2.2 over quota")), letter_of(sent))

    assert states(sent) == ("partly", "sent", "refused")
    assert letter_of(sent).called == "đã gửi, bản đồng gửi bị trả lại"
    assert (outcome.state, wanted(sent)) == (MailState.DONE, before + 1)
    assert isinstance(judge(sent.visit.id, send_queued(sent.visit.id)), Done), "it looks, and goes on waiting"
    assert "hộp thư đầy" in outcome.words


def test_a_server_that_still_tries_stands_beside_the_letter_and_stops_nothing(sent: Desk) -> None:
    before = wanted(sent)

    outcome = deal_with(bounce((TO, FULL), for_good=False), letter_of(sent))

    assert (outcome.state, states(sent), wanted(sent)) == (MailState.DONE, ("sent", "sent", "sent"), before)
    (line,) = notes(sent)
    assert line.startswith(f"máy chủ nơi nhận của {TO} vẫn đang thử, báo lần cuối")
    assert FULL in line

    deal_with(bounce(TO), letter_of(sent))
    assert notes(sent) == [], "what is for good is stronger than what was said before"
    assert states(sent)[0] == "refused"


def notes(desk: Desk) -> list[str]:
    with reading(settings().database) as session:
        letters = outbox.of_visit(session, desk.visit.id)
        return [line.text for lines in beside_letters(session, letters).values() for line in lines]


def test_a_letter_that_was_given_up_came_back_whatever_the_reason(sent: Desk) -> None:
    """A full mailbox is no server that still tries; whose servers do is not in the report (`inbox.bounce`)."""
    said = came(
        MailKind.BOUNCE, "mailer-daemon@tinh-uy.example",
        failed=(FailedRecipient(TO, False, FULL), FailedRecipient(CC, True, NO_SUCH_USER)),
    )  # fmt: skip

    deal_with(said, letter_of(sent))

    assert states(sent) == ("refused", "refused", "refused")
    assert notes(sent) == []  # nobody tries a letter any more that came back


def test_a_visit_is_called_although_a_person_must_look_at_another_address_of_the_report(sent: Desk) -> None:
    before = wanted(sent)

    outcome = deal_with(bounce(TO, "rieng@noi-khac.example"), letter_of(sent))

    assert (outcome.state, wanted(sent)) == (MailState.OPEN, before + 1)
    with pytest.raises(LetterReturned):
        judge(sent.visit.id, send_queued(sent.visit.id))


def test_what_belongs_to_no_letter_is_for_a_person(sent: Desk) -> None:
    outcome = deal_with(bounce("ai-do@noi-khac.example"), None)
    assert states(sent) == ("sent", "sent", "sent")
    assert (outcome.state, outcome.words) == (
        MailState.OPEN, "không rõ thư nào bị trả lại: ai-do@noi-khac.example",
    )  # fmt: skip


def test_of_a_visit_that_is_over_the_ledger_says_so_and_a_person_is_asked(sent: Desk) -> None:
    """No run is left that could stop: a result notice comes back after the last step."""
    with writing(settings().database) as session:
        visit = visits.find(session, sent.key)
        visit.state, visit.closed_at = "closed", visit.opened_at
    before = wanted(sent)

    outcome = deal_with(bounce(TO), letter_of(sent))

    assert (outcome.state, states(sent)[0], wanted(sent)) == (MailState.OPEN, "refused", before)
    assert "đã kết thúc" in outcome.words


def test_a_visit_that_waits_to_hear_whether_a_letter_went_is_called_when_it_comes_back(desk: Desk) -> None:
    """An invitation holds nothing up once it is known that it did not arrive."""
    desk.until_issued()
    (invitation, *_others) = desk.letters("invitation")
    with writing(settings().database) as session:
        row = outbox.locked(session, invitation.id)
        assert row is not None
        outbox.move(session, row, "sent", "uncertain")
    parked = judge(desk.visit.id, send_queued(desk.visit.id))
    assert isinstance(parked, Waiting)
    assert parked.wait is Wait.LETTER_RESOLUTION
    before = wanted(desk)

    deal_with(bounce(invitation.addressee.address), invitation)

    assert wanted(desk) == before + 1
    assert isinstance(judge(desk.visit.id, send_queued(desk.visit.id)), Done)


def test_the_contacts_know_who_gave_letters_back_lately(sent: Desk) -> None:
    deal_with(bounce(TO, (CC, "552 5.3.4 too big")), letter_of(sent))
    with reading(settings().database) as session:
        lately = gave_back_lately(session)
    assert {address: one.reason for address, one in lately.items()} == {
        TO: "không có hộp thư này", CC: "thư quá lớn",
    }  # fmt: skip
    sent.set_clock(2024, 6, 30)
    with reading(settings().database) as session:
        assert gave_back_lately(session) == {}


def test_the_mailbox_gets_it_once_more_after_the_word_of_a_person(sent: Desk, mailbox: Mailbox) -> None:  # noqa: F811
    """A real mail server; the copy, which has it, gets nothing."""
    letter = letter_of(sent)
    deal_with(bounce(TO), letter)
    resend(letter.id, OFFICER)
    send_queued(sent.visit.id)

    assert states(sent) == ("sent", "sent", "sent")
    assert mailbox.received() == {TO: 1}
    assert letter_of(sent).addressee.returned_at is None
    assert letter_of(sent).sent_at == sent.set_clock(2024, 3, 3, 9)


def test_an_act_that_breaks_off_leaves_all_as_it_was(sent: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """kill -9 before the commit: the message is new, the letter is sent, and the next look does it once."""

    def killed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    number = store(bounce(TO), letter_of(sent))
    with monkeypatch.context() as patch:
        patch.setattr(acting.incoming, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            act(number)
    assert states(sent)[0] == "sent"

    assert act(number) is not None
    assert states(sent)[0] == "refused"
    assert act(number) is None


def test_of_what_bears_a_mark_the_record_says_only_what_kind_of_message_came(sent: Desk) -> None:
    """A20: who is away, and who declines, is known of a marked visit to nobody whom it does not concern."""
    with writing(settings().database) as session:
        session.query(DocumentRow).filter_by(visit_id=sent.visit.id).update({"secrecy": "Mật"})
    deal_with(absence("ai-do@bien-hoa.example", "Nguyễn Văn Kín"), letter_of(sent))

    with reading(settings().database) as session:
        said = [f"{row.what} {row.details}" for row in session.query(AuditRow).filter_by(visit_id=sent.visit.id)]
    assert any(line.startswith("thư đến: báo vắng mặt {") for line in said)
    assert not any("Kín" in line for line in said)
