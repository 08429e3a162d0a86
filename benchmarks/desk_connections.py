"""What deadlines for callers cost the honest ones: the same pages with them and by uvicorn alone, side by side.

Run: `.venv/bin/python -m benchmarks.desk_connections [requests]`. Prints one JSON object: for the sign-in page and the
year page, requests a second and milliseconds of the server's CPU for each, with and without, and the ratio. Both
servers run at the same time and are asked in turn. Ends with 1 when a page is more than a tenth slower.
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

#: The least ratio of requests a second, with deadlines to without.
BOUND = 0.9
_WARM = 20  # requests before it counts
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


def asked(servers: dict[str, psutil.Process], token: str, page: str, requests: int) -> dict[str, dict[str, float]]:
    """Requests a second by the median of their times, and milliseconds of CPU for each: both asked request by request.

    Whatever else the machine does falls on both alike.
    """
    cookies = {session_cookie(): token} if token else {}
    browsers = {way: httpx.Client(base_url=f"http://127.0.0.1:{_PORTS[way]}", cookies=cookies) for way in servers}
    taken: dict[str, list[float]] = {way: [] for way in servers}
    used: dict[str, float] = {}
    for number in range(-_WARM, requests):
        if number == 0:
            used = {way: _cpu(server) for way, server in servers.items()}
        for way in sorted(servers, reverse=bool(number % 2)):
            begun = time.perf_counter()
            assert browsers[way].get(page, timeout=30).status_code == 200
            if number >= 0:
                taken[way].append(time.perf_counter() - begun)
    for browser in browsers.values():
        browser.close()
    return {
        way: {
            "requests/s": round(1 / statistics.median(taken[way]), 1),
            "CPU ms": round((_cpu(server) - used[way]) * 1000 / requests, 2),
        }
        for way, server in servers.items()
    }


def _cpu(server: psutil.Process) -> float:
    used = server.cpu_times()
    return used.user + used.system


def main(requests: int = 2000) -> int:
    """Measure and print; 1 if the bound is broken."""
    home = Path(tempfile.mkdtemp(prefix="visits-desk-"))
    plan, contacts = shipped()
    token, _ = build(home, plan, contacts, range(2024, 2025))
    alone, timed = _PORTS
    found: dict[str, dict[str, object]] = {}
    slower = []
    try:
        with serving(home, alone) as first, serving(home, timed) as second:
            for name, page, known in (("sign-in page", "/dang-nhap", ""), ("year page", "/nam/2024", token)):
                ways = asked({alone: first, timed: second}, known, page, requests)
                ratio = ways[timed]["requests/s"] / ways[alone]["requests/s"]
                found[name] = {**ways, "requests/s, with to without": round(ratio, 3)}
                slower += [name] if ratio < BOUND else []
    finally:
        engine_for(settings().database).dispose()
        shutil.rmtree(home)
    print(json.dumps(found, indent=1))
    return 1 if slower else 0


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
