"""Who makes room at the door when it is full."""

import asyncio
from dataclasses import dataclass, field

from config.settings import Connections
from web.connections.door import Door


@dataclass(eq=False)
class Caller:
    """Somebody connected, with so much patience left; None while the desk works for him."""

    at: str
    left: float | None
    dropped: list["Caller"] = field(default_factory=list)

    def address(self) -> str:
        return self.at

    def patience(self, _now: float) -> float | None:
        return self.left

    def give_up(self) -> None:
        self.drop()

    def drop(self) -> None:
        self.dropped.append(self)


def entering(rules: Connections, *callers: Caller, proxies: tuple[str, ...] = ()) -> tuple[list[bool], Door]:
    """Let them in one after the other; whether each came in."""

    async def all_of_them() -> tuple[list[bool], Door]:
        door = Door(rules, proxies)
        return [door.enter(one) for one in callers], door

    return asyncio.run(all_of_them())


def test_the_one_who_would_be_given_up_next_makes_room() -> None:
    slow, slower, answered, new = Caller("a", 5), Caller("a", 1), Caller("a", None), Caller("a", 9)

    came, door = entering(Connections(at_once_per_address=3), slow, slower, answered, new)

    assert came == [True] * 4
    assert len(door) == 3
    assert [one.dropped != [] for one in (slow, slower, answered, new)] == [False, True, False, False]


def test_one_address_takes_nothing_from_another() -> None:
    crowd, visitor = [Caller("a", 5) for _ in range(20)], Caller("b", 9)

    came, door = entering(Connections(at_once_per_address=5), *crowd, visitor)

    assert came == [True] * 21
    assert len(door) == 6
    assert visitor.dropped == []


def test_when_all_is_full_the_largest_crowd_gives_way() -> None:
    few, many = [Caller("a", 1) for _ in range(3)], [Caller("b", 9) for _ in range(7)]

    _, door = entering(Connections(at_once=10, at_once_per_address=10), *few, *many, Caller("c", 9))

    assert len(door) == 10
    assert [one.dropped for one in few] == [[]] * 3
    assert sum(one.dropped != [] for one in many) == 1


def test_nobody_is_sent_away_who_waits_for_the_desk() -> None:
    came, door = entering(Connections(at_once_per_address=2), *(Caller("a", None) for _ in range(3)))

    assert came == [True, True, False]
    assert len(door) == 2


def test_a_proxy_may_bring_as_many_as_there_is_room_for() -> None:
    crowd = [Caller("10.1.0.9", None) for _ in range(12)]

    came, _ = entering(Connections(at_once=12, at_once_per_address=2), *crowd, proxies=("10.1.0.0/24",))

    assert came == [True] * 12


def test_all_addresses_of_one_ipv6_network_are_one_caller() -> None:
    came, _ = entering(Connections(at_once_per_address=2), *(Caller(f"2001:db8::{n}", None) for n in range(1, 4)))

    assert came == [True, True, False]
