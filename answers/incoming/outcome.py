"""What came of one message: one value that every rule gives back, whatever it is about."""

from dataclasses import dataclass

from domain.incoming import MailState


@dataclass(frozen=True)
class Outcome:
    """How a message stands after a rule has looked at it."""

    state: MailState  #: `DONE`; `OPEN` where a person must look; `NEW` where the next round does
    words: str  #: what was done, or why a person must look, in Vietnamese, one sentence without a full stop
    wakes: bool = False  #: whether its visit must look, also where a person must besides; a mere note wakes nobody
