"""Accidents with real parts: `python -m tests.chaos.run --rounds 3`, or `make chaos ROUNDS=3`.

Each round has a seed, which decides the order of the faults, their victims and their moments; what other processes do
meanwhile it does not decide. `--only WORDS` plays the faults whose name has these words, `--short` a dozen of them.
`--write` puts the table into docs/reliability.md: of this run, with `--add` of those before as well.
"""

import argparse
import atexit
import logging
import os
import random
import shutil
import tempfile
import time
import traceback
from pathlib import Path

if "PREFECT_HOME" not in os.environ:  # before anything imports Prefect
    os.environ["PREFECT_HOME"] = tempfile.mkdtemp(prefix="chaos-prefect-")
    atexit.register(shutil.rmtree, os.environ["PREFECT_HOME"], ignore_errors=True)

from config.settings import ROOT
from tests.chaos import faults_database, faults_machine, faults_mail, faults_processes, faults_stores
from tests.chaos.fault import ChaosFault
from tests.chaos.rehearsed import NAME, rehearsed
from tests.chaos.round import Met, Round
from tests.chaos.table import PAPER, Results, written

REHEARSED = ChaosFault(NAME, lambda _struck: None)
FAULTS: tuple[ChaosFault, ...] = (
    *faults_processes.FAULTS, *faults_mail.FAULTS, *faults_database.FAULTS, *faults_machine.FAULTS,
    *faults_stores.FAULTS, REHEARSED,
)  # fmt: skip


def _rehearsed(seed: int) -> Met:
    """The year of that seed in a rehearsal."""
    begun, broken = time.monotonic(), ""
    with tempfile.TemporaryDirectory(prefix="chaos-", ignore_cleanup_errors=True) as folder:
        try:
            rehearsed(Path(folder), random.Random(f"chaos rehearsed {seed}"))
        except Exception as error:
            traceback.print_exc()
            broken = f"{type(error).__name__}: {error}"
    seconds = time.monotonic() - begun
    print(f"seed {seed} · {NAME}: {broken or 'held'} ({seconds:.0f} s)", flush=True)
    return Met(seed, NAME, broken, seconds)


def main() -> int:
    """Play the rounds one after another; the exit code is 1 where a promise was broken."""
    given = _given()
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    wanted = given.only.split("|")
    faults = [one for one in FAULTS if any(words in one.name for words in wanted) and (one.is_short or not given.short)]
    results, begun = Results(given.results, afresh=not given.add), time.monotonic()
    for seed in range(given.seed, given.seed + given.rounds):
        Round(seed, [one for one in faults if one is not REHEARSED], results.add).play()
        if REHEARSED in faults:
            results.add(_rehearsed(seed))
    broken = [met for met in results.new if met.broken]
    print(f"\n{len(results.new)} faults, {time.monotonic() - begun:.0f} s; broken: {len(broken)}")
    for met in broken:
        print(f"  seed {met.seed} · {met.fault}: {met.broken.splitlines()[0]}")
    if given.write:
        PAPER.write_text(written(PAPER.read_text(encoding="utf-8"), FAULTS, results.all()), encoding="utf-8")
    return int(bool(broken))


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1, help="of the first round")
    parser.add_argument("--only", default="")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--results", type=Path, default=ROOT / "var" / "chaos" / "results.jsonl")
    parser.add_argument("--add", action="store_true", help="to the results that there are")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
