"""One year of one seed: moment after moment, act after act, with everything looked at in between."""

import gc
import random
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from prefect.states import Scheduled

from config.settings import Settings
from database import clock, visits
from database.dossier import open_dossier
from database.engine import reading
from database.models import VisitRow
from domain.dates import at
from domain.obligation import Kind
from domain.problem import Refused
from domain.state import VisitState
from domain.wait import Wait
from flows.engine.server import standing_for_the_server
from tests.simulation.at_work import pass_time
from tests.simulation.office import VARIANTS, YEAR, begins, opened, small_plan
from tests.simulation.people import SimulatedPeople
from tests.simulation.promises import Promises
from tests.simulation.script import drawn
from tests.simulation.service import Service
from tests.simulation.simulated_mail import Mail
from tests.simulation.simulated_prefect import SimulatedPrefect
from tests.simulation.substitutes import substituted, watch_transactions
from tests.simulation.trouble import Troubles
from tests.simulation.world import Fault, Rates, World, begin

#: The last moment that is played.
ENDS = at(begins().date().replace(year=YEAR + 1, month=1, day=31), 18)


#: So often an answer comes while the visit that it is about is at work.
_AT_ONCE = 0.3
#: After something went wrong, so many seconds pass first: less and more than a lease of 40.
_PAUSES = (6, 45)
#: Nobody had anything to do after all.
_NOTHING = object()
#: The id of each wait, and under which name a run is parked for it.
_SHOWN = {one.value: one.shown for one in Wait}


@dataclass
class Outcome:
    """What became of a year."""

    seed: int
    trace: str = ""
    acts: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    met: dict[tuple[str, str], int] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    broken: Fault | None = None
    where: str = ""
    log: list[str] = field(default_factory=list)


class Year:
    """A year as it is played."""

    def __init__(self, seed: int, of: Settings, world: World, mail: Mail) -> None:
        self.seed, self.of, self.world, self.mail = seed, of, world, mail
        self.chance = random.Random(f"year {seed}")
        self.prefect = SimulatedPrefect(world)
        self.service = Service(world, self.prefect)
        self.people = SimulatedPeople(
            drawn(small_plan(seed % len(VARIANTS)), random.Random(f"script {seed}")), seed, mail
        )
        self.rates = drawn_rates(self.chance)
        self.promises = Promises(mail, of.folder / "visits.db")
        mail.when_taken = self.promises.a_letter_arrives
        self.troubles = Troubles(self, random.Random(f"troubles {seed}"))

    def play(self) -> None:
        """From the plan's first morning to the end of January after it."""
        self.look_to_everything()
        while self.world.now < ENDS:
            following = self._next_moment()
            if following is None or following > ENDS:
                break
            pass_time(self.world, max(following, self.world.now))
            self.troubles.come()
            self.what_falls_due()

    def what_falls_due(self) -> None:
        """What people do now; then the service looks."""
        for _ in range(40):
            for visit_id in self._due():
                self.act(visit_id, self._doing(visit_id))
            self.look_to_everything()
            if not self._due():
                return
        raise Fault("whoever has answered is not asked again", f"acts without end: visits {self._due()}")

    def look_to_everything(self) -> None:
        """The service does all that it can do now, while things go wrong; then it mends itself."""
        self.world.rates = self.rates
        if self.world.now.hour >= 8:
            self.service.trigger()
        self.service.settle()
        rounds = 0
        while self.world.disturbed or self.world.somebody_stands_still():
            rounds += 1
            pass_time(self.world, self.world.now + timedelta(seconds=self.chance.choice(_PAUSES)))
            if rounds > 2:
                self.world.rates = Rates()
            self.service.settle()  # the runner looks before the reconciler does
            pass_time(self.world, self.world.now + timedelta(minutes=5))
            if rounds > 12:
                raise Fault("what went wrong is mended", "the reconciler goes on without end")
            self.service.reconcile()
            self.service.settle()
        self.world.rates = Rates()
        self.promises.look()
        self.promises.look_at_rest(self.world.now, self._states(), _SHOWN)

    def _states(self) -> dict[str, tuple[str, str]]:
        """How the runs are in Prefect."""
        found = {str(run.id): run.state for run in self.prefect.runs.values()}
        return {run_id: (state.type.value, state.name or "") for run_id, state in found.items() if state}

    def act(self, visit_id: int, do: Callable[[], object], *, counts: bool = True) -> None:
        """What a person does at the desk: it is taken, refused, or the desk dies meanwhile."""
        told: list[object] = []
        line = self.promises.length_of_record()

        def at_the_desk() -> None:
            try:
                done = do()
                told.append("taken" if done is None else done)
            except Refused as refused:
                told.append(refused)
            self.world.point("answered")

        self.world.acts += 1
        self.world.rates = self.rates
        self.world.start("desk", at_the_desk, machine=self.world.chance.choice(self.world.machines))
        if self.world.happens(_AT_ONCE):
            # The visit happens to look at its row while the answer is being given.
            self._look_meanwhile(visit_id)
        self.world.let_go_on()
        self.world.rates = Rates()
        for word, name in self.people.words:
            self.world.note(f"{word} {name}")
            self.promises.letters.again[name] += 1
        self.people.words.clear()
        self.promises.look()
        if told and isinstance(told[0], Refused):
            self.world.note(f"refused {told[0]}")
        if not counts:
            return
        if told and isinstance(told[0], Refused):
            self.people.refused[visit_id] = self.people.refused.get(visit_id, 0) + 1
            self.people.not_before[visit_id] = self.world.now + timedelta(days=1)
        elif told:
            if told[0] is not _NOTHING:
                self.promises.confirmed(line)
            self.people.refused.pop(visit_id, None)
            self.people.not_before.pop(visit_id, None)

    def _look_meanwhile(self, visit_id: int) -> None:
        with reading(self.of.database) as session:
            row = session.get(VisitRow, visit_id)
            run = self.prefect.runs.get(UUID(row.flow_run_id)) if row and row.flow_run_id else None
        if run is not None and run.state is not None and run.state.is_paused():
            self.prefect.set_flow_run_state(run.id, Scheduled(name="Resuming"))
            self.service.let_runner_look()

    def _due(self) -> list[int]:
        """The visits about which somebody acts now."""
        found = []
        with reading(self.of.database) as session:
            for row in visits.with_runs(session):
                act = self.people.next_act(open_dossier(session, row.id))
                if act is not None and act.due <= self.world.now:
                    found.append(row.id)
        return found

    def _doing(self, visit_id: int) -> Callable[[], object]:
        """Read again within the desk's own process, then done."""

        def do() -> object:
            with reading(self.of.database) as session:
                act = self.people.next_act(open_dossier(session, visit_id))
                if act is None or act.due > self.world.now:
                    return _NOTHING
                return act.do()

        return do

    def _next_moment(self) -> datetime | None:
        with reading(self.of.database) as session:
            now = clock.now(session)
            moments = [
                at(row.opens_on, 8) for row in visits.of_year(session, YEAR, *Kind) if row.state == VisitState.PLANNED
            ]
            for row in visits.with_runs(session):
                act = self.people.next_act(open_dossier(session, row.id))
                moments += [one for one in (act and act.due, row.waiting_until) if one]
        trouble = self.troubles.next_moment()
        moments += [trouble] if trouble else []
        later = [max(one, now + timedelta(minutes=1)) for one in moments]
        return min(later, default=None)


