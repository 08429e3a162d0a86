"""Monday's letter: once for each Monday and leader who wants it, with the very forms, and nothing that is secret."""

from email import message_from_bytes
from email.policy import default

import pytest

from answers.accounts import add, wish_weekly
from answers.letters import resend
from config.settings import settings, use
from database import accounts, outbox, visits
from database.engine import reading, writing
from database.models import DocumentRow, LetterRow
from domain.obligation import Kind, Obligation
from domain.problem import Refused
from tasks.asking import weekly
from tasks.asking.weekly import tell_leaders
from tasks.letters.sending import send_queued
from tests.desk import Desk
from tests.may import OFFICER
from tests.tasks.conftest import Mailbox
from tests.web.conftest import PASSWORD, _quick_hashes  # noqa: F401 - hashes as quick as in the tests of the desk

LEADER_MAIL = "lanh-dao-ban@ban-to-chuc.example"


@pytest.fixture
def choosing(desk: Desk, mailbox: Mailbox) -> Desk:
    """May's visit waits for the choice of a leader, who wants the letter; what was written before has gone."""
    assert mailbox.messages() == []
    desk.until_listed()
    desk.postman_calls()
    wants("lanh-dao", "Trần Thị Minh Họa", LEADER_MAIL)
    return desk


def wants(login: str, name: str, email: str, *roles: str, wanted: bool = True) -> int:
    with writing(settings().database) as session:
        row = add(session, login, name, roles or ("leader",), PASSWORD, "thử", email=email, must_change=False)
        if wanted:
            wish_weekly(session, row.id, name, wanted=True)
        return row.id


def letters() -> list[LetterRow]:
    with reading(settings().database) as session:
        return session.query(LetterRow).filter_by(purpose="leader_week").order_by(LetterRow.id).all()


def words(letter: LetterRow) -> str:
    message = message_from_bytes(letter.raw, policy=default)
    body = message.get_body(("plain",))  # type: ignore[attr-defined]
    return str(body.get_content())


def monday(desk: Desk, hour: int = 7, day: int = 25) -> None:
    """25/3/2024 is a Monday."""
    desk.set_clock(2024, 3, day, hour)


def test_it_says_what_waits_with_the_form_that_answers(choosing: Desk, mailbox: Mailbox) -> None:
    monday(choosing)

    assert tell_leaders() == 1

    (letter,) = letters()
    assert (letter.state, letter.addresses) == ("sent", [LEADER_MAIL])
    assert mailbox.received()[LEADER_MAIL] == 1
    text = words(letter)
    assert "có 01 việc đang chờ đồng chí" in text
    assert "tháng 5/2024 tại Đảng bộ thành phố Biên Hòa: chờ lựa chọn, từ ngày 20/3/2024" in text
    assert f"{settings().desk_url}/chuyen/2024-05/bien_hoa/chon" in text


def test_it_goes_once_however_often_somebody_looks(choosing: Desk, mailbox: Mailbox) -> None:
    monday(choosing)
    assert [tell_leaders() for _ in range(3)] == [1, 0, 0]
    monday(choosing, 15)
    assert tell_leaders() == 0
    monday(choosing, day=26)
    assert tell_leaders() == 0
    choosing.set_clock(2024, 4, 1)
    assert tell_leaders() == 1, "the next Monday has a letter of its own"
    assert mailbox.received()[LEADER_MAIL] == 2


@pytest.mark.parametrize(("day", "hour"), [(24, 9), (25, 6), (25, 18), (26, 9)])
def test_it_goes_on_mondays_between_seven_and_six_alone(choosing: Desk, day: int, hour: int) -> None:
    monday(choosing, hour, day)
    assert tell_leaders() == 0
    assert letters() == []


def test_a_service_that_was_down_in_the_morning_catches_up_until_the_evening(choosing: Desk) -> None:
    monday(choosing, 17)
    assert tell_leaders() == 1


def test_what_comes_after_the_look_of_the_morning_has_letters_of_its_own(desk: Desk, mailbox: Mailbox) -> None:
    assert mailbox.messages() == []
    desk.until_asked()
    wants("lanh-dao", "Trần Thị Minh Họa", LEADER_MAIL)
    desk.set_clock(2024, 3, 18)
    assert tell_leaders() == 0, "nothing waits, and no letter says so"

    desk.nominate()
    desk.go_on()
    desk.set_clock(2024, 3, 18, 10)

    assert tell_leaders() == 0
    assert letters() == []


def test_who_has_not_asked_for_it_gets_none(choosing: Desk) -> None:
    wants("khac", "Người Khác", "khac@ban-to-chuc.example", wanted=False)
    gone = wants("da-nghi", "Người Đã Nghỉ", "nghi@ban-to-chuc.example")
    other = wants("doi-vai", "Người Đổi Vai", "doi@ban-to-chuc.example")
    with writing(settings().database) as session:
        session.get_one(accounts.AccountRow, gone).active = False
        session.get_one(accounts.AccountRow, other).roles = ["clerk"]
    monday(choosing)

    assert tell_leaders() == 1
    assert [letter.addresses for letter in letters()] == [[LEADER_MAIL]]


