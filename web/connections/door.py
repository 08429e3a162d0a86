"""Everybody who is connected to the desk: how many there are, who has kept it waiting, who must make room."""

import asyncio
from collections.abc import Iterable
from typing import Protocol

from config.settings import Connections
from web.connections.callers import caller_of, is_within, networks_of

#: Seconds between two looks at those who keep the desk waiting; a short patience is looked at more often.
_LOOK = 0.5


class Connection(Protocol):
    """Somebody who is connected."""

    def address(self) -> str:
        """Where the connection comes from."""

    def patience(self, now: float) -> float | None:
        """Seconds for which the desk still waits for the caller; None while the caller waits for the desk."""

    def give_up(self) -> None:
        """Tell the caller that it took too long, and close."""

    def drop(self) -> None:
        """Close at once, without a word."""


class Door:
    """Counts connections by address, and closes those that keep the desk waiting for too long.

    Where there is no room, the connection that would be given up next makes room for the new one: an address, or all of
    them together, can fill the door with half-sent requests, and it opens to the next caller all the same.
    """

    def __init__(self, rules: Connections, proxies: Iterable[str] = ()) -> None:
        self.rules = rules
        self._proxies = networks_of(proxies)
        self._inside: dict[str, dict[Connection, None]] = {}
        self._count = 0
        self._next_look: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return self._count

    def enter(self, connection: Connection) -> bool:
        """Let somebody in; False when everybody inside is waiting for an answer, and there is no room."""
        caller = caller_of(connection.address())
        # Through a proxy come many people; they are counted by their own addresses, request by request.
        most = self.rules.at_once if is_within(connection.address(), self._proxies) else self.rules.at_once_per_address
        if len(self._of(caller)) >= most and not self._make_room(caller):
            return False
        if self._count >= self.rules.at_once and not self._make_room_anywhere():
            return False
        self._inside.setdefault(caller, {})[connection] = None
        self._count += 1
        if self._next_look is None:
            self._look_later()
        return True

    def leave(self, connection: Connection) -> None:
        """Somebody has gone; once more changes nothing."""
        caller = caller_of(connection.address())
        group = self._of(caller)
        if connection not in group:
            return
        del group[connection]
        self._count -= 1
        if not group:
            del self._inside[caller]

    def _of(self, caller: str) -> dict[Connection, None]:
        return self._inside.get(caller, {})

    def _make_room_anywhere(self) -> bool:
        """Whoever holds most of the door gives way first."""
        crowds = sorted(self._inside, key=lambda caller: len(self._inside[caller]), reverse=True)
        return any(self._make_room(caller) for caller in crowds)

    def _make_room(self, caller: str) -> bool:
        now = asyncio.get_running_loop().time()
        waiting = [
            (left, connection) for connection in self._of(caller) if (left := connection.patience(now)) is not None
        ]
        if not waiting:
            return False
        _, last = min(waiting, key=lambda pair: pair[0])
        self.leave(last)
        last.drop()
        return True

    def _look_later(self) -> None:
        pause = min(_LOOK, self.rules.head_seconds / 4, self.rules.body_seconds / 4)
        self._next_look = asyncio.get_running_loop().call_later(pause, self._look)

    def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        for group in list(self._inside.values()):
            for connection in list(group):
                left = connection.patience(now)
                if left is not None and left <= 0:
                    connection.give_up()
        self._next_look = None
        if self._inside:
            self._look_later()
