"""The links that tests take out of letters, as their recipients do."""

import re

from database.models import LetterRow
from tests.desk import Desk
from tests.obligations import Obliged
from tests.opened_mail import words


def link_in(desk: Desk, purpose: str, recipient: str) -> str:
    """The path of the link in the last such letter of the visit to that recipient."""
    return _link(desk.letters(purpose, recipient)[-1])


def link_of(key: str, purpose: str) -> str:
    """The same in the last such letter about another obligation."""
    return _link(Obliged(key).letters(purpose)[-1])


def _link(letter: LetterRow) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+(/tra-loi/\S+)", words(letter))
    assert found, "the letter brings no link"
    return found[1]
