"""What a person says about a message: what it is about, that nothing is to be done; a stale page never wins."""

import pytest

from answers.answering import Giver
from answers.incoming.acting import act
from answers.incoming.assigning import assign, seen_of, set_aside, take_back
from answers.incoming.storing import NOT_KEPT
from answers.incoming.suggesting import known_as, suggested
from answers.nominations import nominate
from config.settings import settings
from database.engine import reading, writing
from database.models import DocumentRow
from domain.incoming import MailState, MatchedBy
from domain.nomination import Nominations
from domain.plan import Plan
from domain.problem import Overtaken, Refused
from tests.desk import Desk
from tests.incoming import HOST_ADDRESS, came, row_of
from tests.letter_that_went import TO, letter_of, states, wanted
from tests.mail_that_came import bounce, store
from tests.may import COMPLETE, MAY, OFFICER
from tests.web.lists import ROW, filled_form

OTHER = Giver("Bùi Thị Khác", "desk")


@pytest.fixture
def stray(desk: Desk, plan: Plan) -> int:
    """A list of which nobody knows what it answers; the host of May waits to be heard."""
    desk.until_asked()
    desk.postman_calls()
    desk.set_clock(2024, 3, 20, 9)
    desk.go_on()
    number = came([("danh-sach.xlsx", "application/x", filled_form(plan, ROW))], visit="")
    act(number)
    return number


def seen(number: int) -> str:
    return seen_of(row_of(number))


def test_assigned_it_is_a_proposal_of_that_visit_and_answers_the_letter_to_its_sender(desk: Desk, stray: int) -> None:
    outcome = assign(stray, MAY, OFFICER, looked_at=seen(stray))

    row = row_of(stray)
    assert outcome.words.startswith("kèm danh sách 01 tổ chức đảng")
    assert (row.visit_id, row.matched_by, row.state) == (desk.visit.id, MatchedBy.PERSON, MailState.OPEN)
    assert row.letter_id == max(one.id for one in desk.letters() if HOST_ADDRESS in one.addresses)


def test_of_two_who_assign_it_the_second_is_told(desk: Desk, stray: int) -> None:
    assert desk.key == MAY
    before = seen(stray)
    assign(stray, MAY, OFFICER, looked_at=before)

    with pytest.raises(Overtaken, match="đã có thay đổi"):
        assign(stray, "2024-02/nhon_trach", OTHER, looked_at=before)
    assert row_of(stray).visit_id == desk.visit.id


def test_a_visit_that_is_not_there_changes_nothing(stray: int) -> None:
    with pytest.raises(Refused):
        assign(stray, "2024-11/khong_co", OFFICER, looked_at=seen(stray))
    assert row_of(stray).visit_id is None


def test_what_was_set_aside_can_be_taken_back(stray: int) -> None:
    set_aside(stray, "Thư quảng cáo", OFFICER, looked_at=seen(stray))
    aside = row_of(stray)
    assert (aside.state, aside.outcome, aside.settled_by) == (MailState.ASIDE, "Thư quảng cáo", OFFICER.name)
    with pytest.raises(Overtaken, match="đã để riêng thư này"):
        assign(stray, MAY, OTHER, looked_at=seen(stray))

    take_back(stray, OTHER, looked_at=seen(stray))

    assert (row_of(stray).state, row_of(stray).settled_by) == (MailState.OPEN, None)


def test_a_list_taken_from_it_settles_it_once(desk: Desk, stray: int) -> None:
    assign(stray, MAY, OFFICER, looked_at=seen(stray))
    listed = Nominations(COMPLETE, desk.today)
    nominate(MAY, listed, Giver(OFFICER.name, "mail", stray), seen=0)

    row = row_of(stray)
    assert (row.state, row.outcome) == (MailState.DONE, "nhận danh sách giới thiệu từ thư này")
    with pytest.raises(Overtaken, match="đã xử lý thư này"):
        nominate(MAY, listed, Giver(OTHER.name, "mail", stray), seen=1)
    assert len(desk.answers("nominations")) == 1
    assert desk.answers("nominations")[0].source == "mail"


