"""Defects put into the service on purpose, one at a time, while it runs: is each of them found, and in which year?

Run: `python -m tests.simulation.defects [YEARS]`. A simulator that finds nothing proves nothing; this is its own test.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pydoc import locate
from typing import Any
from unittest.mock import patch

from database import answers, numbers, outbox, visits
from database.models import AnswerRow
from tests.simulation.year import Outcome, Year, play


@dataclass(frozen=True)
class Defect:
    """One wrong thing, and which promise it breaks first."""

    name: str
    place: str  #: what is exchanged
    wrong: Callable[[Any], Any]  #: what stands there instead, made of what was there
    stopped: float = 0.0  #: how often processes stand still in its years, where it takes that to see it


def _first_alone(move: Any) -> Any:
    """Of several recipients the first one alone gets his state."""

    def moved(session: Any, letter: Any, before: str, after: str, reply: str | None = None) -> Any:
        kept = {one: one.state for one in letter.recipients[1:]}
        found = move(session, letter, before, after, reply)
        for one, state in kept.items():
            one.state = state
        return found

    return moved


def _sends_again(settle: Any) -> Any:
    """A letter of which nobody knows simply waits again."""

    def settled(session: Any, letter_id: int, state: str, *about: Any) -> Any:
        return settle(session, letter_id, "queued" if state == "uncertain" else state, *about)

    return settled


def _swallows_news(note_waiting: Any) -> Any:
    """What was answered while the step was at work counts as seen when the visit is parked."""

    def noted(session: Any, visit_id: int, waiting: Any, wake_hour: int) -> None:
        note_waiting(session, visit_id, waiting, wake_hour)
        row = visits.get(session, visit_id)
        row.wake_seen = row.wake_wanted

    return noted


def _overwrites(record: Any) -> Any:
    """A second answer takes the place of the first."""

    def recorded(session: Any, visit_id: int, kind: str, content: object, **about: Any) -> AnswerRow:
        before = answers.latest(session, visit_id, kind)
        row: AnswerRow = record(session, visit_id, kind, content, **about)
        if before is not None:
            before.content = row.content
        return row

    return recorded


def _a_day_too_many(counted: Any) -> Any:
    """The working days that somebody has end a day late."""
    return lambda rule, calendar: counted(rule, calendar) + timedelta(days=1)


_OFTEN = 0.01
DEFECTS = (
    Defect("a claim is not written before DATA", "database.outbox.take", lambda _real: lambda *_about: True),
    Defect("a copy's state is dropped", "database.outbox.move", _first_alone),
    Defect("an uncertain letter goes again by itself", "database.outbox.settle", _sends_again),
    Defect("the server's word is not kept", "tasks.letters.sending._settle", lambda _real: lambda *_about: None),
    Defect("a letter waits for no mail server", "database.outbox.holds_up", lambda _real: lambda _letter: False),
    Defect("a later answer overwrites the first", "database.answers.record", _overwrites),
    Defect("an answer calls nobody", "database.visits.ask_to_wake", lambda _real: lambda *_about: None),
    Defect("what comes while a step works is not seen", "database.visits.note_waiting", _swallows_news),
    Defect("a dead process counts as alive", "flows.engine.run_cases._dead", lambda _real: lambda *_about: False),
    Defect("a lease never ends", "tasks.worker.is_alive", lambda _real: lambda _session, worker: worker is not None),
    Defect(
        "whoever was taken over writes all the same", "tasks.worker.fence", lambda _real: lambda _visit: None, _OFTEN
    ),
    Defect(
        "whoever stood still sends all the same", "tasks.worker.Hold.check", lambda _real: lambda _hold: None, _OFTEN
    ),
    Defect("a stopped run is not shown", "flows.engine.due_runs.stop", lambda _real: lambda *_about: None),
    Defect("a day too many to answer", "domain.due.DueRule._counted", _a_day_too_many),
    Defect("a number is not entered in the register", "database.numbers.use", lambda _real: lambda *_about: None),
    Defect("a copy that was put back is not noticed", "database.restored._has", lambda _real: lambda *_about: True),
    Defect("a moved meeting is not told", "papers.drafts._must_be_adjusted", lambda _real: lambda *_about: False),
)
assert numbers
assert outbox


@contextmanager
def put_in(defect: Defect) -> Iterator[None]:
    """Let the service have that defect for as long as this lasts, wherever what is wrong is used."""
    place, _, name = defect.place.rpartition(".")
    holder = sys.modules.get(place) or locate(place)
    real = getattr(holder, name)
    wrong = defect.wrong(real)
    with ExitStack() as stack:
        stack.enter_context(patch.object(holder, name, wrong))
        for known in list(sys.modules.values()):
            if getattr(known, "__dict__", {}).get(name) is real:
                stack.enter_context(patch.object(known, name, wrong))
        yield


def _stand_still(often: float, year: Year) -> None:
    year.rates.stopped = max(year.rates.stopped, often)


def find(defect: Defect, years: int, first: int = 0) -> tuple[int, Outcome] | None:
    """How many years it took, and the year that found it; None where so many did not."""
    with put_in(defect):
        for number in range(years):
            outcome = play(first + number, prepared=partial(_stand_still, defect.stopped))
            if "TypeError" in outcome.where:
                raise AssertionError(f"what was put in does not fit any more: {outcome.where}")
            if outcome.broken:
                return number + 1, outcome
    return None


def main(arguments: list[str]) -> int:
    """Look for each of them; the exit code says how many were missed."""
    years = int(arguments[0]) if arguments else 100
    chosen = [one for one in DEFECTS if not arguments[1:] or any(word in one.name for word in arguments[1:])]
    missed = 0
    print("| defect | years | seed | found by |\n|---|---|---|---|")
    for defect in chosen:
        found = find(defect, years)
        missed += found is None
        told = f"{found[0]} | {found[1].seed} | {found[1].broken}" if found else f"more than {years} | – | –"
        print(f"| {defect.name} | {told} |".replace("\n", " ")[:240], flush=True)
    return missed


if __name__ == "__main__":
    import logging

    logging.disable(logging.CRITICAL)
    sys.exit(main(sys.argv[1:]))
