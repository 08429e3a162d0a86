"""CPU of one visit's six steps on a real Prefect server, beside the same six tasks, empty, in a bare Prefect flow.

Run: `python -m benchmarks.six_steps [quick]`. Both wait between their steps as often: the visit for people, the bare
flow for nobody. What drawing documents, writing letters and handing them over costs is taken off, and told; so is where
the rest goes. Only the CPU of the process in which the runs are is counted, not that of the server.
"""

import cProfile
import pstats
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.figure import CannotMeasureError, Figure, say
from benchmarks.full_month import key_of, row_of
from benchmarks.real_runs import Runs, real_runs
from benchmarks.story import STORY, begin

BOUND = 1.5
_ROOMS = (
    "domain", "config", "database", "answers", "papers", "letters", "sheets", "tasks", "flows", "overview", "planning",
)  # fmt: skip


class Apart:
    """CPU of this thread inside certain functions, however they call each other."""

    def __init__(self) -> None:
        self.seconds, self._inside = 0.0, 0
        self.counts = False  #: else somebody else is at work: people, who have documents drawn as well

    def of(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, whose time is taken."""

        @wraps(real)
        def timed(*given: Any, **named: Any) -> Any:
            self._inside += 1
            begun = time.thread_time()
            try:
                return real(*given, **named)
            finally:
                self._inside -= 1
                if self.counts and not self._inside:
                    self.seconds += time.thread_time() - begun

        return timed


def _documents_and_mail() -> Iterator[tuple[Any, str]]:
    import letters.form.pdf_file
    import letters.form.word_file
    import letters.message
    import letters.postman
    import letters.wording
    import sheets.nominations.nomination_form

    for module, names in (
        (letters.form.word_file, ("word_file",)), (letters.form.pdf_file, ("pdf_file",)),
        (letters.message, ("compose",)), (letters.wording, ("write_paper", "render")),
        (sheets.nominations.nomination_form, ("nomination_form",)),
    ):  # fmt: skip
        for name in names:
            if hasattr(module, name):
                yield module, name


@contextmanager
def set_apart(apart: Apart) -> Iterator[None]:
    """Take the time of documents and mail wherever they are called."""
    from letters.postman import Postman

    with ExitStack() as stack:
        for home, name in _documents_and_mail():
            real = getattr(home, name)
            timed = apart.of(real)
            for module in list(sys.modules.values()):
                if getattr(module, name, None) is real:
                    stack.enter_context(patch.object(module, name, timed))
        for name in ("__enter__", "hand_over", "__exit__"):
            stack.enter_context(patch.object(Postman, name, apart.of(getattr(Postman, name))))
        yield


def ours(runs: Runs, apart: Apart, profile: cProfile.Profile | None = None) -> float:
    """Seconds of CPU of all wake-ups of one visit, documents and mail included."""
    spent = 0.0
    runs.afresh()
    with set_apart(apart):
        for before in STORY:
            begin(before, key_of(0))
            (run,) = runs.look()
            apart.counts = True
            begun = time.process_time()
            if profile:
                profile.enable()
            runs.work(run)
            if profile:
                profile.disable()
            spent += time.process_time() - begun
            apart.counts = False
    if row_of(0).state != "closed":
        raise CannotMeasureError(f"the visit was to be closed, and is {row_of(0).state}: {row_of(0).wait}")
    return spent


def bare(runs: Runs, wakeups: int) -> float:
    """The same of a flow of six empty tasks that waits as often between them, as bare as Prefect has it."""
    from prefect import flow, task
    from prefect.client.schemas.objects import FlowRun
    from prefect.flow_engine import run_flow
    from prefect.states import Scheduled

    @task
    def nothing() -> None:
        """An empty step."""

    spent = 0.0
    for place in range(wakeups):
        tasks = 1 if place < 6 else 0

        @flow(persist_result=False)
        def six_empty_tasks(tasks: int = tasks) -> None:
            for _ in range(tasks):
                nothing()

        run: FlowRun = runs.client.create_flow_run(six_empty_tasks, state=Scheduled())
        begun = time.process_time()
        run_flow(six_empty_tasks, flow_run=run, return_type="state")
        spent += time.process_time() - begun
    return spent


def measure(quick: bool) -> Sequence[Figure]:
    """The least of each over a few visits, in turns."""
    with real_runs() as runs:
        bare(runs, 2)
        rounds = []
        profile = cProfile.Profile()
        for _ in range(2 if quick else 4):
            apart = Apart()
            spent = ours(runs, apart)
            rounds.append((spent - apart.seconds, apart.seconds, bare(runs, len(STORY))))
        ours(runs, Apart(), profile)
    beyond, apart_seconds, reference = (min(one[place] for one in rounds) for place in range(3))
    told = f"{len(STORY)} wake-ups; documents and mail, taken off: {apart_seconds * 1000:.0f} ms; of the whole: "
    return [
        Figure("one visit, six steps", "six empty tasks in a bare Prefect flow that waits as often",
               f"{beyond * 1000:.0f} ms", f"{reference * 1000:.0f} ms", beyond / reference, BOUND,
               told=told + "; ".join(f"{room} {share:.0%}" for room, share in shares(profile)))
    ]  # fmt: skip


def shares(profile: cProfile.Profile) -> list[tuple[str, float]]:
    """Where the time goes: the part of each library and each room in what was profiled."""
    spent: Counter[str] = Counter()
    for (file, _line, _name), (_calls, _all, own, _with, _callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]  # no stub knows it
        parts = Path(file).parts
        if "site-packages" in parts:
            where = parts[parts.index("site-packages") + 1]
        else:
            where = next((part for part in parts if part in _ROOMS), "Python")
        spent[where] += own
    total = sum(spent.values())
    return [(where, seconds / total) for where, seconds in spent.most_common(8)]


if __name__ == "__main__":
    sys.exit(say(measure))