def test_only_a_leader_with_an_address_may_ask_for_it(desk: Desk) -> None:
    assert desk.visit.id
    for login, email, role in (("khong-thu", "", "leader"), ("van-thu", "vt@ban-to-chuc.example", "clerk")):
        number = wants(login, "Người Thử", email, role, wanted=False)
        with pytest.raises(Refused), writing(settings().database) as session:
            wish_weekly(session, number, "thử", wanted=True)


def test_what_bears_a_mark_is_named_by_unit_and_month_alone(choosing: Desk) -> None:
    with writing(settings().database) as session:
        session.query(DocumentRow).filter_by(visit_id=choosing.visit.id).update({"secrecy": "Mật"})
    monday(choosing)
    assert tell_leaders() == 1

    text = words(letters()[0])

    assert "1. Tháng 5/2024, Biên Hòa: có độ mật, xem ở bàn làm việc" in text
    assert "lựa chọn" not in text
    assert "/chuyen/2024-05" not in text


def test_a_mail_server_that_is_down_is_tried_again_until_the_evening(choosing: Desk, mailbox: Mailbox) -> None:
    monday(choosing)
    mailbox.play("down")
    assert tell_leaders() == 0
    assert [letter.state for letter in letters()] == ["queued"]
    mailbox.mend()
    monday(choosing, 9)
    assert tell_leaders() == 1

    choosing.set_clock(2024, 4, 1)
    mailbox.play("down")
    assert tell_leaders() == 0
    mailbox.mend()
    choosing.set_clock(2024, 4, 2)
    assert tell_leaders() == 0
    assert [letter.state for letter in letters()] == ["sent", "withdrawn"], "on Tuesday nobody needs it"
    assert mailbox.received()[LEADER_MAIL] == 1


def test_who_no_longer_wants_it_gets_none_on_a_later_day_either(choosing: Desk, mailbox: Mailbox) -> None:
    """The only one who wanted it switches it off while it still waits for the mail server."""
    monday(choosing, 9)
    mailbox.play("later", LEADER_MAIL)
    assert tell_leaders() == 0
    switch_off("lanh-dao")
    mailbox.mend()
    monday(choosing, 9, day=28)

    assert tell_leaders() == 0
    (letter,) = letters()
    assert send_queued(letter.visit_id).sent == 0
    assert (letter.state, mailbox.received()[LEADER_MAIL]) == ("withdrawn", 0)


def test_what_was_held_on_monday_is_not_let_go_later(choosing: Desk) -> None:
    use(settings().model_copy(update={"hold_letters": True, "mode": "live"}))
    monday(choosing)
    tell_leaders()
    assert [letter.state for letter in letters()] == ["held"]
    monday(choosing, 18)

    assert tell_leaders() == 0
    assert [letter.state for letter in letters()] == ["withdrawn"]


def test_one_that_was_refused_goes_again_on_its_monday_to_todays_address_and_on_no_other_day(
    choosing: Desk, mailbox: Mailbox
) -> None:
    monday(choosing)
    mailbox.play("refuse", LEADER_MAIL)
    assert tell_leaders() == 0
    mailbox.mend()
    with writing(settings().database) as session:
        session.query(accounts.AccountRow).filter_by(login="lanh-dao").one().email = "moi@ban-to-chuc.example"
    (letter,) = letters()
    resend(letter.id, OFFICER)
    assert letters()[0].addresses == ["moi@ban-to-chuc.example"]

    mailbox.play("refuse", "moi@ban-to-chuc.example")
    assert tell_leaders() == 0
    assert [one.state for one in letters()] == ["refused"]
    monday(choosing, day=26)
    with pytest.raises(Refused, match="chỉ có ích trong ngày"):
        resend(letter.id, OFFICER)
    assert tell_leaders() == 0
    assert [one.state for one in letters()] == ["withdrawn"]


def switch_off(login: str) -> None:
    with writing(settings().database) as session:
        row = session.query(accounts.AccountRow).filter_by(login=login).one()
        wish_weekly(session, row.id, row.name, wanted=False)


def test_a_process_that_dies_after_writing_leaves_it_for_the_next_look(
    choosing: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """kill -9 between the transaction and the mail server."""

    def killed(_visit_id: int) -> object:
        raise KeyboardInterrupt

    monday(choosing)
    with monkeypatch.context() as patch:
        patch.setattr(weekly, "send_queued", killed)
        with pytest.raises(KeyboardInterrupt):
            tell_leaders()
    assert [letter.state for letter in letters()] == ["queued"]

    assert tell_leaders() == 1
    assert len(letters()) == 1


def test_one_that_dies_before_has_written_nothing(choosing: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monday(choosing)
    with monkeypatch.context() as patch:
        patch.setattr(weekly.audit, "note", killed)
        with pytest.raises(KeyboardInterrupt):
            tell_leaders()
    assert letters() == []

    assert tell_leaders() == 1


def test_it_stands_among_the_letters_of_the_years_plan(choosing: Desk) -> None:
    monday(choosing)
    tell_leaders()
    with reading(settings().database) as session:
        plan = visits.of(session, Obligation(Kind.PLAN, 2024))
        assert plan is not None
        assert [one.purpose for one in outbox.of_visit(session, plan.id)] == ["leader_week"]
