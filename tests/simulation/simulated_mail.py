"""The mail servers of a simulated world, command by command; what was taken by whom is known here alone."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from letters.masked import original_id
from tests.simulation.world import World

_ID = re.compile(rb"(?im)^Message-ID:\s*(<[^>]+>)")


@dataclass
class Mail:
    """What has arrived, and how the servers of the recipients are."""

    taken: Counter[tuple[str, str]] = field(default_factory=Counter)  #: (Message-ID, address) -> how often
    bodies: dict[str, bytes] = field(default_factory=dict)  #: Message-ID -> the letter as it was taken last
    when_taken: Callable[[bytes], None] = lambda _raw: None  #: told of each letter as it arrives
    down_until: datetime | None = None
    refused: set[str] = field(default_factory=set)  #: addresses that do not exist
    put_off: dict[str, int] = field(default_factory=lambda: defaultdict(int))  #: address -> so often “not now”

    def take(self, raw: bytes, addresses: list[str]) -> None:
        """The letter has arrived."""
        name = id_of(raw)
        self.bodies[name] = raw
        for address in addresses:
            self.taken[name, address] += 1


def id_of(raw: bytes) -> str:
    """The Message-ID of a letter, of the letter itself where it is a copy for information."""
    found = _ID.search(raw)
    assert found, "every letter has one"
    return original_id(found.group(1).decode())


class SimulatedConversation:
    """What `letters.postman` asks of an open connection."""

    def __init__(self, world: World, mail: Mail) -> None:
        self._world, self._mail = world, mail
        self._broken = False
        self._to: list[str] = []
        self._text = b""

    def ehlo_or_helo_if_needed(self) -> None:
        """Greeted."""
        self._before("EHLO")

    def mail(self, sender: str) -> tuple[int, bytes]:
        """A letter begins."""
        del sender
        self._before("MAIL")
        self._to = []
        return 250, b"OK"

    def rcpt(self, recip: str) -> tuple[int, bytes]:
        """One recipient: taken, not now, never."""
        self._before("RCPT")
        if recip in self._mail.refused:
            self._world.went_wrong("address refused")
            return 550, b"5.1.1 no such user"
        if self._mail.put_off.get(recip, 0) > 0:
            self._mail.put_off[recip] -= 1
            self._world.went_wrong("address put off")
            return 451, b"4.7.1 greylisted"
        self._to.append(recip)
        return 250, b"OK"

    def docmd(self, cmd: str) -> tuple[int, bytes]:
        """DATA."""
        self._before(cmd)
        if self._goes_wrong():
            self._world.went_wrong("DATA put off")
            return 452, b"4.3.1 not now"
        return 354, b"go on"

    def send(self, s: bytes) -> None:
        """The text."""
        self._before("text")
        self._text = s

    def getreply(self) -> tuple[int, bytes]:
        """What became of it: the server may take it and say nothing."""
        self._world.point("before the text has arrived")
        self._hang_up_perhaps("text lost")
        if self._goes_wrong():
            self._world.went_wrong("text refused")
            return self._world.chance.choice([(451, b"4.3.0 later"), (554, b"5.7.1 no")])
        self._mail.take(self._text, self._to)
        self._mail.when_taken(self._text)
        self._world.note(f"taken by {','.join(self._to)}")
        self._world.point("after the text has arrived")
        self._hang_up_perhaps("answer to the text lost")
        return 250, b"OK"

    def rset(self) -> tuple[int, bytes]:
        """The letter that was begun is forgotten."""
        self._to = []
        if self._broken:
            raise OSError("simulated: not connected")
        return 250, b"OK"

    def _before(self, verb: str) -> None:
        self._world.point(f"before {verb}")
        if self._mail.down_until and self._world.now < self._mail.down_until:
            self._broken = True
            self._world.went_wrong("mail server down")
        self._hang_up_perhaps(f"hung up at {verb}")

    def _hang_up_perhaps(self, what: str) -> None:
        if not self._broken and self._goes_wrong():
            self._broken = True
            self._world.went_wrong(what)
        if self._broken:
            raise OSError("simulated: connection lost")

    def _goes_wrong(self) -> bool:
        return self._world.current is not None and self._world.happens(self._world.rates.mail)


class SimulatedYagmail:
    """What `letters.postman` asks of yagmail itself."""

    def __init__(self, world: World, mail: Mail) -> None:
        self.smtp = SimulatedConversation(world, mail)
        self._world = world

    def login(self) -> None:
        """Connected; commands tell whether that holds."""
        self._world.point("before connecting")

    def close(self) -> None:
        """Hung up."""
