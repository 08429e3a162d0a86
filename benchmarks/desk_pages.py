"""How quickly the desk shows the year and a visit: real HTTP on loopback, a crowded database and that of the real plan.

Run: `.venv/bin/python -m benchmarks.desk_pages [units] [years] [requests]`. Prints one JSON object: for each page the
milliseconds at p50 and p95, those of CPU that the server spent on it, and the number of SQL queries. Ends with 1 when a
bound is broken: 60 ms at p95 with 3,300 units and 40,000 visits, 20 ms with the real plan, which holds the pages of
one's own day to it as well, and as many queries with the one as with the other. On a machine that is busy with other
things only the CPU time means anything.
"""

import json
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import psutil
from fastapi.testclient import TestClient
from sqlalchemy import event

from answers.accounts import add
from benchmarks.desk_crowd import crowded, fill
from config.contacts_file import read_contacts
from config.settings import ROOT, Settings, settings, use
from database import accounts, calendar_links
from database.engine import engine_for, writing
from database.schema import prepare
from domain.dates import at
from domain.plan import Contacts, Plan
from planning.plan_file import read_plan
from web.app import create_app
from web.desk.access import wall_clock
from web.desk.security_tokens import session_cookie

#: Milliseconds at p95.
BOUND_CROWDED, BOUND_REAL = 60, 20
#: The pages that the bounds are for; with the real plan those of one's own day as well.
BOUND = ("year", "visit, closed", "visit, open", "calendar", "archives")
BOUND_OF_REAL = (*BOUND, "mine", "news", "search", "help", "own dates")
_PORT = 8791
_SERVER = """
import sys
from pathlib import Path
import uvicorn
from config.settings import Settings, use
use(Settings(mode="rehearsal", home=Path(sys.argv[1]), prefect_port=1, _env_file=None))
from web.app import create_app
uvicorn.run(create_app(), host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
"""


def shipped() -> tuple[Plan, Contacts]:
    """The plan and contacts of 2024."""
    plan, _ = read_plan(ROOT / "config" / "plans" / "2024.yaml")
    assert plan
    contacts, _ = read_contacts(ROOT / "config" / "contacts" / "2024.yaml", plan)
    assert contacts
    return plan, contacts


def build(home: Path, plan: Plan, contacts: Contacts, years: range) -> tuple[str, str, int]:
    """A database of those years, on 20/5 of the last one.

    Returns the token of somebody signed in, the key of his calendar, and how many visits there are.
    """
    use(Settings(mode="rehearsal", home=home, prefect_port=1, _env_file=None))
    prepare(settings().database)
    token = secrets.token_urlsafe(16)
    with writing(settings().database) as session:
        visits = fill(session, plan, contacts, years, at(date(years[-1], 5, 20), 9))
        row = add(session, "do", "Người đo", ["officer"], secrets.token_urlsafe(12), "đo", must_change=False)
        accounts.begin_session(session, row.id, token, wall_clock())
        key = calendar_links.make(session, row.id, "đo")
    return token, key, visits


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The desk in a process of its own; gives its address and the process."""
    server = subprocess.Popen([sys.executable, "-c", _SERVER, str(home), str(_PORT)], cwd=ROOT)
    address = f"http://127.0.0.1:{_PORT}"
    try:
        for _ in range(100):
            try:
                httpx.get(f"{address}/suc-khoe", timeout=1)
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield address, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(10)


def times(address: str, server: psutil.Process, token: str, page: str, requests: int) -> dict[str, float]:
    """Milliseconds from sending the request to having the whole page; a few requests before that warm the process."""
    taken = []
    with httpx.Client(base_url=address, cookies={session_cookie(): token}, timeout=60) as browser:
        for number in range(requests + 10):
            if number == 10:
                before = _cpu(server)
            begun = time.perf_counter()
            answer = browser.get(page)
            if number >= 10:
                taken.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 200, (page, answer.status_code)
    spent = _cpu(server) - before
    taken.sort()
    return {
        "p50": round(taken[len(taken) // 2], 1),
        "p95": round(taken[int(len(taken) * 0.95)], 1),
        "cpu": round(spent * 1000 / requests, 1),
        "kilobytes": round(len(answer.content) / 1024),
    }


def _cpu(server: psutil.Process) -> float:
    used = server.cpu_times()
    return used.user + used.system


def queries(token: str, page: str) -> int:
    """How many statements the page sends to the database."""
    sent = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    engine = engine_for(settings().database)
    browser = TestClient(create_app(), base_url="http://127.0.0.1", cookies={session_cookie(): token})
    browser.get(page)
    event.listen(engine, "before_cursor_execute", note)
    browser.get(page)
    event.remove(engine, "before_cursor_execute", note)
    return len([one for one in sent if not one.startswith(("BEGIN", "PRAGMA"))])


def measure(plan: Plan, contacts: Contacts, years: range, requests: int) -> dict[str, Any]:
    """Build a database, serve it, measure its pages."""
    home = Path(tempfile.mkdtemp(prefix="visits-desk-"))
    try:
        token, key, visits = build(home, plan, contacts, years)
        last = years[-1]
        closed, open_one = (next(visit for visit in plan.visits if visit.month == month) for month in (2, 6))
        pages = {
            "year": f"/nam/{last}", "visit, closed": f"/chuyen/{closed.key(last)}",
            "visit, open": f"/chuyen/{open_one.key(last)}", "mine": "/viec-cua-toi", "letters": "/thu",
            "register": "/so-van-ban", "calendar": "/lich-lam-viec", "archives": "/luu-tru",
            "news": "/tu-lan-truoc?tu=7-ngay", "search": "/tim?q=chi bo mau", "help": "/tro-giup",
            "own dates": f"/lich/{key}.ics",
        }  # fmt: skip
        with serving(home) as (address, server):
            found: dict[str, Any] = {
                name: times(address, server, token, page, requests) for name, page in pages.items()
            }
        for name, page in pages.items():
            found[name]["queries"] = queries(token, page)
        return {"units": len(plan.units), "visits": visits, "pages": found}
    finally:
        engine_for(settings().database).dispose()
        shutil.rmtree(home)


def main(units: int = 3300, years: int = 12, requests: int = 200) -> int:
    """Measure and print; 1 if a bound is broken."""
    plan, contacts = shipped()
    span = range(2025 - years, 2025)
    real = measure(plan, contacts, range(2024, 2025), requests)
    full = measure(*crowded(plan, contacts, units), span, requests)
    broken = [
        f"{name}, {page}: {shown['pages'][page]['p95']} ms"
        for name, shown, bound, pages in (
            ("real plan", real, BOUND_REAL, BOUND_OF_REAL),
            ("crowded", full, BOUND_CROWDED, BOUND),
        )
        for page in pages
        if shown["pages"][page]["p95"] > bound
    ]
    broken += [f"queries of {p}" for p in BOUND if real["pages"][p]["queries"] != full["pages"][p]["queries"]]
    print(json.dumps({"real": real, "crowded": full, "broken": broken}, ensure_ascii=False, indent=1))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
