"""Plays years by the thousand: `python -m tests.simulation.run YEARS [FIRST_SEED]`, or `make simulate YEARS=1000`.

Says what each broken promise was, with the seed that shows it again, then years a minute, acts, faults, and which
faults met which state of a visit. `--seed N` plays one year and prints everything that happened in it.
"""

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.simulation.year import Outcome, play


@dataclass
class Sum:
    """What many years come to."""

    years: int = 0
    acts: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    met: Counter[tuple[str, str]] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    broken: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """One more year."""
        self.years, self.acts = self.years + 1, self.acts + outcome.acts
        self.faults.update(outcome.faults)
        self.met.update(outcome.met)
        self.ends.update(outcome.ends)
        if outcome.broken:
            self.broken.append(outcome)
            print(f"seed {outcome.seed}: {outcome.broken}", flush=True)

    def told(self, seconds: float, busy: float) -> Iterator[str]:
        """The figures and the table."""
        yield f"\n{self.years} years, {self.acts} acts of people, {sum(self.faults.values())} faults"
        pace = f"{self.years / seconds * 60:.1f} years a minute"
        yield f"{pace}, {self.years / busy * 60:.1f} a minute of processor time"
        yield f"broken promises: {len(self.broken)}; seeds {[one.seed for one in self.broken]}"
        yield "\nfaults: " + "; ".join(f"{name} {number}" for name, number in sorted(_by_kind(self.faults).items()))
        yield "\nhow rows ended: " + "; ".join(f"{name} {number}" for name, number in sorted(self.ends.items()))
        yield "\n" + table(self.met)


def main() -> int:
    """Play them one after another; the exit code is 1 where a promise was broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("years", type=int, nargs="?", default=20)
    parser.add_argument("first", type=int, nargs="?", default=0)
    parser.add_argument("--seed", type=int, help="this one year, with everything that happens in it")
    parser.add_argument("--minutes", type=float, default=10**6, help="begin no other year after so long")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if given.seed is not None:
        return _tell(play(given.seed, keeps_log=True))
    found, began, cpu = Sum(), time.monotonic(), time.process_time()
    for seed in range(given.first, given.first + given.years):
        if time.monotonic() - began < given.minutes * 60:
            found.add(play(seed))
    print("\n".join(found.told(time.monotonic() - began, time.process_time() - cpu)))
    return int(bool(found.broken))


def table(met: Counter[tuple[str, str]]) -> str:
    """What was waited for, down, and what went wrong meanwhile, across: how often both met."""
    kinds = sorted({_kind(fault) for _state, fault in met})
    rows: dict[str, Counter[str]] = {}
    for (state, fault), number in met.items():
        rows.setdefault(state, Counter())[_kind(fault)] += number
    lines = ["| waits for | " + " | ".join(kinds) + " |", "|---" * (len(kinds) + 1) + "|"]
    for state, found in sorted(rows.items()):
        lines.append(f"| {state} | " + " | ".join(str(found[kind] or "") for kind in kinds) + " |")
    return "\n".join(lines)


def _by_kind(faults: Counter[str]) -> Counter[str]:
    found = Counter[str]()
    for fault, number in faults.items():
        found[_kind(fault)] += number
    return found


def _kind(fault: str) -> str:
    """Deaths are told together: there are as many places as there are calls."""
    if fault.startswith("killed at"):
        where = fault.removeprefix("killed at ")
        verbs = ("EHLO", "MAIL", "RCPT", "DATA", "text", "connecting")
        at = (
            "a commit"
            if where in ("begin", "commit")
            else "SMTP"
            if any(verb in where for verb in verbs)
            else "Prefect"
        )
        return f"killed at {at}"
    return next((kind for kind in ("hung up", "stopped at") if fault.startswith(kind)), fault)


def _tell(outcome: Outcome) -> int:
    print("\n".join(outcome.log))
    print(outcome.where or f"nothing broken; trace {outcome.trace}")
    return int(outcome.broken is not None)


if __name__ == "__main__":
    sys.exit(main())
