"""A letter put into a state by hand, all its recipients with it, as if the mail server had said so."""

from database.models import LetterRow
from domain.post import letter_state


def put(letter: LetterRow, *states: str) -> None:
    """Give its recipients these states in their order, the last one to all that follow."""
    for place, recipient in enumerate(letter.recipients):
        recipient.state = states[min(place, len(states) - 1)]
        recipient.reply = "550 5.1.1 no such user" if recipient.state == "refused" else None
    letter.state = letter_state(*letter.states)
