"""Plays years by the thousand: `python -m tests.simulation.run YEARS [FIRST_SEED]`, or `make simulate YEARS=1000`.

Says what each broken promise was, with the seed that shows it again, then years a minute, acts, faults, and which
faults met which state of a visit. `--seed N` plays one year and prints everything that happened in it.
"""

import argparse
import logging
import sys
import time
from collections import Counter

from tests.simulation.year import Outcome, play


def main() -> int:
    """Play them one after another; the exit code is 1 where a promise was broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("years", type=int, nargs="?", default=20)
    parser.add_argument("first", type=int, nargs="?", default=0)
    parser.add_argument("--seed", type=int)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if given.seed is not None:
        return _tell(play(given.seed, keeps_log=True))
    began, cpu = time.monotonic(), time.process_time()
    broken: list[Outcome] = []
    acts, faults, met, ends = 0, Counter[str](), Counter[tuple[str, str]](), Counter[str]()
    for seed in range(given.first, given.first + given.years):
        outcome = play(seed)
        acts += outcome.acts
        faults.update(outcome.faults)
        met.update(outcome.met)
        ends.update(outcome.ends)
        if outcome.broken:
            broken.append(outcome)
            print(f"seed {seed}: {outcome.broken}", flush=True)
    seconds, busy = time.monotonic() - began, time.process_time() - cpu
    print(f"\n{given.years} years from seed {given.first}, {acts} acts of people, {sum(faults.values())} faults")
    print(f"{given.years / seconds * 60:.1f} years a minute, {given.years / busy * 60:.1f} a minute of processor time")
    print(f"broken promises: {len(broken)}; seeds {[one.seed for one in broken]}")
    print("\nhow rows ended: " + "; ".join(f"{name} {number}" for name, number in sorted(ends.items())))
    print("\n" + table(met))
    return int(bool(broken))


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
    return "hung up" if fault.startswith("hung up") else fault


def _tell(outcome: Outcome) -> int:
    print("\n".join(outcome.log))
    print(outcome.where or f"nothing broken; trace {outcome.trace}")
    return int(outcome.broken is not None)


if __name__ == "__main__":
    sys.exit(main())
