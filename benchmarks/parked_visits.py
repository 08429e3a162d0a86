"""What 200 parked visits cost: CPU of all processes of the service over a minute in which nothing happens.

Run: `.venv/bin/python -m benchmarks.parked_visits [visits] [seconds]`. Prints one JSON object: CPU seconds with no
visit parked and with all of them parked, in the same run, and how many processes the runner keeps for them all.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.crowd import cpu_seconds, crowd
from config.settings import for_rehearsal, use
from deployments.service.embedded import Service
from deployments.service.environment import enter


def cpu_over(seconds: float) -> float:
    """CPU time used while this process sleeps for so long."""
    before = cpu_seconds()
    time.sleep(seconds)
    return round(cpu_seconds() - before, 2)


def main(count: int = 200, seconds: float = 60) -> None:
    """Measure and print."""
    home = Path(tempfile.mkdtemp(prefix="visits-parked-")) / "rehearsal"
    chosen = use(for_rehearsal(home))
    enter(chosen)
    from database import visits
    from database.engine import reading
    from flows.open_due_visits import open_due
    from flows.reconcile_visits import reconcile
    from rehearsal.run import files_of, load

    plan, contacts, script = files_of("2024")
    with Service(chosen, afresh=True) as service:
        load(chosen, *crowd(plan, contacts, count), script)
        time.sleep(10)  # what the server does after its start is not what is measured
        idle = cpu_over(seconds)
        begun = time.monotonic()
        open_due()
        parked = 0
        while parked < count:
            time.sleep(3)
            service.watch()
            reconcile()  # as the schedule does in the live service
            with reading(chosen.database) as session:
                rows = visits.open_ones(session)
            parked = sum(row.waiting_state is not None and row.worker is None for row in rows)
        opened_in = round(time.monotonic() - begun, 1)
        time.sleep(10)
        runner = psutil.Process(service.pid("runner"))
        result = {"visits": count, "opened_in": opened_in, "seconds": seconds, "cpu_idle": idle}
        print(json.dumps({**result, "cpu_parked": cpu_over(seconds), "processes_that_stay": len(runner.children())}))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
