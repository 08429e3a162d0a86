"""A công văn or an invitation leaves only with a number: the clerk's, or one of a block that he set aside (F9, F23)."""

from datetime import date

import pytest

from answers.changes import move
from answers.papers import Sheet, issue
from answers.register import set_aside
from config.settings import Numbering, Settings, settings, use
from database import outbox
from database.addressees import host
from database.dossier import open_dossier
from database.engine import reading, writing
from database.models import AuditRow
from database.numbers import Series, register
from domain.dates import at
from domain.letters_and_documents import Purpose
from domain.problem import Refused
from domain.wait import Wait
from tasks.letters.correspondence import write
from tests.desk import Desk
from tests.may import CLERK, FIRST_DAY, OFFICER
from tests.numbering import number_next
from tests.opened_mail import words

CV = Series("BTCTU", "CV", "2020-2025")


@pytest.fixture
def by_itself(office: Settings) -> Settings:
    """An office that lets the service number what asks and invites."""
    return use(office.model_copy(update={"numbering": Numbering(from_blocks=("CV", "GM"))}))


def used(type_code: str = "CV") -> list[int]:
    with reading(settings().database) as session:
        series = Series(CV.organ_code, type_code, CV.term)
        return [entry.number for entry in register(session, series) if entry.state == "used"]


def record() -> list[str]:
    with reading(settings().database) as session:
        return [f"{row.who}: {row.what}" for row in session.query(AuditRow).order_by(AuditRow.id)]


# By the clerk


def test_on_its_day_the_request_waits_for_the_clerk_and_nobody_outside_hears_of_it(desk: Desk) -> None:
    desk.set_clock(2024, 3, 1)
    desk.open()

    waiting = desk.waits()

    assert (waiting.wait, waiting.for_whom) == (Wait.REQUEST_ISSUE, "clerk")
    assert [letter.recipient for letter in desk.letters()] == ["staff:clerk"]
    (row,) = desk.documents("nomination_request")
    assert (row.state, row.symbol) == ("draft", "")
    assert "gửi Ban Thường vụ Thành ủy Biên Hòa" in words(desk.letters()[0])


def test_what_goes_out_has_its_number_its_day_and_the_signer(desk: Desk) -> None:
    desk.until_asked()

    (request,) = desk.letters("nomination_request")

    assert "Số 01-CV/BTCTU" in words(request)
    assert "Đồng Nai, ngày 01 tháng 3 năm 2024" in words(request)
    assert "Phạm Anh Dũng" in words(request)
    assert any(line.startswith("Lê Văn Giả Định: cấp số 01-CV/BTCTU") for line in record())


def test_the_host_s_days_run_from_the_issue_and_not_from_the_day_it_was_drawn_up(desk: Desk) -> None:
    """A5: the first host has ten working days whenever the clerk comes to it."""
    desk.key = "2024-02/nhon_trach"
    desk.open()
    desk.run_step(1)
    desk.set_clock(2024, 1, 8)
    with pytest.raises(Refused, match="nội dung vừa đổi nên đã soạn lại"):
        number_next(desk.key, "request")  # nobody has seen the day that it says now
    number_next(desk.key, "request")
    desk.run_step(1)

    (request,) = desk.letters("nomination_request")
    assert "chậm nhất là ngày 22 tháng 01 năm 2024." in words(request)


def test_all_invitations_of_a_notice_have_one_number_and_each_names_its_addressee(desk: Desk) -> None:
    desk.until_signed()

    letters = desk.letters("invitation")

    assert len(letters) > 1
    assert used("GM") == [1]
    assert all("Số 01-GM/BTCTU" in words(letter) for letter in letters)
    assert len({words(letter) for letter in letters}) == len(letters)


def test_the_notice_does_not_wait_for_the_number_of_the_invitations(desk: Desk) -> None:
    desk.until_chosen()
    issue(desk.key, "notice", Sheet(80, desk.today), CLERK)

    waiting = desk.waits()

    assert (waiting.wait, waiting.for_whom) == (Wait.INVITATION_ISSUE, "clerk")
    assert len(desk.letters("selection_notice", "host")) == 1
    assert desk.letters("invitation") == []


def test_the_group_does_not_wait_for_it_either(desk: Desk) -> None:
    """R52: it is sent by the notice."""
    desk.until_chosen()
    issue(desk.key, "notice", Sheet(80, desk.today), CLERK)
    desk.waits()

    assert len(desk.letters("group_notice")) == 3


def test_a_move_of_one_of_two_meetings_gives_its_invitations_alone_a_new_number(desk: Desk) -> None:
    """A23: one number for each revision of the notice, and nobody is written to about the other meeting."""
    desk.until_issued(1, 2)
    desk.set_clock(2024, 5, 2, 9)
    move(desk.key, 2, at(date(2024, 5, 20), 8), OFFICER, reason="trùng lịch")
    desk.waits()
    desk.issue("notice", 85)
    desk.go_on()

    told = {(one.recipient.partition("/")[2], "Số 02-GM/BTCTU" in words(one)) for one in desk.letters("invitation")}
    assert told == {("1", False), ("2", False), ("2", True)}
    assert used("GM") == [1, 2]


