"""What has become of a letter, told by what has become of each of its recipients."""

from collections.abc import Sequence

from domain import words
from domain.state import LetterState

#: As long as one recipient is in one of these, something about the letter is open; the first that is found names it.
_OPEN = ("sending", "uncertain", "queued", "held")

#: The addressee has it, a copy was refused for good.
PARTLY = "partly"

#: States of a recipient that has the letter, or may have it: he must hear of what comes after.
REACHED = ("sent", "sending", "uncertain", "held", "on_paper")


def letter_state(addressee: str, *copies: str) -> str:
    """The state of the whole letter; its addressee decides once nothing is open any more."""
    every = (addressee, *copies)
    for state in _OPEN:
        if state in every:
            return state
    return PARTLY if addressee == "sent" and "refused" in copies else addressee


def told(recipients: Sequence[tuple[str, str]]) -> str:
    """Every address, and where they differ what became of the letter at those that have not got it."""
    alike = len({state for _address, state in recipients}) == 1
    return ", ".join(
        address if alike or state == LetterState.SENT else f"{address} ({words.LETTERS[state]})"
        for address, state in recipients
    )


def has_reached(recipients: Sequence[str]) -> bool:
    """Whether anybody has the letter, or may have it."""
    return any(recipient in REACHED for recipient in recipients)
