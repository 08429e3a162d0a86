"""A request that went out to the host and one copy, as tests of what comes back about it see it."""

from database.models import LetterRow
from tests.desk import Desk

TO, CC = "ban-thuong-vu@bien-hoa.example", "ban-to-chuc@bien-hoa.example"


def letter_of(desk: Desk) -> LetterRow:
    return desk.letters("nomination_request")[0]


def states(desk: Desk) -> tuple[str, ...]:
    """Of the letter, of its addressee, of its copy."""
    letter = letter_of(desk)
    return (letter.state, *letter.states)


def wanted(desk: Desk) -> int:
    """How often somebody asked the visit to look."""
    return desk.visit.wake_wanted
