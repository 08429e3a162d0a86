"""Workers of a pool as an office starts them: Prefect's own command, beside a service whose runner only asks."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from config.settings import ROOT
from deployments.service.embedded import Service

POOL = "party-visits"


def installed_in(folder: Path) -> str:
    """What an installation of this code has and a checkout lacks: its entry points, as pip writes them down."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    place = folder / f"party_visits-{project['version']}.dist-info"
    place.mkdir(parents=True, exist_ok=True)
    (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: party-visits\nVersion: {project['version']}\n")
    lines = [f"[{group}]\n{name} = {value}\n" for group, known in project["entry-points"].items()
             for name, value in known.items()]  # fmt: skip
    (place / "entry_points.txt").write_text("\n".join(lines))
    return str(folder)


@dataclass
class Worker:
    """One worker of the pool, as a process, with what it has said."""

    process: subprocess.Popen[bytes]
    log: Path

    def family(self) -> list[psutil.Process]:
        """It, and all that works for it."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]


@contextmanager
def worker_of(service: Service, kind: str, name: str) -> Iterator[Worker]:
    """`prefect worker start` in the environment of the service; ended when this is left."""
    folder = service.settings.folder.parent / f"worker-{name}"
    environment = service.environment | {"PREFECT_HOME": str(folder / "prefect")}
    environment["PYTHONPATH"] = os.pathsep.join([environment["PYTHONPATH"], installed_in(folder)])
    log = folder / "worker.log"
    command = [sys.executable, "-m", "prefect", "--no-prompt", "worker", "start", "--pool", POOL, "--type", kind]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--name", name, "--limit", "4"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    worker = Worker(process, log)
    try:
        yield worker
    finally:
        end(worker)


def end(worker: Worker) -> None:
    """As systemd ends it; what is left after that for good."""
    if worker.process.poll() is not None:
        return
    members = worker.family()
    worker.process.terminate()
    _gone, alive = psutil.wait_procs(members, timeout=15)
    for one in alive:
        one.kill()
    worker.process.wait(5)


def workers_shown(service: Service) -> dict[str, str]:
    """The workers on the pool's page in Prefect, each with its status."""
    url = f"{service.settings.prefect_url}/api/work_pools/{POOL}/workers/filter"
    return {one["name"]: one["status"] for one in httpx.post(url, json={}, timeout=30).raise_for_status().json()}
