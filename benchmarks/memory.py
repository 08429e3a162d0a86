"""Whether memory stays flat over ten thousand wake-ups, with processes that are never replaced by fresh ones.

Run: `.venv/bin/python -m benchmarks.memory [wake-ups] [visits]`. Prints one line for each twentieth of the way:
wake-ups so far, and the memory in MB that belongs to each process of the runner alone (USS), the largest last.
"""

import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.crowd import crowd
from config.settings import for_rehearsal, use
from deployments.service.embedded import Service
from deployments.service.environment import enter


def own_megabytes(runner: int) -> list[float]:
    """What the processes of a runner use for themselves; what a fork shares with the runner is not counted."""
    return sorted(round(child.memory_full_info().uss / 2**20, 1) for child in psutil.Process(runner).children())


def main(wake_ups: int = 10_000, count: int = 40) -> None:
    """Wake every visit again as soon as it has parked, and print the curve."""
    home = Path(tempfile.mkdtemp(prefix="visits-memory-")) / "rehearsal"
    chosen = use(for_rehearsal(home).model_copy(update={"runs_per_process": wake_ups * 10}))
    enter(chosen)
    from database import visits
    from database.engine import reading
    from flows.engine.server import one_connection
    from flows.engine.wake import wake
    from flows.open_due_visits import open_due
    from flows.reconcile_visits import reconcile
    from rehearsal.run import files_of, load

    plan, contacts, script = files_of("2024")
    with Service(chosen, afresh=True) as service, one_connection():
        load(chosen, *crowd(plan, contacts, count), script)
        open_due()
        done, shown, tended = 0, -1, time.monotonic()
        while done < wake_ups:
            with reading(chosen.database) as session:
                rows = list(visits.open_ones(session))
            for row in rows:
                if row.worker is None and row.waiting_state and row.wake_seen >= row.wake_wanted:
                    wake(row.id)
            done = sum(row.wakeups for row in rows)
            if done * 20 // wake_ups > shown:
                shown = done * 20 // wake_ups
                print(done, *own_megabytes(service.pid("runner")), flush=True)
            if time.monotonic() - tended > 30:
                reconcile()
                tended = time.monotonic()
            time.sleep(0.1)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
