"""The outbox says whose letters nobody else comes to, and a letter's state is that of its recipients."""

from datetime import timedelta

import pytest

from config.settings import settings
from database import outbox
from database.engine import reading, writing
from database.models import LetterRow, VisitRow
from domain.post import letter_state, told
from tests.desk import Desk

DAY = timedelta(hours=24)


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        (("sent",), "sent"), (("sent", "sent"), "sent"),
        (("sent", "refused"), "partly"), (("refused", "sent"), "refused"),
        (("sent", "queued"), "queued"), (("refused", "queued"), "queued"), (("uncertain", "queued"), "uncertain"),
        (("sending", "uncertain"), "sending"), (("sent", "held"), "held"), (("sent", "withdrawn"), "sent"),
        (("withdrawn", "sent"), "withdrawn"), (("withheld",), "withheld"),
    ],
)  # fmt: skip
def test_the_addressee_decides_once_nothing_is_open(states: tuple[str, ...], whole: str) -> None:
    assert letter_state(*states) == whole


def test_whoever_has_not_got_it_is_named_beside_those_who_have() -> None:
    assert (
        told([("a@x", "đã gửi"), ("b@x", "bị từ chối"), ("c@x", "chờ gửi")]) == "a@x, b@x (bị từ chối), c@x (chờ gửi)"
    )
    assert told([("a@x", "bị từ chối"), ("b@x", "bị từ chối")]) == "a@x, b@x"


def leftovers() -> list[int]:
    with reading(settings().database) as session:
        return [*outbox.visits_over_with_letters(session), *outbox.stopped_with_letters(session)]


def test_a_letter_that_its_visits_run_will_send_is_nobody_elses(desk: Desk) -> None:
    desk.until_asked()

    assert leftovers() == []


def test_a_copy_that_is_put_off_is_left_to_whoever_looks_after_the_visits(desk: Desk) -> None:
    """The visit goes on without it, and its run may sleep for weeks."""
    desk.until_asked()
    (letter,) = desk.letters()
    with writing(settings().database) as session:
        outbox.take(session, letter.id, "a:1:0", letter.addresses[:1])
        outbox.put_off(session, letter.id, {letter.addresses[1]: "450 later"}, DAY)
        outbox.settle(session, letter.id, "sent", "250 OK")

    assert leftovers() == [desk.visit.id]
    with writing(settings().database) as session:
        session.get_one(VisitRow, desk.visit.id).worker = "a:1:0"
    assert leftovers() == [], "its run is at work and comes to it"


@pytest.mark.parametrize("begun", [False, True])
def test_what_waits_of_a_visit_that_is_over_is_left_to_them_too(begun: bool, desk: Desk) -> None:
    desk.until_asked()
    with writing(settings().database) as session:
        visit = session.get_one(VisitRow, desk.visit.id)
        visit.closed_at = visit.opened_at
        if begun:
            outbox.take(session, desk.letters()[0].id, "gone:1:0")

    assert leftovers() == [desk.visit.id]


def test_of_a_letter_that_is_secret_now_nothing_goes_out_in_whatever_state_each_recipient_was(desk: Desk) -> None:
    """One waits to be sent, the other's copy is held here (A20)."""
    desk.until_asked()
    (letter,) = desk.letters()
    with writing(settings().database) as session:
        outbox.move(session, session.get_one(LetterRow, letter.id), "queued", "held")
        session.get_one(LetterRow, letter.id).recipients[0].state = "queued"
    with writing(settings().database) as session:
        assert [one.id for one in outbox.withhold(session, desk.visit.id)] == [letter.id]

    (letter,) = desk.letters()
    assert {recipient.state for recipient in letter.recipients} == {"withheld"}
