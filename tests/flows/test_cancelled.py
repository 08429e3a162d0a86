"""A visit that is called off: whoever was written to is told, the run ends, and nothing waits any more (A23)."""

import pytest
from prefect.client.schemas.objects import StateType

from answers.changes import cancel
from config.settings import settings
from rehearsal.outside import break_mail_server, mend_mail_server
from tests.flows.office import Office
from tests.may import LEADER, MAY

pytestmark = pytest.mark.prefect


@pytest.fixture
def waiting(office: Office) -> Office:
    """The visit of May has asked its host and waits for the list."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    assert office.new_letters() == ["nomination_request → host"]
    return office


def test_a_visit_cancelled_while_it_waits_for_the_list_tells_only_the_host(waiting: Office) -> None:
    """Nobody hears of the end who has not heard of the beginning."""
    cancel(MAY, "đơn vị bận đại hội", LEADER)
    waiting.go_on()
    assert waiting.new_letters() == ["visit_cancelled → host"]
    assert_over(waiting)


def test_a_visit_cancelled_after_the_invitations_tells_everyone_who_was_invited(waiting: Office) -> None:
    """The host, six bodies and the working group; the date that the run was parked for no longer counts."""
    waiting.host_sends_its_list()
    waiting.leader_chooses(2)
    waiting.clerk_issues("notice", 81)
    assert waiting.waits()[1] == "Chờ ngày sinh hoạt"
    invited = {one for one in waiting.new_letters() if one.startswith(("invitation →", "group_notice →"))}
    cancel(MAY, "đơn vị bận đại hội", LEADER)
    waiting.go_on()
    told = waiting.new_letters()
    assert set(told) == {
        *(one.replace("invitation", "invitation_cancelled").replace("_notice", "_cancelled") for one in invited),
        "visit_cancelled → host",
    }
    assert len(told) == 10
    assert_over(waiting)

    # The day on which the meeting would have been passes in silence.
    waiting.on(2024, 5, 9)
    assert waiting.new_letters() == []


def test_a_cancelled_visit_ends_only_when_its_last_letters_have_gone(waiting: Office) -> None:
    """With the mail server down it waits like any other visit, and keeps its run."""
    break_mail_server(settings().mailbox, "down")
    cancel(MAY, "đơn vị bận đại hội", LEADER)
    waiting.go_on()
    assert waiting.waits()[:2] == ("mail_server", "Chờ gửi lại thư")
    assert waiting.state().type is StateType.PAUSED
    mend_mail_server(settings().mailbox)
    waiting.on(2024, 3, 1, 9)
    assert waiting.new_letters() == ["visit_cancelled → host"]
    assert_over(waiting)


def test_what_was_not_sent_yet_is_taken_back(waiting: Office) -> None:
    """A letter still in the outbox does not go out after the visit was called off."""
    break_mail_server(settings().mailbox, "down")
    waiting.host_sends_its_list()
    assert [row.purpose for row in waiting.outbox("queued")] == ["staff_task"]
    cancel(MAY, "đơn vị bận đại hội", LEADER)
    mend_mail_server(settings().mailbox)
    waiting.go_on()
    assert waiting.new_letters() == ["visit_cancelled → host"]
    assert [row.purpose for row in waiting.outbox("withdrawn")] == ["staff_task"]
    assert_over(waiting)


def test_a_visit_cancelled_before_it_began_needs_no_run_and_no_letter(office: Office) -> None:
    """Taken back in time: its day comes, and nothing opens."""
    office.plan_only(MAY)
    cancel(MAY, "đơn vị bận đại hội", LEADER)
    office.on(2024, 3, 1, 8)
    assert office.visit().flow_run_id is None
    assert office.new_letters() == []


def assert_over(office: Office) -> None:
    """Cancelled in the row and in Prefect, with nobody and nothing waiting."""
    assert office.state().type is StateType.CANCELLED
    assert "hủy" in (office.state().message or "")
    row = office.visit()
    assert (row.state, row.waiting_for, row.waiting_state, row.waiting_until, row.worker) == (
        "cancelled", None, None, None, None,
    )  # fmt: skip
    assert row.closed_at is not None
    assert not office.outbox("queued", "sending", "uncertain")