def test_a_visit_whose_invitations_never_got_a_number_goes_on_when_its_meeting_has_begun(desk: Desk) -> None:
    desk.until_chosen()
    issue(desk.key, "notice", Sheet(80, desk.today), CLERK)
    desk.waits()
    desk.set_clock(2024, 5, 13, 9)
    assert (desk.waits().wait, desk.waits().until) == (Wait.INVITATION_ISSUE, at(FIRST_DAY, 14))

    desk.set_clock(2024, 5, 14, 14)

    assert desk.waits().wait is Wait.FINDINGS
    assert desk.letters("invitation") == []


def test_nothing_unissued_can_be_written(desk: Desk) -> None:
    desk.set_clock(2024, 3, 1)
    desk.open()
    desk.waits()
    with writing(settings().database) as session:
        dossier = open_dossier(session, desk.visit.id)
        with pytest.raises(AssertionError, match="nomination_request is not issued"):
            write(
                dossier, Purpose.NOMINATION_REQUEST, host(dossier), {}, document=dossier.document("nomination_request")
            )


def test_a_visit_that_was_asked_without_a_number_before_is_not_asked_again(desk: Desk) -> None:
    """A database of before: the request went out, the notice too, and no document of either is there."""
    desk.until_issued()
    with writing(settings().database) as session:
        for letter in outbox.of_visit(session, desk.visit.id):
            assert letter.state != "queued"
        for row in desk.documents("nomination_request") + desk.documents("invitation"):
            row = session.merge(row)
            row.kind = f"{row.kind}_of_before"
    before = len(desk.letters())

    waiting = desk.waits()

    assert waiting.wait is Wait.MEETING_DAY
    assert len(desk.letters()) == before


# By the service, from blocks


def test_an_office_may_let_the_service_number_from_a_block(by_itself: Settings, desk: Desk) -> None:
    assert by_itself.numbering.from_blocks
    set_aside(CV, 100, 180, CLERK)
    desk.set_clock(2024, 3, 1)
    desk.open()

    assert desk.waits().wait is Wait.NOMINATIONS

    (request,) = desk.letters()
    assert "Số 100-CV/BTCTU" in words(request)
    assert "Đồng Nai, ngày 01 tháng 3 năm 2024" in words(request)
    assert "hệ thống, theo khối số Lê Văn Giả Định dành ngày 03/01/2024: cấp số 100-CV/BTCTU" in record()


def test_when_the_block_is_used_up_the_clerk_is_asked_and_told_why(by_itself: Settings, desk: Desk) -> None:
    assert by_itself.numbering.from_blocks
    set_aside(CV, 100, 100, CLERK)
    first = Desk("2024-02/nhon_trach")
    first.open()
    first.run_step(1)
    desk.set_clock(2024, 3, 1)
    desk.open()

    assert desk.waits().wait is Wait.REQUEST_ISSUE

    assert "Khối số CV dành cho dịch vụ đã hết" in words(desk.letters()[0])


def test_a_block_alone_changes_nothing_for_an_office_that_has_not_asked_for_it(desk: Desk) -> None:
    set_aside(CV, 100, 180, CLERK)
    desk.set_clock(2024, 3, 1)
    desk.open()

    assert desk.waits().wait is Wait.REQUEST_ISSUE


def test_a_notice_is_never_numbered_by_the_service(by_itself: Settings, desk: Desk) -> None:
    assert by_itself.numbering.from_blocks
    for type_code in ("CV", "GM"):
        set_aside(Series(CV.organ_code, type_code, CV.term), 100, 110, CLERK)
    with pytest.raises(Refused, match="số TB luôn do văn thư cấp"):
        set_aside(Series(CV.organ_code, "TB", CV.term), 100, 110, CLERK)
    desk.set_clock(2024, 3, 1)
    desk.open()
    desk.go_on()
    desk.nominate()
    desk.go_on()
    desk.choose(1)

    assert desk.waits().wait is Wait.NOTICE_ISSUE
    issue(desk.key, "notice", Sheet(80, desk.today), CLERK)
    assert desk.waits().wait is Wait.MEETING_DAY, "the invitations need nobody"
    assert used("GM") == [100]


def test_a_block_does_not_take_numbers_that_are_known(office: Settings) -> None:
    assert office.mode == "rehearsal"
    set_aside(CV, 100, 110, CLERK)
    with pytest.raises(Refused, match="số 110-CV/BTCTU đã được Lê Văn Giả Định dành cho dịch vụ tự lấy số"):
        set_aside(CV, 110, 120, OFFICER)
    with pytest.raises(Refused, match="khối từ 20 đến 10 không hợp lệ"):
        set_aside(CV, 20, 10, CLERK)
