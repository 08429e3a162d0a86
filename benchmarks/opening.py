"""Opening and parking thousands of visits at once on the real service, beside bare Prefect with a process for each run.

Run: `python -m benchmarks.opening [quick]`. Bare Prefect runs a flow of one empty task with its own runner on the same
server. CPU of all processes is compared, because a machine has other things to do as well; the seconds are told. What
must hold: nobody lost, nobody worked on twice, no letter lost or doubled, and memory that does not grow on the way.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import httpx
import psutil

from benchmarks.all_at_once import what_came_of_it
from benchmarks.crowd import cpu_seconds
from benchmarks.figure import CannotMeasureError, Figure, say
from benchmarks.full_month import OPENS, office_of, workshop
from benchmarks.outside import free_port
from config.settings import ROOT, Settings, for_rehearsal, use
from database import clock, visits
from database.engine import reading, writing
from deployments.service.embedded import Service
from deployments.service.environment import enter, prefect_environment

BOUND, MEMORY_BOUND = 4.0, 1.2
_BARE = """
import sys
from prefect import flow, task
@task
def nothing(): pass
@flow(persist_result=False)
def bare():
    nothing()
if __name__ == "__main__":
    bare.serve(name="bare", limit=2, print_starting_message=False)
"""


def measure(quick: bool) -> Sequence[Figure]:
    """Ours first, then the bare one on the same server, whose runner ours is stopped for."""
    count, few = (40, 6) if quick else (3300, 33)
    of = use(
        for_rehearsal(workshop() / "opening").model_copy(
            update={"prefect_port": free_port(), "desk_port": free_port(), "mailbox_port": free_port(),
                    "parallel_runs": 2}
        )
    )  # fmt: skip
    enter(of)
    with Service(of, afresh=True) as service:
        _load(of, count)
        runner = psutil.Process(service.pid("runner"))
        memory: list[float] = []
        cpu, seconds = _spent(lambda: _open_all(of, count, runner, memory))
        came = what_came_of_it(of)
        runner.suspend()
        bare_cpu, bare_seconds = _bare(of, few)
        runner.resume()
    if any(number for name, number in came.items() if name != "letters"):
        raise CannotMeasureError(f"{came}")
    settled = memory[len(memory) // 4 :]
    told = f"{count:,} visits in {seconds:.0f} s of a busy machine, {few} bare runs in {bare_seconds:.0f} s; {came}"
    return [
        Figure(f"opening and parking {count:,} visits, CPU of each", "a bare run in a process of its own",
               f"{cpu / count:.2f} s", f"{bare_cpu / few:.2f} s", (bare_cpu / few) / (cpu / count), BOUND,
               at_least=True, told=told),
        Figure("… memory of the runner's processes at the end", "after a quarter of the way",
               f"{settled[-1]:.0f} MB", f"{settled[0]:.0f} MB", settled[-1] / settled[0], MEMORY_BOUND),
    ]  # fmt: skip


def _spent(act: Callable[[], object]) -> tuple[float, float]:
    used, begun = cpu_seconds(), time.monotonic()
    act()
    return cpu_seconds() - used, time.monotonic() - begun


def _load(of: Settings, count: int) -> None:
    from rehearsal.run import files_of, load

    load(of, *office_of(count), files_of("2024")[2])
    with writing(of.database) as session:
        clock.set_rehearsal(session, OPENS)


def _open_all(of: Settings, count: int, runner: psutil.Process, memory: list[float]) -> None:
    from flows.engine.server import one_connection
    from flows.open_due_visits import open_due

    with one_connection():
        open_due()
    parked, changed = -1, time.monotonic()
    while (now := _parked(of)) < count:
        if now != parked:
            parked, changed = now, time.monotonic()
        if time.monotonic() - changed > 120:
            raise CannotMeasureError(f"{count - now} of {count} visits are not parked, and none was in two minutes")
        memory.append(sum(one.memory_full_info().uss for one in runner.children()) / 2**20)
        time.sleep(2)
    memory.append(sum(one.memory_full_info().uss for one in runner.children()) / 2**20)


def _parked(of: Settings) -> int:
    with reading(of.database) as session:
        return sum(row.waiting_state is not None and row.worker is None for row in visits.open_ones(session))


def _bare(of: Settings, count: int) -> tuple[float, float]:
    """CPU and seconds of so many bare runs; the runner's own start is not counted."""
    script = of.folder / "bare.py"
    script.write_text(_BARE, encoding="utf-8")
    with (of.folder / "bare.log").open("wb") as log:
        runner = subprocess.Popen(
            [sys.executable, str(script)], cwd=of.folder, env=prefect_environment(of) | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        with httpx.Client(base_url=f"{of.prefect_url}/api", timeout=60) as api:
            deployment = _until(lambda: _named(api), "no bare deployment")
            return _spent(lambda: _run_bare(api, deployment, count))
    finally:
        runner.terminate()
        runner.wait(60)


def _run_bare(api: httpx.Client, deployment: str, count: int) -> None:
    for _ in range(count):
        api.post(f"/deployments/{deployment}/create_flow_run", json={}).raise_for_status()
    asked = {"deployments": {"id": {"any_": [deployment]}}, "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
    _until(lambda: api.post("/flow_runs/count", json=asked).json() == count, f"{count} bare runs do not end")


def _named(api: httpx.Client) -> str:
    answer = api.get("/deployments/name/bare/bare")
    return str(answer.json()["id"]) if answer.is_success else ""


def _until(look: Callable[[], Any], otherwise: str) -> Any:
    for _ in range(600):
        if found := look():
            return found
        time.sleep(1)
    raise CannotMeasureError(otherwise)


if __name__ == "__main__":
    sys.exit(say(measure))
