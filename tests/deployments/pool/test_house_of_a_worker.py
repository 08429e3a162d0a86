"""What a worker hands to its house of warm processes, and when; and in which form a worker logs."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun
from prefect.workers.base import BaseJobConfiguration

from config.settings import ROOT
from deployments.pool.worker import WarmWorker

#: A house that does nothing with a run but say so, after a moment, and writes down when.
_HOUSE = """
import json, sys, threading, time
def do(run):
    print(json.dumps({"run": run, "pid": 7}), flush=True)
    open(sys.argv[1], "a").write("begun ")
    time.sleep(0.3)
    open(sys.argv[1], "a").write("ended ")
    print(json.dumps({"run": run, "code": 0}), flush=True)
for line in sys.stdin:
    threading.Thread(target=do, args=(json.loads(line)["id"],)).start()
"""


def test_a_run_that_is_woken_while_its_last_execution_ends_waits_for_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker without a limit is handed it at once; both executions come to their end."""
    monkeypatch.setattr(WarmWorker, "house", (sys.executable, "-c", _HOUSE, f"{tmp_path / 'told'}"))

    async def twice() -> list[str]:
        worker, run = WarmWorker(work_pool_name="party-visits"), FlowRun(id=uuid4(), flow_id=uuid4())
        executions = (worker.run(run, BaseJobConfiguration()) for _ in range(2))
        results = await asyncio.wait_for(asyncio.gather(*executions), 30)
        house = worker._house
        assert house
        assert house.stdin
        house.stdin.close()
        await house.wait()
        return [one.identifier for one in results]

    assert asyncio.run(twice()) == ["7", "7"]
    assert (tmp_path / "told").read_text().split() == ["begun", "ended"] * 2


def test_a_worker_logs_as_json_where_the_office_has_set_it(tmp_path: Path) -> None:
    """Nobody answers at that address: the first thing a worker says is an error."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("VISITS_", "PREFECT_"))}
    given = {"VISITS_HOME": f"{tmp_path}", "VISITS_LOG_FORMAT": "json", "VISITS_MODE": "rehearsal",
             "VISITS_PREFECT_API_URL": "http://127.0.0.1:1/api", "PYTHONPATH": f"{ROOT}"}  # fmt: skip
    code = (
        "import sys; sys.argv = ['start', 'process', '--help']\n"
        "from deployments.pool.start import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "import logging; from prefect.logging import get_logger\n"
        "get_logger('worker').error('không tới được máy chủ')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean | given, capture_output=True, text=True, timeout=120
    )
    told = json.loads(done.stderr.splitlines()[-1])
    assert (told["level"], told["message"]) == ("ERROR", "không tới được máy chủ")
