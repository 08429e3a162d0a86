"""What one wake-up of a visit costs with warm processes and with one process per run, measured in the same run.

Run: `.venv/bin/python -m benchmarks.wake_ups [warm] [process]`, the numbers of clicks. Prints one JSON object: for each
kind of runner the CPU seconds of all processes per wake-up, what the idle service uses anyway included, and how long it
takes from the click to the step and to the parked visit (median and worst); then how many times cheaper it has become.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Literal

from benchmarks.crowd import cpu_seconds, crowd
from config.settings import for_rehearsal, use
from deployments.service.embedded import Service
from deployments.service.environment import enter


def measure(runner: Literal["warm", "process"], clicks: int, home: Path) -> dict[str, float]:
    """Open so many visits, then wake one after the other, as an answer does."""
    chosen = use(for_rehearsal(home / runner).model_copy(update={"runner": runner}))
    from database import visits
    from database.engine import reading
    from flows.engine.server import one_connection
    from flows.engine.wake import wake
    from flows.open_due_visits import open_due
    from rehearsal.run import files_of, load

    def rows() -> dict[int, tuple[bool, float]]:
        with reading(chosen.database) as session:
            return {
                row.id: (row.worker is None and row.wake_seen >= row.wake_wanted and row.waiting_state is not None,
                         row.worker_seen_at.timestamp() if row.worker_seen_at else 0.0)
                for row in visits.open_ones(session)
            }  # fmt: skip

    plan, contacts, script = files_of("2024")
    with Service(chosen, afresh=True), one_connection():
        load(chosen, *crowd(plan, contacts, clicks), script)
        open_due()
        while not all(parked for parked, _ in rows().values()):
            time.sleep(0.1)
        time.sleep(3)
        to_step, to_parked, used = [], [], cpu_seconds()
        for visit_id in rows():
            clicked, begun = time.time(), time.monotonic()
            wake(visit_id)
            while not rows()[visit_id][0]:
                time.sleep(0.02)
            to_parked.append(time.monotonic() - begun)
            to_step.append(rows()[visit_id][1] - clicked)
        return {
            "wake_ups": clicks,
            "cpu_per_wake_up": round((cpu_seconds() - used) / clicks, 3),
            "click_to_step": round(statistics.median(to_step), 2),
            "click_to_step_worst": round(max(to_step), 2),
            "click_to_parked": round(statistics.median(to_parked), 2),
        }


def main(warm: int = 40, process: int = 8) -> None:
    """Measure both and print."""
    home = Path(tempfile.mkdtemp(prefix="visits-wake-ups-"))
    enter(use(for_rehearsal(home)))
    result = {"warm": measure("warm", warm, home), "process": measure("process", process, home)}
    ratio = result["process"]["cpu_per_wake_up"] / result["warm"]["cpu_per_wake_up"]
    print(json.dumps({**result, "times_cheaper": round(ratio, 1)}))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
