"""Held is never called sent: the visit waits for the office, and for nobody who has heard of nothing (P3)."""

from answers.changes import cancel
from answers.letters import release
from config.settings import settings, use
from database.dossier import open_dossier
from database.engine import writing
from domain.outcome import Done, Waiting
from domain.wait import Wait
from tasks.letters.call_off import call_off
from tasks.letters.deliver import judge
from tasks.letters.sending import send_queued
from tests.desk import Desk
from tests.may import LEADER, MAY, OFFICER
from tests.tasks.conftest import Mailbox


def live_and_held() -> None:
    use(settings().model_copy(update={"mode": "live"}))
    assert settings().safe


def test_a_visit_whose_letter_is_held_waits_for_the_office_and_not_for_its_host(asked: Desk, mailbox: Mailbox) -> None:
    """Safe mode said "đã gửi đề nghị" and let the host's time run, who had heard of nothing."""
    assert mailbox.messages() == []
    live_and_held()

    outcome = judge(asked.visit.id, send_queued(asked.visit.id))

    assert isinstance(outcome, Waiting)
    assert (outcome.wait, outcome.wait.whom) == (Wait.LETTERS_HELD, "officer")
    assert "đang giữ" in outcome.message
    assert asked.letters()[0].state == "held"


def test_once_it_may_go_the_visit_goes_on(asked: Desk, mailbox: Mailbox) -> None:
    live_and_held()
    send_queued(asked.visit.id)
    use(settings().model_copy(update={"mode": "rehearsal"}))  # its server is the mailbox of this test

    release(asked.letters()[0].id, OFFICER)

    assert judge(asked.visit.id, send_queued(asked.visit.id)) == Done("đã gửi 1 thư")
    assert len(mailbox.originals()) == 2, "the one that was held in the same mailbox, and the real one"


def test_a_cancelled_visit_takes_back_what_was_held_and_waits_for_nobody(asked: Desk, mailbox: Mailbox) -> None:
    assert mailbox.messages() == []
    live_and_held()
    send_queued(asked.visit.id)

    cancel(MAY, "đơn vị sáp nhập", LEADER)
    with writing(settings().database) as session:
        call_off(open_dossier(session, asked.visit.id))

    assert asked.letters("nomination_request")[0].state == "withdrawn"
    assert asked.letters("visit_cancelled") == [], "whoever was told nothing is told of no cancellation"
    assert isinstance(judge(asked.visit.id, send_queued(asked.visit.id)), Done)
