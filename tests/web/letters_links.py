"""The links that tests take out of letters, as their recipients do."""

import re

from tests.desk import Desk, words


def link_in(desk: Desk, purpose: str, recipient: str) -> str:
    """The path of the link in the last such letter to that recipient."""
    found = re.search(r"http://127\.0\.0\.1:\d+(/tra-loi/\S+)", words(desk.letters(purpose, recipient)[-1]))
    assert found, "the letter brings no link"
    return found[1]
