"""A mail server in trouble: seconds, then hours by parking, then a person and his Retry button (design §3, §5)."""

import json
from collections import Counter
from datetime import date

import pytest
from prefect.client.schemas.objects import StateType

from answers.running_again import run_again
from config.settings import settings
from domain.dates import at
from rehearsal.outside import break_mail_server, mend_mail_server
from tests.flows.office import Office
from tests.may import MAY, OFFICER

pytestmark = pytest.mark.prefect

HOST_ADDRESSES = ("ban-thuong-vu@bien-hoa.example", "ban-to-chuc@bien-hoa.example")


@pytest.fixture
def broken(office: Office) -> Office:
    """The mail server is down on the morning on which the visit of May opens."""
    office.plan_only(MAY)
    break_mail_server(settings().mailbox, "down")
    office.on(2024, 3, 1, 8)
    return office


def test_a_visit_parks_until_the_mail_server_works_again(broken: Office) -> None:
    """Five minutes, then fifteen; in between it costs nothing, and the letter goes out once."""
    assert (broken.state().type, broken.state().name) == (StateType.PAUSED, "Chờ gửi lại thư")
    assert broken.visit().waiting_for == "mail_server"
    assert broken.visit().waiting_until == at(date(2024, 3, 1), 8, 5)

    broken.on(2024, 3, 1, 8, 5)
    assert broken.visit().waiting_until == at(date(2024, 3, 1), 8, 20)
    mend_mail_server(settings().mailbox)
    broken.on(2024, 3, 1, 8, 19)
    assert broken.new_letters() == []

    broken.on(2024, 3, 1, 8, 20)
    assert broken.new_letters() == ["nomination_request → host"]
    assert broken.waits()[:2] == ("host", "Chờ danh sách")


def test_a_server_that_stays_down_fails_the_run_and_says_in_vietnamese_what_to_do(broken: Office) -> None:
    """After `give_up_hours`; Prefect shows it, and so does `visits status`."""
    broken.on(2024, 3, 1, 11, 59)
    assert broken.state().name == "Chờ gửi lại thư"
    broken.on(2024, 3, 1, 12, 14)
    assert broken.state().type is StateType.FAILED
    for text in (broken.state().message, broken.visit().trouble, broken.visit().waiting_message):
        assert "Máy chủ thư không nhận thư quá lâu" in (text or "")
        assert "Retry" in (text or "")
    assert broken.waits()[:2] == ("officer", "Lỗi, chờ chạy lại")

    # A failed visit waits for a person: no clock starts it.
    mend_mail_server(settings().mailbox)
    broken.on(2024, 3, 2)
    assert broken.state().type is StateType.FAILED


def test_the_retry_button_of_prefect_goes_on_at_the_letter_that_did_not_go(broken: Office) -> None:
    """The same call as the button's; the finished step is not repeated."""
    broken.on(2024, 3, 1, 12)
    assert broken.state().type is StateType.FAILED
    mend_mail_server(settings().mailbox)
    broken.press_retry()
    assert broken.new_letters() == ["nomination_request → host"]
    assert broken.waits()[:2] == ("host", "Chờ danh sách")
    assert broken.visit().trouble is None
    assert [(row.purpose, row.state) for row in broken.outbox()] == [
        ("nomination_request", "sent"),
        ("run_stopped", "withdrawn"),
    ], "it goes on, so nobody need hear any more that it stood still"


def test_retry_while_the_server_is_still_down_fails_again_and_loses_nothing(broken: Office) -> None:
    """`visits retry` does the same as the button, as often as one likes."""
    broken.on(2024, 3, 1, 12)
    run_again(broken.visit().key, OFFICER)
    broken.run_due()
    assert broken.state().type is StateType.FAILED
    mend_mail_server(settings().mailbox)
    run_again(broken.visit().key, OFFICER)
    broken.run_due()
    assert broken.new_letters() == ["nomination_request → host"]


def test_an_answer_that_comes_while_the_server_is_down_is_taken(broken: Office) -> None:
    """People need not wait for the machine: the list counts, and the letters follow."""
    broken.host_sends_its_list()
    assert broken.waits()[:2] == ("mail_server", "Chờ gửi lại thư")
    mend_mail_server(settings().mailbox)
    broken.on(2024, 3, 1, 8, 20)
    assert broken.new_letters() == ["nomination_request → host", "staff_task → staff:leader"]
    assert broken.waits()[:2] == ("leader", "Chờ lựa chọn")


def test_a_server_that_is_only_busy_is_tried_again(office: Office) -> None:
    """4xx is no refusal."""
    office.plan_only(MAY)
    break_mail_server(settings().mailbox, "later")
    office.on(2024, 3, 1, 8)
    assert office.state().name == "Chờ gửi lại thư"
    assert "451" in (office.visit().waiting_message or "")
    mend_mail_server(settings().mailbox)
    office.on(2024, 3, 1, 8, 5)
    assert office.new_letters() == ["nomination_request → host"]


def test_a_refused_notice_fails_the_run_and_retry_sends_only_what_had_not_gone(office: Office) -> None:
    """5xx for the host alone: six bodies are invited once, the notice goes when its address is mended."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.host_sends_its_list()
    office.leader_chooses(2)
    office.new_letters()
    refuse(HOST_ADDRESSES)
    office.clerk_issues("notice", 81)
    assert Counter(one.split()[0] for one in office.new_letters()) == {
        "invitation": 6,
        "group_notice": 3,
        "selection_notice": 1,  # its copies
        "run_stopped": 1,
    }, "the officer hears of it at once"
    assert office.state().type is StateType.FAILED
    assert "Máy chủ thư từ chối một thư không thể thiếu" in (office.state().message or "")
    assert "550" in (office.visit().trouble or "")

    mend_mail_server(settings().mailbox)
    office.press_retry()
    assert office.waits()[1] == "Chờ ngày sinh hoạt"
    (notice,) = [row.message_id for row in office.outbox("sent") if row.purpose == "selection_notice"]
    twice = [one for one, count in Counter(office.message_ids()).items() if count > 1]
    assert twice == [notice], "once to its copies, once to the host"


def test_a_refused_invitation_holds_nobody_up(office: Office) -> None:
    """One bad address is noted in the ledger; the rest of the letters and the visit go on."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.host_sends_its_list()
    office.leader_chooses(2)
    office.new_letters()
    refuse(["van-phong@tinh-uy.example"])
    office.clerk_issues("notice", 81)
    assert Counter(one.split()[0] for one in office.new_letters()) == {
        "invitation": 5, "selection_notice": 1, "group_notice": 3,
    }  # fmt: skip
    assert office.waits()[1] == "Chờ ngày sinh hoạt"
    assert [(row.recipient, (row.reply or "")) for row in office.outbox("refused") if "550" in (row.reply or "")]
    assert [row.recipient for row in office.outbox("refused")] == ["body:party_office"]
    assert [row.recipient for row in office.outbox("partly")] == ["host"], "its copy of the notice as well"


def refuse(addresses: object) -> None:
    """Let the mail server refuse these addresses from now on."""
    fault = {"mode": "refuse", "recipients": list(addresses)}
    (settings().mailbox.parent / "mailbox-fault.json").write_text(json.dumps(fault))
