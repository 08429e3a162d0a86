"""Refused letters go again: to today's address, to nobody who has them, and not when they are out of date (0013)."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from answers.contacts import change_contacts
from answers.letters import resend, resend_all
from config.settings import settings
from database import outbox, plans
from database.engine import reading, writing
from database.models import AuditRow, LetterRow, VisitRow
from database.record.check import faults
from domain.plan import Contact
from domain.problem import Refused
from tests.desk import Desk
from tests.letter_states import put
from tests.mail_that_came import bounce, deal_with
from tests.may import OFFICER
from tests.opened_mail import mail

TO = "ban-thuong-vu@bien-hoa.example"
CC = "ban-to-chuc@bien-hoa.example"
LEADERS = "lanh-dao-ban@ban-to-chuc.example"


def refused(desk: Desk, *states: str, purpose: str = "nomination_request") -> LetterRow:
    """That letter, with its recipients in these states."""
    with writing(settings().database) as session:
        letter = session.query(LetterRow).filter_by(purpose=purpose, visit_id=desk.visit.id, recipient="host").one()
        put(letter, *states)
        return letter


def correct(section: str, changes: Mapping[str, str]) -> None:
    """The contacts of today have other addresses."""
    with reading(settings().database) as session:
        _plan, contacts = plans.read(session, 2024)
        newest = plans.current(session, 2024)
    table = dict(getattr(contacts, section))
    table |= {key: Contact(table[key].name, email) for key, email in changes.items()}
    assert newest
    change_contacts(2024, replace(contacts, **{section: table}), OFFICER, seen=newest.version)


def test_a_refused_letter_goes_again_to_todays_address_under_the_same_message_id(desk: Desk) -> None:
    desk.until_asked()
    before = refused(desk, "refused")
    correct("standing_boards", {"bien_hoa": "moi@bien-hoa.example"})

    assert resend(before.id, OFFICER) == desk.visit.id

    (letter,) = desk.letters()
    assert letter.addresses == ["moi@bien-hoa.example", CC, LEADERS]
    assert letter.states == ["queued", "queued", "queued"]
    assert (letter.message_id, letter.resolved_by) == (before.message_id, OFFICER.name)
    assert "moi@bien-hoa.example" in str(mail(letter)["To"])
    assert mail(letter)["Message-ID"] == mail(before)["Message-ID"]


def test_who_has_it_keeps_his_address_and_gets_nothing(desk: Desk) -> None:
    desk.until_asked()
    before = refused(desk, "sent", "refused", "sent")
    correct("standing_boards", {"bien_hoa": "moi@bien-hoa.example"})
    correct("organisation_boards", {"bien_hoa": "cung-moi@bien-hoa.example"})

    resend(before.id, OFFICER)

    (letter,) = desk.letters()
    assert [(one.address, one.state) for one in letter.recipients] == [
        (TO, "sent"), ("cung-moi@bien-hoa.example", "queued"), (LEADERS, "sent"),
    ]  # fmt: skip
    assert TO in str(mail(letter)["To"])
    assert "cung-moi@bien-hoa.example" in str(mail(letter)["Cc"])


def test_a_corrected_address_that_has_it_as_a_copy_does_not_get_it_twice(desk: Desk) -> None:
    desk.until_asked()
    before = refused(desk, "refused", "sent")
    correct("standing_boards", {"bien_hoa": CC})

    resend(before.id, OFFICER)

    (letter,) = desk.letters()
    assert (letter.state, letter.states) == ("sent", ["sent", "sent", "sent"])


def test_an_addressee_who_gave_it_back_has_it_since_his_mailbox_got_the_copy(desk: Desk) -> None:
    """The host's days run from then, and not from nowhere."""
    desk.until_asked()
    went = desk.set_clock(2024, 3, 1, 9)
    desk.postman_calls()
    (sent,) = desk.letters()
    desk.set_clock(2024, 3, 3)
    deal_with(bounce(TO), sent)
    assert desk.letters()[0].sent_at is None
    correct("standing_boards", {"bien_hoa": CC})

    resend(sent.id, OFFICER)

    (letter,) = desk.letters()
    assert (letter.state, letter.sent_at, letter.addressee.settled_at) == ("sent", went, went)
    assert letter.addressee.returned_at is None


def test_two_that_become_one_mailbox_are_one_recipient(desk: Desk) -> None:
    desk.until_asked()
    before = refused(desk, "refused", "refused", "sent")
    correct("standing_boards", {"bien_hoa": CC})

    resend(before.id, OFFICER)

    (letter,) = desk.letters()
    assert [(one.place, one.address, one.state) for one in letter.recipients] == [
        (0, CC, "queued"), (2, LEADERS, "sent"),
    ]  # fmt: skip
    assert CC not in str(mail(letter)["Cc"])


