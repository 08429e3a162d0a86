"""The year 2024 while its processes are killed: nothing is lost, nothing goes out twice (design §3, §5)."""

import json
import os
import random
import re
import socket
import sqlite3
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy.orm import Session

from config.settings import ROOT
from database.engine import engine_for
from letters.masked import original_id
from rehearsal.outside import message_ids
from tests.official_papers import official_papers
from tests.rehearsal.watched import calls_outside, ports_called, watching
from tests.sums import assert_figures_are_sums_of_records

KILLS = 20


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def runners(rehearsal: psutil.Process) -> list[psutil.Process]:
    """The runner that polls; the processes in which runs work are its children, or orphans of one that was killed."""
    alive = [one for one in rehearsal.children() if one.status() != psutil.STATUS_ZOMBIE]
    return [
        one for one in alive if "deployments.warm.runner" in " ".join(one.cmdline()) and os.getsid(one.pid) == one.pid
    ]


def steps_at_work(home: Path) -> list[psutil.Process]:
    """The processes in which a visit's steps run at this moment, as the visits name them."""
    at_work = "select worker.pid from visit join worker on worker.id = visit.worker"
    return [psutil.Process(pid) for (pid,) in sqlite3.connect(home / "visits.db").execute(at_work)]


def kill_now_and_then(rehearsal: psutil.Process, home: Path, chance: random.Random) -> Iterator[str]:
    """Kill a step's process or the runner at random moments; yields what was killed."""
    for number in range(KILLS):
        time.sleep(chance.uniform(0.5, 3))
        while rehearsal.status() != psutil.STATUS_ZOMBIE:
            with suppress(psutil.NoSuchProcess):
                victims = runners(rehearsal) if number % 2 else steps_at_work(home)
                if victims:
                    time.sleep(chance.uniform(0, 0.15))  # somewhere in the middle of its work
                    chance.choice(victims).kill()
                    yield "runner" if number % 2 else "step"
                    break
            time.sleep(0.02)


@pytest.mark.year
def test_the_year_ends_nine_of_nine_although_twenty_processes_are_killed(tmp_path: Path) -> None:
    """Every visit closed, every letter delivered exactly once."""
    seed = int(os.environ.get("VISITS_TEST_SEED", random.randrange(10**6)))
    print(f"\nseed {seed}: VISITS_TEST_SEED={seed} repeats the choice of moments")
    home = tmp_path / "rehearsal"
    ports = {f"VISITS_{name}_PORT": free_port() for name in ("PREFECT", "MAILBOX", "DESK")}
    environment = os.environ | ports | watching(tmp_path)
    command = [sys.executable, "-m", "cli.main", "rehearse", "2024", "--json", "--home", str(home)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    rehearsal = psutil.Process(process.pid)
    while not list(home.glob("mailbox/*.eml")):  # the first visit is under way
        assert process.poll() is None, "the rehearsal ended before it began"
        time.sleep(0.5)
    killed = list(kill_now_and_then(rehearsal, home, random.Random(seed)))
    output, _ = process.communicate(timeout=900)
    result = json.loads(output.splitlines()[-1])
    print(f"killed {Counter(killed)}; {result}")
    assert len(killed) == KILLS
    assert (result["visits"], result["completed"], result["stuck"]) == (9, 9, [])
    assert_every_letter_arrived_once(home)
    assert_the_year_is_whole(home, result)
    assert_six_steps_each(home)
    assert_every_letter_is_readable(home)
    assert_every_paper_has_number_and_day(home)
    assert {int(port) for port in ports.values()} - {int(ports["VISITS_DESK_PORT"])} <= ports_called(tmp_path)
    assert calls_outside(tmp_path) == set(), "nothing leaves this machine"


def assert_the_year_is_whole(home: Path, result: dict[str, Any]) -> None:
    """The plan went out, six of seven units reported, the summary was issued, and its figures are the records' sums."""
    assert result["reports"] == {"received": 6, "late": 1, "returned": 1, "missing": 1}
    assert result["recommendations"] == {"answered": 8, "unanswered": 1}
    assert re.fullmatch(r"\d\d-BC/BTCTU", result["summary"])
    with engine_for(f"sqlite:///{home / 'visits.db'}").connect() as connection, Session(connection) as session:
        assert_figures_are_sums_of_records(session, 2024)


def assert_every_letter_arrived_once(home: Path) -> None:
    """By mail; who has no address gets paper, and paper of a notice that was replaced is withdrawn."""
    on_paper = "select letter_id from letter_recipient where address like 'bản giấy: %'"
    query = f"select message_id, state, resolved_by from letter where id not in ({on_paper})"
    ledger = sqlite3.connect(home / "visits.db").execute(query).fetchall()
    arrived = Counter(message_ids(home / "mailbox"))
    assert {state for _, state, _ in ledger} == {"sent"}
    assert [one for one, _, _ in ledger if arrived[one] == 0] == [], "lost"
    resolved = {one for one, _, by in ledger if by}
    assert [one for one, count in arrived.items() if count > 1 and one not in resolved] == [], "twice"


def assert_every_letter_is_readable(home: Path) -> None:
    """Real mail that Python's own parser reads: whom it is for, what it says, and with which file."""
    database = sqlite3.connect(home / "visits.db")
    query = "select message_id, address from letter join letter_recipient on letter.id = letter_id order by place"
    addresses: dict[str, list[str]] = {}
    for message_id, address in database.execute(query):
        addresses.setdefault(message_id, []).append(address)
    subjects = dict(database.execute("select message_id, subject from letter").fetchall())
    for file in (home / "mailbox").glob("*.eml"):
        letter = message_from_bytes(file.read_bytes(), policy=default)
        name = original_id(letter["Message-ID"])
        subject, (addressee, *copies) = subjects[name], addresses[name]
        assert letter["Subject"] == subject
        got = [one.strip() for one in letter["X-Envelope-To"].split(",")]
        assert got in ([addressee, *copies], copies if name != letter["Message-ID"] else [addressee])
        body = letter.get_body(("plain",))
        assert body is not None
        words = body.get_content()
        assert words.startswith("Kính gửi")
        assert not re.search(r"</?[a-z]+>|\{\{|\}\}|None", words)
        assert unicodedata.is_normalized("NFC", words + subject)
        for attachment in letter.iter_attachments():
            assert (attachment.get_filename() or "").endswith((".docx", ".pdf", ".xlsx", ".ics"))


def assert_six_steps_each(home: Path) -> None:
    query = (
        "select visit_id, count(*), count(distinct step) from step join visit on visit.id = visit_id"
        " where kind = 'visit' group by visit_id"
    )
    rows = sqlite3.connect(home / "visits.db").execute(query).fetchall()
    assert len(rows) == 9
    assert all((steps, distinct) == (6, 6) for _, steps, distinct in rows)


def assert_every_paper_has_number_and_day(home: Path) -> None:
    """What bears the office's signature was issued by somebody, all year long (F9, F23)."""
    papers = official_papers(file.read_bytes() for file in sorted((home / "mailbox").glob("*.eml")))
    assert [one for one in papers if not one.is_issued] == []
    assert {one.number.partition("-")[2].partition("/")[0] for one in papers} == {"CV", "GM", "TB", "KH", "BC"}
