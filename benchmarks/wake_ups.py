"""What one wake-up of a visit costs with each kind of runner, and through a work pool, measured in the same run.

Run: `.venv/bin/python -m benchmarks.wake_ups [warm] [process] [pool] [pool-process]`, the numbers of clicks; what has 0
is left out. The last two are the two types of workers of a pool. Prints one JSON object: for each kind the CPU seconds
of all processes per wake-up, what the idle service uses anyway included, and how long it takes from the click to the
step and to the parked visit (median and worst); then how many times cheaper the first one is.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import httpx

from benchmarks.crowd import cpu_seconds, crowd
from config.settings import ROOT, for_rehearsal, use
from deployments.service.embedded import Service
from deployments.service.environment import enter


def measure(runner: Literal["warm", "process", "pool"], clicks: int, home: Path, worker: str = "") -> dict[str, float]:
    """Open so many visits, then wake one after the other, as an answer does."""
    chosen = use(for_rehearsal(home / f"{runner}{worker}").model_copy(update={"runner": runner}))
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
    with Service(chosen, afresh=True) as service, working(service, worker), one_connection():
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


@contextmanager
def working(service: Service, kind: str) -> Iterator[None]:
    """A worker of that type beside a service whose runs go through a pool of the same type; none for no type."""
    if not kind:
        yield
        return
    pool = service.settings.work_pool
    with httpx.Client(base_url=f"{service.settings.prefect_url}/api", timeout=60) as api:
        api.delete(f"/work_pools/{pool}").raise_for_status()
        api.post("/work_pools/", json={"name": pool, "type": kind}).raise_for_status()
        for one in api.post("/deployments/filter", json={}).raise_for_status().json():
            api.patch(f"/deployments/{one['id']}", json={"work_pool_name": pool}).raise_for_status()
    command = [sys.executable, "-m", "deployments.pool.start", kind]
    with (service.settings.folder / "worker.log").open("wb") as log:
        worker = subprocess.Popen(command, cwd=ROOT, env=service.environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(30)


def main(warm: int = 40, process: int = 8, pool: int = 40, pool_process: int = 8) -> None:
    """Measure each and print."""
    home = Path(tempfile.mkdtemp(prefix="visits-wake-ups-"))
    enter(use(for_rehearsal(home)))
    result = {
        name: measure(runner, clicks, home, worker)
        for name, runner, clicks, worker in (
            ("warm", "warm", warm, ""), ("process", "process", process, ""),
            ("pool", "pool", pool, "visits-warm"), ("pool_process", "pool", pool_process, "process"),
        )
        if clicks
    }  # fmt: skip
    first = next(iter(result.values()))["cpu_per_wake_up"]
    cheaper = {name: round(one["cpu_per_wake_up"] / first, 1) for name, one in result.items()}
    print(json.dumps({**result, "times_cheaper": cheaper}))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
