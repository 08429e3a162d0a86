"""A request that a server took and gave back two days later: stopped, mended, sent once more, answered (R62, 0052)."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from prefect.client.schemas.objects import StateType

from answers.letters import resend
from config.settings import settings
from database import plans
from database.due_dates import DueDateRow
from database.engine import reading, writing
from tests.flows.office import Office
from tests.mail_that_came import bounce, deal_with
from tests.may import MAY, OFFICER

pytestmark = pytest.mark.prefect

WRONG = "ban-thuong-vu@bien-hoa.example"
RIGHT = "btv@bien-hoa.example"


def day_of_list() -> date:
    """The day that the host was told."""
    with reading(settings().database) as session:
        return session.query(DueDateRow).filter_by(about="nominations").one().due


def mend_the_address() -> None:
    """The officer corrects the address of the host."""
    with writing(settings().database) as session:
        plan, contacts = plans.read(session, 2024)
        boards = dict(contacts.standing_boards)
        boards["bien_hoa"] = replace(boards["bien_hoa"], email=RIGHT)
        plans.save(session, plan, replace(contacts, standing_boards=boards), "cán bộ")


def test_a_request_that_comes_back_stops_the_visit_until_the_address_is_mended(office: Office) -> None:
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    assert office.new_letters() == ["nomination_request → host"]
    assert office.waits()[:2] == ("host", "Chờ danh sách")
    told = day_of_list()
    request = office.outbox()[0]

    office.on(2024, 3, 3, 9)
    deal_with(bounce(WRONG), request)
    office.run_due()

    assert office.waits()[:2] == ("officer", "Lỗi, chờ chạy lại")
    assert office.state().type is StateType.FAILED
    assert "bị trả lại (không có hộp thư này): sửa địa chỉ" in (office.visit().trouble or "")
    assert office.new_letters() == ["run_stopped → staff:officer"], "the officer hears of it at once"
    office.on(2024, 3, 6)
    assert office.new_letters() == [], "no clock sends it again, and nobody is reminded of what he never got"

    mend_the_address()
    office.on(2024, 3, 7, 9)
    resend(request.id, OFFICER)
    office.run_due()

    assert office.waits()[:2] == ("host", "Chờ danh sách"), "back where it was"
    assert office.visit().trouble is None
    (letter,) = [row for row in office.outbox() if row.purpose == "nomination_request"]
    assert (letter.state, letter.addressee.address) == ("sent", RIGHT)
    assert letter.sent_at is not None
    assert letter.sent_at.date() == date(2024, 3, 7), "what counts is the day on which it really went"
    assert Counter(office.message_ids())[letter.message_id] == 2, "each sending once"
    assert day_of_list() == told, "the paper that the host got names this day, as after letters that were held"

    office.on(2024, 3, 20, 9)
    office.host_sends_its_list()
    assert office.waits()[:2] == ("leader", "Chờ lựa chọn")


def test_a_letter_that_comes_back_weeks_later_stops_the_visit_where_it_waits_and_it_goes_on_there(
    office: Office,
) -> None:
    """The notice comes back while the day of the meeting is waited for; Retry sends it to the same address."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.host_sends_its_list()
    office.leader_chooses(2)
    office.clerk_issues("notice", 81)
    assert office.waits()[1] == "Chờ ngày sinh hoạt"
    office.new_letters()
    (notice,) = [row for row in office.outbox() if row.purpose == "selection_notice" and row.recipient == "host"]

    office.on(2024, 4, 2, 9)
    deal_with(bounce((WRONG, "552 5.2.2 mailbox full")), notice)
    office.run_due()
    assert office.state().type is StateType.FAILED
    assert "hộp thư đầy" in (office.visit().trouble or "")
    before = Counter(office.message_ids())

    office.press_retry()

    assert office.waits()[1] == "Chờ ngày sinh hoạt"
    assert Counter(office.message_ids()) - before == {notice.message_id: 1}, "once more, and nothing else"


def test_an_invitation_that_comes_back_stops_nothing(office: Office) -> None:
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.host_sends_its_list()
    office.leader_chooses(2)
    office.clerk_issues("notice", 81)
    invitation = next(row for row in office.outbox() if row.purpose == "invitation")

    deal_with(bounce(invitation.addressee.address), invitation)
    office.run_due()

    assert office.waits()[1] == "Chờ ngày sinh hoạt"
    assert [row.called for row in office.outbox("refused")] == ["đã trả lại"]
