"""What deadlines for callers cost the honest ones: the same pages with them and by uvicorn alone, side by side.

Run: `.venv/bin/python -m benchmarks.desk_connections [rounds] [requests]`. Prints one JSON object: for the sign-in page
and the year page, requests a second and milliseconds of the server's CPU for each, with and without, and their ratio.
Both servers run at the same time and are asked in turn, so that a busy machine is busy for both. Ends with 1 when the
median of the rounds is more than a tenth slower in CPU time.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from benchmarks.desk_pages import build, shipped
from config.settings import ROOT, settings
from database.engine import engine_for
from web.desk.security_tokens import session_cookie

BOUND = 1.10
_PORTS = {"uvicorn alone": 8792, "with deadlines": 8793}
_SERVER = """
import sys
from pathlib import Path
import uvicorn
from config.settings import Settings, use
of = use(Settings(mode="rehearsal", home=Path(sys.argv[1]), prefect_port=1, desk_port=int(sys.argv[2]), _env_file=None))
from web.app import create_app
from web.connections.config import DeskConfig
alone = dict(host="127.0.0.1", port=of.desk_port, log_level="error", access_log=False, limit_concurrency=200)
config = DeskConfig(create_app(), of) if sys.argv[3] == "with deadlines" else uvicorn.Config(create_app(), **alone)
uvicorn.Server(config).run()
"""


@contextmanager
def serving(home: Path, way: str) -> Iterator[psutil.Process]:
    """The desk in a process of its own, in one of the two ways."""
    server = subprocess.Popen([sys.executable, "-c", _SERVER, str(home), str(_PORTS[way]), way], cwd=ROOT)
    try:
        for _ in range(150):
            try:
                httpx.get(f"http://127.0.0.1:{_PORTS[way]}/suc-khoe", timeout=1)
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(10)


def asked(way: str, server: psutil.Process, token: str, page: str, requests: int) -> tuple[float, float]:
    """Requests a second over one connection, and milliseconds of the server's CPU for each."""
    cookies = {session_cookie(): token} if token else {}
    with httpx.Client(base_url=f"http://127.0.0.1:{_PORTS[way]}", cookies=cookies, timeout=30) as browser:
        for _ in range(5):
            assert browser.get(page).status_code == 200
        used, begun = _cpu(server), time.perf_counter()
        for _ in range(requests):
            browser.get(page)
        return requests / (time.perf_counter() - begun), (_cpu(server) - used) * 1000 / requests


def _cpu(server: psutil.Process) -> float:
    used = server.cpu_times()
    return used.user + used.system


def main(rounds: int = 9, requests: int = 150) -> int:
    """Measure and print; 1 if the bound is broken."""
    home = Path(tempfile.mkdtemp(prefix="visits-desk-"))
    plan, contacts = shipped()
    token, _ = build(home, plan, contacts, range(2024, 2025))
    pages = {"sign-in page": ("/dang-nhap", ""), "year page": ("/nam/2024", token)}
    alone, timed = _PORTS
    found = {}
    try:
        with serving(home, alone) as first, serving(home, timed) as second:
            servers = {alone: first, timed: second}
            for name, (page, known) in pages.items():
                taken: dict[str, list[tuple[float, float]]] = {way: [] for way in _PORTS}
                for turn in range(rounds):
                    for way in (alone, timed) if turn % 2 else (timed, alone):
                        taken[way].append(asked(way, servers[way], known, page, requests))
                found[name] = _compared(taken, alone, timed)
    finally:
        engine_for(settings().database).dispose()
        shutil.rmtree(home)
    print(json.dumps(found, indent=1))
    return 1 if any(shown["CPU, ratio"] > BOUND for shown in found.values()) else 0


def _compared(taken: dict[str, list[tuple[float, float]]], alone: str, timed: str) -> dict[str, float]:
    rate = {way: statistics.median(rate for rate, _ in rounds) for way, rounds in taken.items()}
    cpu = {way: statistics.median(used for _, used in rounds) for way, rounds in taken.items()}
    shown = {f"requests/s, {way}": round(rate[way], 1) for way in taken}
    shown |= {f"CPU ms, {way}": round(cpu[way], 2) for way in taken}
    return shown | {
        "requests/s, ratio": round(rate[timed] / rate[alone], 3),
        "CPU, ratio": round(cpu[timed] / cpu[alone], 3),
    }


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
