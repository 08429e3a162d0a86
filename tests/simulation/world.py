"""One simulated world: its clock, its chance, its processes, and the points at which any of them may be cut off.

One seed decides everything. A process is a greenlet: at a point outside a transaction that writes, another may go on;
at any point it may die. What dies is thrown out by an exception that no code of the service handles.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from greenlet import getcurrent, greenlet

#: A process goes on alone so often at a point, and another one has its turn the other times.
_GOES_ON = 0.6
#: Who may stand still, as after SIGSTOP, and for how many seconds: less and more than a lease of 40.
_STAND_STILL, _SECONDS = ("worker", "reconciler"), (5, 20, 35, 60, 200)
#: Between its last look at the clock and the end of the text nothing can hold a sender back (0046).
_TOO_LATE = ("before text", "before the text has arrived")


class Killed(BaseException):
    """The process is dead at this place: kill -9, as far as its own code can tell."""


class Fault(Exception):  # noqa: N818 - what is found, not what goes wrong in the simulator
    """The world is not as it must be: `about` names the promise that was broken."""

    def __init__(self, about: str, told: str) -> None:
        self.about, self.told = about, told
        super().__init__(f"{about}: {told}")


def holds(so: bool, about: str, told: str) -> None:
    """Raise `Fault` unless it is so."""
    if not so:
        raise Fault(about, told)


@dataclass
class Process:
    """One process of the service, or one act of a person at the desk."""

    name: str  #: as rows name it
    kind: str  #: `runner`, `worker`, `trigger`, `reconciler`, `desk`
    work: Callable[[], object]
    switch: Any = None
    writing: bool = False  #: within a transaction that writes: nobody else may have a turn
    alive: bool = True
    run_id: UUID | None = None  #: of a worker
    machine: str = "machine1"
    own: Any = None  #: what it keeps of itself (`at_work.py`)
    idle: bool = False  #: it waits for work, and needs no turn
    stands_still_until: datetime | None = None  #: it has no turn until then, and renews no lease
    tries: int = 1  #: of the task at hand
    state: str = "—"  #: what its visit waited for when it began
    died_at: str = ""
    error: Exception | None = None


@dataclass
class Rates:
    """How often things go wrong, each as a chance at each place where it can."""

    killed: float = 0.0
    prefect: float = 0.0
    mail: float = 0.0
    stopped: float = 0.0


@dataclass
class World:
    """What one seed makes."""

    seed: int
    now: datetime
    chance: random.Random = field(init=False)
    rates: Rates = field(default_factory=Rates)
    processes: list[Process] = field(default_factory=list)
    runner: Process | None = None  #: it is there between its turns as well
    machines: tuple[str, ...] = ("machine1",)
    acts: int = 0
    acts_of_runs: int = 0  #: how often a run was begun
    faults: Counter[str] = field(default_factory=Counter)
    met: Counter[tuple[str, str]] = field(default_factory=Counter)  #: what was waited for, and what went wrong then
    power_fails_in: int = 0  #: so many points from now; 0: it does not
    when_power_fails: Callable[[], None] = lambda: None
    disturbed: bool = False  #: something went wrong since the reconciler looked last
    log: list[str] = field(default_factory=list)
    keeps_log: bool = False
    _trace: Any = field(default_factory=hashlib.sha256)
    _numbers: int = 0

    def __post_init__(self) -> None:
        """Chance comes from the seed alone."""
        self.chance = random.Random(f"world {self.seed}")

    # what is told

    def note(self, said: str) -> None:
        """One more line of the trace, by which two runs of one seed are held against each other."""
        line = f"{self.now:%m-%d %H:%M:%S} {said}"
        self._trace.update(line.encode())
        if self.keeps_log:
            self.log.append(line)

    @property
    def trace(self) -> str:
        """What has happened so far, as a hash."""
        return str(self._trace.hexdigest())

    def number(self) -> int:
        """The next number of this world: of a process, of a run."""
        self._numbers += 1
        return self._numbers

    # what goes wrong

    def happens(self, rate: float) -> bool:
        """Whether something of that chance happens now."""
        return rate > 0 and self.chance.random() < rate

    def went_wrong(self, what: str, state: str = "") -> None:
        """Count a fault that was played, with what was waited for when it came."""
        process = self.current
        self.faults[what] += 1
        self.met[state or (process.state if process else "—"), what] += 1
        self.disturbed = True
        self.note(f"! {what}")

    # who is at work

    @property
    def current(self) -> Process | None:
        """The process whose code is running; None for the simulator itself."""
        found: Process | None = getattr(getcurrent(), "process", None)
        return found

    def start(self, kind: str, work: Callable[[], object], **about: Any) -> Process:
        """Begin a process; it has its first turn in `let_go_on`."""
        process = Process(about.pop("name", f"{kind}{self.number()}"), kind, work, **about)
        process.switch = _Thread(lambda: _live(process))
        process.switch.process = process
        self.processes.append(process)
        return process

    def let_go_on(self) -> None:
        """Give turns, in an order that chance decides, until nobody has anything to do."""
        while busy := [one for one in self.processes if not one.idle and one.stands_still_until is None]:
            process = self.chance.choice(busy)
            process.switch.switch()
            if process.switch.dead and process in self.processes:
                self.processes.remove(process)
                process.alive = False
                if isinstance(process.error, Fault):
                    raise process.error
                if process.error:
                    told = f"{process.kind}: {type(process.error).__name__}: {process.error}"
                    raise Fault("no process breaks by itself", told) from process.error

    def kill(self, process: Process, why: str) -> None:
        """End another process where it stands; its transaction is undone."""
        if process in self.processes and not process.writing:
            self.processes.remove(process)
            process.alive = False
            self.went_wrong(why, process.state)
            process.switch.throw(Killed)

    def point(self, where: str) -> None:
        """A place between two things that must be thought of as apart: death, or another's turn, may come here."""
        process = self.current
        if process is None:
            return
        self.note(f"{process.name} {where}")
        if process.alive and self.power_fails_in:
            self._run_down(process)
        if process.alive and self.happens(self.rates.killed):
            process.alive, process.died_at = False, where
            self.went_wrong(f"killed at {where}", process.state)
            raise Killed
        if process.alive and not process.writing:
            self._give_way(process, where)

    def _give_way(self, process: Process, where: str) -> None:
        """Another may have its turn, or this one stands still for a while."""
        if process.kind in _STAND_STILL and where not in _TOO_LATE and self.happens(self.rates.stopped):
            process.stands_still_until = self.now + timedelta(seconds=self.chance.choice(_SECONDS))
            self.went_wrong(f"stopped at {where}", process.state)
            process.switch.parent.switch()
        elif len(self.processes) > 1 and not self.happens(_GOES_ON):
            process.switch.parent.switch()

    def _run_down(self, process: Process) -> None:
        self.power_fails_in -= 1
        if self.power_fails_in:
            return
        for other in [one for one in self.processes if one is not process]:
            self.kill(other, "power cut")
        self.when_power_fails()
        process.alive, process.died_at = False, "power cut"
        self.went_wrong("power cut", process.state)
        raise Killed

    def is_alive(self, name: str) -> bool:
        """Whether the process of that name exists."""
        there = [*self.processes, *([self.runner] if self.runner else [])]
        return any(process.name == name and process.alive for process in there)

    def somebody_stands_still(self) -> bool:
        """Whether a process has still to go on with what it was at."""
        return any(process.stands_still_until is not None for process in self.processes)


class _Thread(greenlet):  # type: ignore[misc]
    """A greenlet that knows its process."""

    process: Process


def _live(process: Process) -> None:
    try:
        process.work()
    except Killed:
        process.alive = False
    except Exception as error:
        process.error = error
    finally:
        process.alive = False


#: The world at hand: one at a time in a process.
_worlds: list[World] = []


def world() -> World:
    """The world at hand."""
    return _worlds[-1]


def begin(new: World) -> World:
    """Let this be the world at hand."""
    _worlds[:] = [new]
    return new
