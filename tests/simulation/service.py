"""The processes of the service in a simulated world: runner, workers, trigger, reconciler; any may die."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from math import inf
from typing import Any

import httpx
from prefect import Flow
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.responses import SetStateStatus
from prefect.exceptions import Pause, PrefectHTTPStatusError
from prefect.states import Failed, Running

from config.settings import settings
from database import visits
from database.engine import reading
from deployments.registry import FLOWS, NAMES
from deployments.warm.processes import Processes
from deployments.warm.runner import WarmRunner
from deployments.warm.worker_main import Flows
from domain.problem import Refused
from flows.engine.claim import MACHINE, is_named_anywhere
from flows.open_due_visits import open_due_visits
from flows.reconcile_visits import reconcile_visits
from tasks.letters.deliver import LetterNotAccepted, MailServerGone
from tests.simulation import at_work
from tests.simulation.simulated_prefect import SimulatedPrefect
from tests.simulation.world import Fault, Process, World

#: What a run may fail with: the machine's trouble, and what only a person can mend.
_EXPECTED = (*MACHINE, Refused, LetterNotAccepted, MailServerGone)


#: So often the runner looks at what it cannot start: a run that broke is given its minute.
_LOOKS = 2


class _Hand:
    """A worker as its runner knows it."""

    since = float("inf")  #: its runs are too short for anybody to ask whether they should be cancelled

    def __init__(self, process: Process, inbox: list[FlowRun | None]) -> None:
        self.process, self.inbox, self.pipe = process, inbox, self
        self.run: FlowRun | None = None
        self.runs, self.pid = 0, 1

    def begin(self, run: FlowRun) -> None:
        """Hand it a run."""
        if not self.process.alive:
            raise OSError("simulated: the pipe is broken")
        self.run, self.runs = run, self.runs + 1
        self._give(run)

    def look(self) -> FlowRun | None:
        """The run that has just ended."""
        if not self.process.alive:
            raise EOFError
        if not self.process.idle:
            return None
        ended, self.run = self.run, None
        return ended

    def close(self) -> None:
        """Nothing more comes: it ends."""
        self._give(None)

    def bury(self) -> int:
        """How it has died."""
        return 9

    def is_alive(self) -> bool:
        """Whether it is still ending."""
        return self.process.alive

    def _give(self, run: FlowRun | None) -> None:
        self.inbox.append(run)
        self.process.idle = False


class SimulatedProcesses(Processes):
    """The real ones, but that each is a simulated process."""

    def __init__(self, service: "Service", flows: Flows) -> None:
        client: Any = service.prefect
        super().__init__(client, flows)
        self._service = service

    def _open(self) -> Any:
        hand: Any = self._service.begin_worker()
        self._workers.append(hand)
        return hand

    def unheard(self) -> bool:
        """Whether one of them has died, and the runner has still to hear it."""
        return any(not worker.is_alive() for worker in self._workers)


class SimulatedRunner(WarmRunner):
    """The real runner, but that its workers are simulated processes."""

    def __init__(self, service: "Service") -> None:
        client: Any = service.prefect
        super().__init__(client, pipe=None)  # type: ignore[arg-type] # nobody rings: it looks when it is told to
        self._processes: SimulatedProcesses = SimulatedProcesses(service, self._processes.flows)
        self._world, self._looked_at = service.world, datetime.min.replace(tzinfo=UTC)

    def look(self) -> None:
        """One round of `serve`."""
        with suppress(httpx.HTTPError, PrefectHTTPStatusError):
            self._processes.hear()
            if self._world.now > self._looked_at:
                self._lookout.looked = -inf
                self._looked_at = self._world.now
            self._lookout.look(self._client, self._processes.flows)
            self._hand_out()

    def unheard(self) -> bool:
        """Whether it has still to hear that one of its processes died."""
        return self._processes.unheard()


class Service:
    """All of them, on one server."""

    def __init__(self, world: World, prefect: SimulatedPrefect) -> None:
        self.world, self.prefect = world, prefect
        prefect.register(NAMES)
        self._runner: SimulatedRunner | None = None
        self._generation = 0
        world.when_power_fails = self._forget_runner

    def settle(self, rounds: int = 60) -> None:
        """Let the runner look, and its workers work, until nothing is due any more, or nothing helps it now."""
        in_vain = 0
        for _ in range(rounds):
            before = self.world.acts_of_runs
            self.let_runner_look()
            self.world.let_go_on()
            in_vain = 0 if self.world.acts_of_runs > before else in_vain + 1
            if in_vain > _LOOKS or (in_vain and not self._is_called()):
                return
        raise Fault("a visit that waits costs nothing", "runs are called again and again without end")

    def let_runner_look(self) -> None:
        """The runner is there while others are at work; where it has died, another one is started, on any machine."""
        if self.world.runner is None:
            name = f"runner{self.world.number()}"
            self.world.runner = Process(name, "runner", self._run_runner, machine=self._any_machine())
        one = self.world.runner
        self.world.start("runner", self._run_runner, name=one.name, machine=one.machine, own=one.own)

    def _any_machine(self) -> str:
        return self.world.chance.choice(self.world.machines)

    def _is_called(self) -> bool:
        """Whether a row is due, or the runner has still to hear that one of its processes died."""
        with reading(settings().database) as session:
            return bool(visits.to_call(session, 1)) or self._unheard()

    def _unheard(self) -> bool:
        return self._runner is not None and self._runner.unheard()

    def _run_runner(self) -> None:
        if self._runner is None:
            with suppress(httpx.HTTPError):
                self._runner = SimulatedRunner(self)
        if self._runner is not None:
            try:
                self._runner.look()
            except BaseException:
                self._forget_runner()  # its workers go on as orphans
                raise

    def trigger(self) -> None:
        """08:00."""
        self._flow("trigger", open_due_visits.fn)

    def reconcile(self) -> None:
        """The round of every five minutes."""
        self.world.disturbed = False
        self._flow("reconciler", reconcile_visits.fn)

    def power_cut(self) -> None:
        """Everything stops; what is at work is gone."""
        self._forget_runner()
        for process in list(self.world.processes):
            self.world.kill(process, "power cut")

    def _forget_runner(self) -> None:
        self._runner = self.world.runner = None

    def register_again(self) -> None:
        """The deployments are made anew after they were deleted; runs of the old ones are nobody's."""
        self._generation += 1
        self.prefect.deployments.clear()
        self.prefect.register(NAMES, self._generation)
        self._forget_runner()

    def _flow(self, kind: str, act: Callable[[], object]) -> None:
        def run() -> None:
            with suppress(httpx.HTTPError):  # its run has failed; the next one comes by itself
                act()

        self.world.start(kind, run, machine=self._any_machine())
        self.world.let_go_on()

    # a worker

    def begin_worker(self) -> _Hand:
        """A process that does one run after another."""
        inbox: list[FlowRun | None] = []

        def work() -> None:
            while True:
                while not inbox:
                    process.idle = True
                    process.switch.parent.switch()
                if (run := inbox.pop()) is None:
                    return
                process.run_id, process.state = run.id, self.prefect.waited_for.get(run.id, "begins")
                self.world.acts_of_runs += 1
                with suppress(httpx.HTTPError):  # not even its end could be told
                    self._execute(run)
                if is_named_anywhere():
                    return

        process = self.world.start("worker", work, machine=at_work.machine())
        return _Hand(process, inbox)

    def _execute(self, run: FlowRun) -> None:
        """What Prefect's engine does with a flow; when not even its end can be told, the process ends."""
        flow = self._flow_of(run)
        client = self.prefect
        if client.set_flow_run_state(run.id, Running()).status is not SetStateStatus.ACCEPT:
            return
        try:
            state = flow.fn(**run.parameters)
        except Pause:
            return
        except _EXPECTED as error:
            self.world.note(f"failed: {type(error).__name__}")
            state = Failed(message=f"{error}"[:200])
        except Exception as error:
            raise Fault("no run breaks by itself", f"{run.name}: {type(error).__name__}: {error}") from error
        client.set_flow_run_state(run.id, state)

    def _flow_of(self, run: FlowRun) -> Flow[..., Any]:
        assert run.deployment_id
        name = next(one.name for one in self.prefect.deployments.values() if one.id == run.deployment_id)
        return FLOWS[name]
