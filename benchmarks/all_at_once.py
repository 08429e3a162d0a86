"""How a thousand visits opened at once get through three runners side by side: all of them, each once, and how fast.

Run: `.venv/bin/python -m benchmarks.all_at_once [visits] [runners]`. Prints one JSON object: how long it took to create
the runs while the runners stood still, runs per second from then until the last visit was parked, what each runner
did, and what must be zero: visits not parked, visits worked on more than once, letters missing or doubled. `put_back`
are runs that two runners took in the same hundredths of a second: the second one finds the visit in other hands.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil

from benchmarks.crowd import cpu_seconds, crowd
from config.settings import ROOT, Settings, for_rehearsal, use
from deployments.service.embedded import Service
from deployments.service.environment import enter, prefect_environment


def taken(home: Path) -> tuple[Counter[str], int]:
    """How many runs each runner took, and how many runs were taken more than once."""
    history = sqlite3.connect(home / "prefect" / "prefect.db")
    by_runner = history.execute("select message, count(*) from flow_run_state where type = 'PENDING' group by message")
    twice = history.execute(
        "select count(*) from (select 1 from flow_run_state where type = 'PENDING'"
        " group by flow_run_id having count(*) > 1)"
    )
    return Counter({str(who): int(count) for who, count in by_runner}), int(twice.fetchone()[0])


def another_runner(of: Settings, number: int) -> subprocess.Popen[bytes]:
    """One more runner beside the service's own."""
    with (of.folder / "logs" / f"runner-{number}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "deployments.warm.runner"], cwd=ROOT, env=prefect_environment(of),
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip


def main(count: int = 1000, runners: int = 3) -> int:
    """Measure and print; 1 where a visit was not parked, was worked on twice, or a letter is missing or doubled."""
    chosen = use(for_rehearsal(Path(tempfile.mkdtemp(prefix="visits-at-once-")) / "rehearsal"))
    enter(chosen)
    from database import visits
    from database.engine import reading
    from flows.engine.server import one_connection
    from flows.open_due_visits import open_due
    from rehearsal.run import files_of, load

    def parked() -> int:
        with reading(chosen.database) as session:
            return sum(row.waiting_state is not None and row.worker is None for row in visits.open_ones(session))

    plan, contacts, script = files_of("2024")
    with Service(chosen, afresh=True) as service:
        others = [another_runner(chosen, number) for number in range(2, runners + 1)]
        while len(list((chosen.folder / "wake-pipes").glob("*"))) < runners:
            time.sleep(0.5)  # until each of them listens
        load(chosen, *crowd(plan, contacts, count), script)
        standing = [psutil.Process(service.pid("runner")), *(psutil.Process(one.pid) for one in others)]
        for runner in standing:
            runner.suspend()
        begun = time.monotonic()
        with one_connection():
            open_due()
        created = time.monotonic() - begun
        for runner in standing:
            runner.resume()
        used, begun = cpu_seconds(), time.monotonic()
        while parked() < count and time.monotonic() - begun < count:
            time.sleep(1)
        seconds, used = time.monotonic() - begun, cpu_seconds() - used
        for other in others:
            other.terminate()
        by_runner, put_back = taken(chosen.folder)
        left, came = count - parked(), what_came_of_it(chosen)
        print(json.dumps({
            "visits": count, "runners": len(by_runner), "seconds": round(seconds, 1), "created_in": round(created, 1),
            "runs_per_second": round(count / seconds, 2), "cpu_per_run": round(used / count, 3),
            "by_runner": sorted(by_runner.values()), "not_parked": left, "put_back": put_back, **came,
        }, ensure_ascii=False))  # fmt: skip
    return int(bool(left or any(number for name, number in came.items() if name != "letters")))


def what_came_of_it(chosen: Settings) -> dict[str, int]:
    """Whether a visit was worked on twice, a letter lost or doubled."""
    from database import outbox, visits
    from database.engine import reading
    from rehearsal.outside import message_ids

    with reading(chosen.database) as session:
        twice = sum(row.wakeups > 1 for row in visits.open_ones(session))
        sent = outbox.counts(session).get("sent", 0)
    arrived = Counter(message_ids(chosen.mailbox))
    doubled = sum(arrived.values()) - len(arrived)
    return {"worked_twice": twice, "letters": sent, "letters_missing": sent - len(arrived), "letters_doubled": doubled}


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
