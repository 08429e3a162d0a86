"""What a fault is: what it does, and who must lend a hand afterwards, if anybody. Each file `faults_*.py` has some."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from tests.chaos.office import Office
from tests.chaos.people import Hands, Stirred
from tests.chaos.promises import Promises


@dataclass
class Struck:
    """The office that is struck, and the chance that decides the moment and the victim."""

    office: Office
    hands: Hands
    play: Stirred
    promises: Promises
    chance: random.Random
    ended: Event = field(default_factory=Event)  #: the stirring is over

    def pause(self, at_least: float, at_most: float) -> None:
        """Some seconds, which chance chooses."""
        Event().wait(self.chance.uniform(at_least, at_most))


@dataclass(frozen=True)
class ChaosFault:
    """One kind of fault. `strike` does it, and mends what only a person or the machine can mend."""

    name: str
    strike: Callable[[Struck], None]
    hand: str = "none"  #: what a person must do, for the table; none: the service goes on by itself
    at_rest: bool = False  #: nobody acts meanwhile
    needs_disk: bool = False  #: needs a file system of its own
    is_short: bool = False  #: belongs to the short form
