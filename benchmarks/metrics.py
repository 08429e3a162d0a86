"""What a scrape of `/metrics` costs with many visits and letters: seconds, and how many queries it makes.

Run: `.venv/bin/python -m benchmarks.metrics [visits] [address of a PostgreSQL database]`. Prints one JSON object.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import event, insert

from config.settings import Settings, use
from database.engine import engine_for, reading, writing
from database.models import LetterRow, VisitRow
from database.schema import prepare
from domain.dates import OFFICE_ZONE
from domain.role import Role
from domain.state import LetterState, VisitState
from overview.gauges import gauges

_TIMES = 20


def fill(url: str, count: int) -> None:
    """So many visits, every other one waiting, and one letter of each."""
    now = datetime.now(OFFICE_ZONE)
    with writing(url) as session:
        session.execute(insert(VisitRow), list(_visits(count, now)))
        session.execute(insert(LetterRow), list(_letters(count, now)))


def _visits(count: int, now: datetime) -> Iterator[dict[str, object]]:
    roles = list(Role)
    for number in range(count):
        is_open = number % 2 == 0
        yield {
            "id": number + 1, "year": 2000 + number // 2000, "month": 1 + number % 12, "unit": f"unit_{number}",
            "opens_on": now.date(), "state": VisitState.OPEN if is_open else VisitState.CLOSED,
            "waiting_for": roles[number % len(roles)] if is_open else None,
            "waiting_since": now - timedelta(hours=number % 2000) if is_open else None,
        }  # fmt: skip


def _letters(count: int, now: datetime) -> Iterator[dict[str, object]]:
    states = [LetterState.SENT] * 8 + [LetterState.QUEUED, LetterState.HELD]
    for number in range(count):
        yield {
            "visit_id": number + 1, "purpose": "selection_notice", "recipient": "host", "revision": 0,
            "state": states[number % len(states)], "message_id": f"<{number}@visits.example>", "sender": "a@b.example",
            "subject": "thư", "raw": b"x" * 2000, "queued_at": now,
        }  # fmt: skip


def main(count: int = 40_000, address: str = "") -> None:
    """Measure and print."""
    of = use(Settings(home=Path(tempfile.mkdtemp(prefix="visits-metrics-")), database_url=SecretStr(address)))
    prepare(of.database)
    fill(of.database, count)
    queries: list[str] = []
    event.listen(engine_for(of.database), "before_cursor_execute", lambda *call: queries.append(call[2]))
    taken = []
    for _ in range(_TIMES):
        began, queries[:] = time.monotonic(), []
        with reading(of.database) as session:
            found = len(list(gauges(session, of, datetime.now(OFFICE_ZONE), 10**9)))
        taken.append(time.monotonic() - began)
    told = {"median": round(statistics.median(taken), 4), "worst": round(max(taken), 4)}
    print(json.dumps({"visits": count, "figures": found, "queries": len(queries), **told}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40_000, *sys.argv[2:3])
