"""What has become of a letter, told by what has become of each of its recipients."""

from collections.abc import Sequence

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


def called(state: str, *, returned: bool = False) -> str:
    """The words for such a state; `returned`: a server had taken it, and it was given back later."""
    return _GIVEN_BACK.get(state, LetterState(state).called) if returned else LetterState(state).called


_GIVEN_BACK: dict[str, str] = {"refused": "đã trả lại", PARTLY: "đã gửi, bản đồng gửi bị trả lại"}


def told(recipients: Sequence[tuple[str, str]]) -> str:
    """Every address with the words for its state, which are said where they differ, of those that have not got it."""
    alike = len({became for _address, became in recipients}) == 1
    return ", ".join(
        address if alike or became == LetterState.SENT.called else f"{address} ({became})"
        for address, became in recipients
    )


def has_reached(recipients: Sequence[str]) -> bool:
    """Whether anybody has the letter, or may have it."""
    return any(recipient in REACHED for recipient in recipients)