def test_it_is_no_answer_of_another_unit(desk: Desk, stray: int) -> None:
    with pytest.raises(Refused, match="không được xếp vào đợt này"):
        nominate(MAY, Nominations(COMPLETE, desk.today), Giver(OFFICER.name, "mail", stray), seen=0)
    assert desk.answers("nominations") == []
    assert row_of(stray).state == MailState.OPEN


def test_a_sender_is_known_by_the_contacts_and_what_waits_for_him_is_offered_first(desk: Desk, stray: int) -> None:
    assert stray
    with reading(settings().database) as session:
        known = known_as(session, HOST_ADDRESS.upper())
        offered = suggested(session, known)

        assert [one.name for one in known] == ["Ban Thường vụ Thành ủy Biên Hòa"]
        assert (offered[0].visit.key, offered[0].why) == (desk.key, "đang chờ người gửi")
        assert known_as(session, "nguoi-la@noi-khac.example") == ()
        assert suggested(session, ()) == ()


def test_a_report_without_a_letter_is_about_the_newest_letter_that_went_to_its_address(sent: Desk) -> None:
    """Its sender is a machine, to which nobody wrote."""
    number = store(bounce(TO), None)
    act(number)

    outcome = assign(number, sent.key, OFFICER, looked_at=seen(number))

    assert (row_of(number).letter_id, outcome.state) == (letter_of(sent).id, MailState.DONE)
    assert states(sent)[1] == "refused"


def test_a_report_keeps_its_letter_when_a_person_says_what_it_is_about(sent: Desk) -> None:
    number = store(bounce("rieng@noi-khac.example"), letter_of(sent))
    act(number)

    outcome = assign(number, sent.key, OFFICER, looked_at=seen(number))

    assert (row_of(number).letter_id, outcome.state) == (letter_of(sent).id, MailState.OPEN)


def test_a_report_that_a_person_assigns_calls_its_visit_only_where_a_letter_came_back(sent: Desk) -> None:
    before = wanted(sent)
    delay = store(bounce((TO, "452 4.2.2 mailbox full"), for_good=False), None)
    act(delay)
    assign(delay, sent.key, OFFICER, looked_at=seen(delay))
    assert (row_of(delay).state, wanted(sent)) == (MailState.DONE, before)

    report = store(bounce(TO), None)
    act(report)
    assign(report, sent.key, OFFICER, looked_at=seen(report))
    assert wanted(sent) == before + 1


def mark(desk: Desk) -> None:
    with writing(settings().database) as session:
        session.query(DocumentRow).filter_by(visit_id=desk.visit.id).update({"secrecy": "MẬT"})


def test_of_a_message_that_is_put_beside_a_marked_visit_no_word_and_no_file_stays(desk: Desk, stray: int) -> None:
    """A20; the message itself lies in the office's inbox."""
    mark(desk)

    outcome = assign(stray, MAY, OFFICER, looked_at=seen(stray))

    row = row_of(stray)
    assert (row.raw, row.subject, row.reading["text"], row.reading["files"]) == (None, NOT_KEPT, "", [])
    assert (row.state, outcome.words) == (MailState.OPEN, "chỉ giữ trong hộp thư của cơ quan: mở ở đó, rồi nhập thay")


def test_of_a_message_that_became_the_answer_of_a_marked_visit_no_word_stays(desk: Desk, stray: int) -> None:
    assign(stray, MAY, OFFICER, looked_at=seen(stray))
    mark(desk)

    nominate(MAY, Nominations(COMPLETE, desk.today), Giver(OFFICER.name, "mail", stray), seen=0)

    row = row_of(stray)
    assert (row.state, row.raw, row.reading["text"]) == (MailState.DONE, None, "")