@pytest.mark.parametrize("failed", [True, False])
def test_a_run_that_failed_for_want_of_it_is_started_again(failed: bool, desk: Desk) -> None:
    desk.until_asked()
    letter = refused(desk, "refused")
    with writing(settings().database) as session:
        session.get_one(VisitRow, desk.visit.id).trouble = "Máy chủ thư từ chối một thư" if failed else None

    resend(letter.id, OFFICER)

    assert desk.visit.rerun_by == (OFFICER.name if failed else None)


def test_the_record_says_who_sent_it_again_and_where_to(desk: Desk) -> None:
    """P7."""
    desk.until_asked()
    letter, wanted = refused(desk, "refused"), desk.visit.wake_wanted

    resend(letter.id, OFFICER)

    assert desk.visit.wake_wanted == wanted + 1
    with reading(settings().database) as session:
        (line,) = session.query(AuditRow).filter_by(what="gửi lại thư bị từ chối").all()
        assert (line.who, line.details) == (OFFICER.name, {"letter": letter.id, "to": [TO, CC, LEADERS]})
        assert [one for one in faults(session, settings()) if not one.warning] == []


def test_an_inspectors_letter_never_goes_to_another_who_took_his_place(desk: Desk) -> None:
    """It brings a link of his own."""
    desk.until_met()
    letter = desk.letters("findings_request", "inspector:1")[0]
    with writing(settings().database) as session:
        put(session.get_one(LetterRow, letter.id), "refused")
    with reading(settings().database) as session:
        _plan, contacts = plans.read(session, 2024)
        newest = plans.current(session, 2024)
    assert newest
    others = (Contact("Người Khác", "khac@to-cong-tac.example"), *contacts.inspectors[1:])
    change_contacts(2024, replace(contacts, inspectors=others), OFFICER, seen=newest.version)

    resend(letter.id, OFFICER)

    assert desk.letters("findings_request", "inspector:1")[0].addresses == letter.addresses


@pytest.mark.parametrize("states", [("sent",), ("queued",), ("uncertain",), ("held",), ("withheld",), ("withdrawn",)])
def test_a_letter_that_nobody_refused_does_not_go_again(states: tuple[str, ...], desk: Desk) -> None:
    desk.until_asked()
    letter = refused(desk, *states)

    with pytest.raises(Refused, match="không nơi nào từ chối"):
        resend(letter.id, OFFICER)

    assert set(desk.letters()[0].states) == set(states)


def test_a_letter_that_a_newer_one_has_overtaken_stays(desk: Desk) -> None:
    desk.until_asked()
    letter = refused(desk, "refused")
    with writing(settings().database) as session:
        session.add(
            LetterRow(
                visit_id=letter.visit_id, purpose=letter.purpose, recipient=letter.recipient, revision=2,
                message_id="<2@x>", sender=letter.sender, subject="x", raw=letter.raw, queued_at=letter.queued_at,
                recipients=outbox.recipients([TO], "sent"), state="sent",
            )
        )  # fmt: skip

    with pytest.raises(Refused, match="đã có bản mới hơn"):
        resend(letter.id, OFFICER)


# All at once


def invitations_refused() -> list[int]:
    with writing(settings().database) as session:
        letters = session.query(LetterRow).filter_by(purpose="invitation").all()
        for letter in letters:
            put(letter, "refused")
        return [letter.id for letter in letters]


def test_six_invitations_that_were_refused_go_again_at_once(desk: Desk) -> None:
    """None of them must arrive; the server has been mended."""
    desk.until_issued()
    numbers = invitations_refused()

    done = resend_all(None, OFFICER)

    assert (list(done.letters), done.left) == (numbers, ())
    assert {letter.state for letter in desk.letters("invitation")} == {"queued"}
    assert resend_all(None, OFFICER).letters == ()


def test_those_of_a_visit_that_is_over_stay_until_somebody_names_it(desk: Desk) -> None:
    """Its invitations and reminders are out of date as a rule."""
    desk.until_issued()
    numbers = invitations_refused()
    with writing(settings().database) as session:
        session.get_one(VisitRow, desk.visit.id).state = "closed"

    done = resend_all(None, OFFICER)
    assert done.letters == ()
    assert len(done.left) == len(numbers)
    assert "đã kết thúc" in str(done.left[0])

    assert list(resend_all(desk.visit.id, OFFICER).letters) == numbers
