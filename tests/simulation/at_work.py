"""Who is at work in a simulated world: on which machine, with what in hand, and how leases go on as time passes.

The service's own leases (0046), by the clock of the world. What its thread does by itself, time does here: it renews
the lease of whoever has something in hand, unless that process is dead or stands still.
"""

from datetime import UTC, datetime

import tasks.worker
from config.settings import settings
from database import leases
from database.engine import writing
from tests.simulation.world import Process, World, world

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
#: Of those who stood still, so many renew their lease before anybody else can look.
_QUICK = 0.5
_PEOPLE = Process("people", "desk", lambda: None)


def own_clock() -> tuple[str, float]:
    """The clock that leases go by, and its seconds: that of the world."""
    return "simulated", (world().now - _EPOCH).total_seconds()


def own() -> tasks.worker._Own:
    """What the process at hand keeps of itself."""
    return _own_of(world().current or _PEOPLE)


def _own_of(process: Process) -> tasks.worker._Own:
    if process.own is None:
        process.own = tasks.worker._Own()
        process.own.id = process.name
    kept: tasks.worker._Own = process.own
    return kept


def machine() -> str:
    """Where the process at hand is."""
    return (world().current or _PEOPLE).machine


def process(part: str = "run") -> leases.Process:
    """The process at hand as it stands among those at work."""
    return _as_it_stands(world().current or _PEOPLE, part)


def _as_it_stands(one: Process, part: str) -> leases.Process:
    return leases.Process(one.name, one.machine, one.machine, 1, "simulated", part)


def exists(row: leases.WorkerRow) -> bool:
    """Whether that process, of the same machine, is there; one that stands still is."""
    return world().is_alive(row.id)


def pass_time(here: World, until: datetime) -> None:
    """Let it be that late: leases have been renewed meanwhile, and who stood still for so long goes on."""
    here.now = until
    renewing = []
    for one in here.processes:
        kept = _own_of(one)
        in_hand = bool(kept.visits or kept.busy)
        if one.stands_still_until is None:
            renewing += [one] if in_hand else []
        elif one.stands_still_until <= until:
            one.stands_still_until = None
            here.note(f"{one.name} goes on")
            renewing += [one] if in_hand and here.happens(_QUICK) else []
    if not (renewing or here.runner):
        return
    with writing(settings().database) as session:
        for one in renewing:
            leases.grant(session, _as_it_stands(one, "run"), settings().lease_seconds)
        if here.runner:
            leases.grant(session, _as_it_stands(here.runner, tasks.worker.RUNNER), settings().lease_seconds)
