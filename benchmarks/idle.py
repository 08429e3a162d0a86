"""What ten thousand parked visits cost while nothing happens: CPU and memory of the whole service, beside none parked.

Run: `python -m benchmarks.idle [quick]`. Rows and runs are copied from one visit that was really parked, so that there
is no waiting for ten thousand wake-ups; the service is the real one.
"""

import sqlite3
import sys
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

import psutil
from sqlalchemy import select

from benchmarks.clones import clone
from benchmarks.crowd import cpu_seconds
from benchmarks.figure import CannotMeasureError, Figure, say
from benchmarks.full_month import OPENS, all_rows, key_of, office_of, workshop
from benchmarks.outside import free_port
from config.settings import Settings, for_rehearsal, use
from database import clock, plans
from database.engine import writing
from database.models import VisitRow
from deployments.service.embedded import Service
from deployments.service.environment import enter
from domain.obligation import Kind

CPU_BOUND, MEMORY_BOUND = 0.02, 1.1
_SETTLES = 20


def megabytes() -> float:
    """Memory that the processes of the service have for themselves."""
    return sum(one.memory_full_info().uss for one in psutil.Process().children(recursive=True)) / 2**20


def over(seconds: float) -> tuple[float, float]:
    """CPU of a core, as a part of it, and memory, while this process sleeps."""
    before = cpu_seconds()
    time.sleep(seconds)
    return (cpu_seconds() - before) / seconds, megabytes()


def measure(quick: bool) -> Sequence[Figure]:
    """First with one visit parked, then with all the others."""
    visits, seconds = (1000, 20) if quick else (10_000, 60)
    of = use(
        for_rehearsal(workshop() / "idle").model_copy(
            update={"prefect_port": free_port(), "desk_port": free_port(), "mailbox_port": free_port()}
        )
    )
    enter(of)
    with Service(of, afresh=True):
        _park_one(of)
        time.sleep(_SETTLES)
        one_cpu, one_memory = over(seconds)
        _park_others(of, visits)
        time.sleep(_SETTLES)
        all_cpu, all_memory = over(seconds)
        parked = _parked(of)
    if parked != visits:
        raise CannotMeasureError(f"{parked} of {visits} visits are parked in rows and in Prefect")
    return [
        Figure(f"{visits:,} parked visits: CPU, part of a core", "one parked visit", f"{all_cpu:.3f}",
               f"{one_cpu:.3f}", all_cpu - one_cpu, CPU_BOUND, told="the figure is the difference"),
        Figure("… memory of all processes", "one parked visit", f"{all_memory:.0f} MB", f"{one_memory:.0f} MB",
               all_memory / one_memory, MEMORY_BOUND),
    ]  # fmt: skip


def _park_one(of: Settings) -> None:
    from flows.engine.server import one_connection
    from flows.open_due_visits import open_due
    from rehearsal.run import files_of, load

    _plan, _contacts, script = files_of("2024")
    load(of, *office_of(1), script)
    with writing(of.database) as session:
        clock.set_rehearsal(session, OPENS)
    with one_connection():
        open_due()
        until = time.monotonic() + 120
        while _parked(of) != 1 and time.monotonic() < until:
            time.sleep(0.5)


def _park_others(of: Settings, visits: int) -> None:
    with writing(of.database) as session:
        plans.save(session, *office_of(visits), "đo")
    clone(of, [key_of(number) for number in range(visits)], 1)
    with closing(sqlite3.connect(of.folder / "prefect" / "prefect.db", timeout=60)) as history, history:
        runs = _copied_runs(history, visits - 1)
    with writing(of.database) as session:
        rows = session.scalars(select(VisitRow).where(VisitRow.kind == Kind.VISIT, VisitRow.flow_run_id.is_(None)))
        for row, run in zip(rows.all(), runs, strict=True):
            row.flow_run_id = run


def _copied_runs(history: sqlite3.Connection, count: int) -> list[str]:
    """So many runs like the one that is parked, each with its state."""
    history.row_factory = sqlite3.Row
    run = dict(history.execute("select * from flow_run where state_type = 'PAUSED' limit 1").fetchone())
    state = dict(history.execute("select * from flow_run_state where id = ?", (run["state_id"],)).fetchone())
    made = [(str(uuid.uuid4()), str(uuid.uuid4())) for _ in range(count)]
    runs = ({**run, "id": one, "state_id": None, "idempotency_key": one} for one, _state in made)
    _insert(history, "flow_run", runs)
    _insert(history, "flow_run_state", ({**state, "id": own, "flow_run_id": one} for one, own in made))
    history.executemany("update flow_run set state_id = ? where id = ?", [(own, one) for one, own in made])
    return [one for one, _own in made]


def _insert(history: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" for _ in row)
        history.execute(f"insert into {table} ({names}) values ({marks})", tuple(row.values()))


def _parked(of: Settings) -> int:
    """The visits that rest in their rows and whose run is parked in Prefect."""
    with closing(sqlite3.connect(of.folder / "prefect" / "prefect.db", timeout=60)) as history:
        paused = {one for (one,) in history.execute("select id from flow_run where state_type = 'PAUSED'")}
    return sum(row.worker is None and row.wait is not None and row.flow_run_id in paused for row in all_rows())


if __name__ == "__main__":
    sys.exit(say(measure))
