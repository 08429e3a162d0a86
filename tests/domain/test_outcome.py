"""What a step answers when it is not done: whom it waits for, and whether it looks again by itself."""

from domain.outcome import Done, Waiting
from domain.wait import Wait


def test_who_waits_for_a_person_does_not_look_again_by_itself() -> None:
    waiting = Waiting(Wait.CHOICE)
    assert (waiting.for_whom, waiting.until) == ("leader", None)
    assert Done().note == ""
