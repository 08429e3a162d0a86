"""How long a visit needs from a click at the desk to the start of its step: the whole embedded service, real HTTP.

Run: `.venv/bin/python -m benchmarks.wake_up [choices]`. A leader chooses for one visit after the other; a click is the
POST of the form, the start is when the task of the step began to run, as Prefect has it. Prints one JSON object with
the seconds of each, median and maximum, the seconds until the leader has the next page, and the load of the machine.
Ends with 1 when a start came later than 5 s after its click.
"""

import json
import os
import re
import socket
import statistics
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx

from answers.password_strength import REHEARSAL_PASSWORD
from benchmarks.parked_visits import crowd
from config.settings import Settings, for_rehearsal, settings, use
from deployments.service.embedded import Service
from deployments.service.environment import enter
from domain.dates import OFFICE_ZONE, at
from domain.nomination import Meeting, MeetingKind, Nominations, OrgType
from domain.obligation import Kind, parse_reference

#: Seconds.
BOUND = 5.0
_ASKED_ON = date(2024, 1, 10)
_CELL = Meeting(
    1, "Chi bộ mẫu", OrgType.CELL_GRASSROOTS, "", at(date(2024, 3, 14), 14), "Phòng họp A", MeetingKind.THEMATIC,
    "Nêu gương", 31,
)  # fmt: skip


def as_live(of: Settings) -> Settings:
    """The same looking for work as often as a live service does, on ports that nobody uses."""
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    ports = [door.getsockname()[1] for door in doors]
    for door in doors:
        door.close()
    chosen = dict(zip(("prefect_port", "mailbox_port", "desk_port"), ports, strict=True))
    return of.model_copy(update={**chosen, "poll_seconds": Settings.model_fields["poll_seconds"].default})


def bring_to_the_choice(service: Service, count: int) -> list[str]:
    """Open so many visits and send in their lists; returns their keys when all wait for the leader."""
    from answers.answering import Giver
    from answers.nominations import nominate
    from database import clock
    from database.engine import writing
    from flows.engine.wake_pipe import ring
    from flows.open_due_visits import open_due
    from rehearsal.run import files_of, load

    plan, contacts, script = files_of("2024")
    load(settings(), *crowd(plan, contacts, count), script)
    with writing(settings().database) as session:
        clock.set_rehearsal(session, at(_ASKED_ON, 9))
    keys = [key for key in open_due() if parse_reference(key).kind is Kind.VISIT]  # the plan itself opens as well
    wait_for(service, "Chờ danh sách", keys)
    for key in keys:
        nominate(key, Nominations((_CELL,), _ASKED_ON), Giver("Ban Thường vụ mẫu", "rehearsal"))
        ring()
    wait_for(service, "Chờ lựa chọn", keys)
    return keys


def wait_for(service: Service, state: str, keys: list[str]) -> None:
    """Wait until every one of these visits is parked under that name."""
    from database import visits
    from database.engine import reading
    from flows.reconcile_visits import reconcile

    for number in range(300):
        service.watch()
        with reading(settings().database) as session:
            rows = [visits.find(session, key) for key in keys]
        if all(row.waiting_state == state and row.worker is None for row in rows):
            return
        if number % 20 == 19:
            reconcile()  # as the schedule does in the live service
        time.sleep(0.5)
    raise SystemExit(f"not every visit came to “{state}”: see {settings().folder}")


def sign_in(browser: httpx.Client) -> None:
    """The leader does."""
    form = {"login": "lanhdao", "password": REHEARSAL_PASSWORD, "csrf": token_on(browser, "/dang-nhap"), "tiep": "/"}
    assert browser.post("/dang-nhap", data=form).status_code == 303


def token_on(browser: httpx.Client, page: str) -> str:
    """What the form on that page must bring back."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', browser.get(page).text)
    assert found, page
    return found[1]


def measure(browser: httpx.Client, key: str) -> tuple[float, float]:
    """Seconds from one click to the start of the step, and to the answer of the desk."""
    from database import visits
    from database.engine import reading

    page = f"/chuyen/{key}/chon"
    form = {"meeting": "1", "consulted": "Thường trực mẫu", "csrf": token_on(browser, page)}
    with reading(settings().database) as session:
        run = visits.find(session, key).flow_run_id
    clicked = datetime.now(OFFICE_ZONE)
    answer = browser.post(page, data=form)
    answered = datetime.now(OFFICE_ZONE)
    assert answer.status_code == 303, answer.text
    return (started(str(run), clicked) - clicked).total_seconds(), (answered - clicked).total_seconds()


def started(run: str, clicked: datetime) -> datetime:
    """When the step that reads the choice began to run for the first time after the click."""
    with httpx.Client(base_url=f"{settings().prefect_url}/api", timeout=10) as prefect:
        for _ in range(150):
            bars = prefect.post("/task_runs/filter", json={"flow_runs": {"id": {"any_": [run]}}}).json()
            for bar in (one for one in bars if one["task_key"] == "step_3"):
                states: list[dict[str, Any]] = prefect.get(
                    "/task_run_states/", params={"task_run_id": bar["id"]}
                ).json()
                began = [datetime.fromisoformat(state["timestamp"]) for state in states if state["type"] == "RUNNING"]
                if after := [moment for moment in began if moment > clicked]:
                    return min(after)
            time.sleep(0.2)
    raise SystemExit(f"the step of {run} did not start within 30 s")


def main(count: int = 10) -> None:
    """Measure and print."""
    home = Path(tempfile.mkdtemp(prefix="visits-wake-up-")) / "rehearsal"
    chosen = use(as_live(for_rehearsal(home)))
    enter(chosen)
    with Service(chosen, afresh=True) as service:
        keys = bring_to_the_choice(service, count)
        with httpx.Client(base_url=settings().desk_url, timeout=30) as browser:
            sign_in(browser)
            seconds = [measure(browser, key) for key in keys]
    starts, answers = ([round(one[place], 2) for one in seconds] for place in (0, 1))
    told = {
        "clicks": len(starts), "start_median": round(statistics.median(starts), 2), "start_max": max(starts),
        "answer_median": round(statistics.median(answers), 2), "answer_max": max(answers), "starts": starts,
        "load": round(os.getloadavg()[0], 1), "processors": os.cpu_count(),
    }  # fmt: skip
    print(json.dumps(told))
    raise SystemExit(int(max(starts) > BOUND))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