def drawn_rates(chance: random.Random) -> Rates:
    """How rough this year is: some are calm, so that what follows a single fault is seen, some are storms."""
    rough = chance.choice((0.0, 0.3, 1.0, 1.0, 3.0))
    return Rates(killed=0.002 * rough, prefect=0.002 * rough, mail=0.01 * rough, stopped=0.001 * rough)


def play(seed: int, *, keeps_log: bool = False, prepared: Callable[[Year], None] | None = None) -> Outcome:
    """Play the year of that seed; a broken promise is in the outcome."""
    # What a world is made of is let go with it; looking for circles in it all the time took a fifth of the year.
    gc.disable()
    try:
        return _play(seed, keeps_log, prepared)
    finally:
        gc.enable()
        gc.collect()


def _play(seed: int, keeps_log: bool, prepared: Callable[[Year], None] | None) -> Outcome:
    machines = ("machine1", "machine2")[: 1 + seed % 2]
    world, mail = begin(World(seed, begins(), keeps_log=keeps_log, machines=machines)), Mail()
    outcome = Outcome(seed)
    with ExitStack() as stack:
        stack.enter_context(substituted(mail))
        of = stack.enter_context(opened(seed % len(VARIANTS), random.Random(f"blocks {seed}").random() < 0.5))
        watch_once(of)
        year = Year(seed, of, world, mail)
        stack.enter_context(standing_for_the_server(cast("Any", year.prefect)))
        if prepared:
            prepared(year)
        try:
            year.play()
        except Fault as fault:
            outcome.broken, outcome.where = fault, "".join(traceback.format_exception(fault))
        outcome.ends = how_it_ends(of)
    outcome.trace, outcome.acts, outcome.log = world.trace, world.acts, world.log
    outcome.faults, outcome.met = dict(world.faults), dict(world.met)
    return outcome


_watched: set[str] = set()


def watch_once(of: Settings) -> None:
    """The engine of a database is one for each process, and is watched once."""
    if of.database not in _watched:
        _watched.add(of.database)
        watch_transactions(of.database)


def how_it_ends(of: Settings) -> dict[str, int]:
    """How many rows are in which state when the year is over."""
    ends: dict[str, int] = {}
    with reading(of.database) as session:
        for row in visits.of_year(session, YEAR, *Kind):
            name = f"{row.kind} {row.state} {row.waiting_state or ''}".strip()
            ends[name] = ends.get(name, 0) + 1
    return ends
