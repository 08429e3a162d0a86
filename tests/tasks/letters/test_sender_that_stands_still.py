"""A sender that stood still for longer than its lease, once back, sends nothing that others have taken over (0046)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest

from config.settings import ROOT, Settings, settings
from database import outbox, visits
from database.engine import writing
from rehearsal.outside import count_duplicates, message_ids
from tasks.letters.deliver import recover
from tasks.letters.sending import send_queued
from tasks.worker import LeaseLost, lay_down, take_up
from tests.desk import Desk
from tests.tasks.conftest import Mailbox
from tests.tasks.letters.conftest import states

#: Sends what is queued, and stands still as soon as the claim of the first letter is on the disk.
STANDS_STILL = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.orm import Session
from database import outbox
from tasks.letters.sending import send_queued
taken = []
event.listen(Session, "after_commit", lambda _session: taken and os.kill(os.getpid(), signal.SIGSTOP))
take = outbox.take
outbox.take = lambda *claim: taken.append(0) or take(*claim)
send_queued(int(sys.argv[1]))
"""


@pytest.fixture
def still(queued: Desk, home: Settings, mailbox: Mailbox) -> Iterator[subprocess.Popen[bytes]]:
    """A process that stands still between its claim and the letter, with a lease of two seconds."""
    told = {
        "MODE": "rehearsal",
        "HOME": f"{home.folder}",
        "MAILBOX_PORT": f"{mailbox.server.port}",
        "LEASE_SECONDS": "2",
    }
    told |= {"DATABASE_URL": "" if home.database.startswith("sqlite") else home.database}
    environment = os.environ | {f"VISITS_{name}": text for name, text in told.items() if text}
    command = [sys.executable, "-c", STANDS_STILL, f"{queued.visit.id}"]
    process = subprocess.Popen(command, cwd=ROOT, env={**environment, "PYTHONPATH": f"{ROOT}"})
    while psutil.Process(process.pid).status() != psutil.STATUS_STOPPED:
        assert process.poll() is None
        time.sleep(0.05)
    yield process
    process.kill()
    process.wait()


def test_who_comes_back_with_a_lost_lease_sends_nothing_of_what_others_have_taken_over(
    queued: Desk, mailbox: Mailbox, still: subprocess.Popen[bytes]
) -> None:
    recover(queued.visit.id)
    assert sending(queued) == ["sending"], "its lease still runs"
    time.sleep(2.5)
    recover(queued.visit.id)
    (taken_over,) = [one for one in queued.letters() if one.state == "uncertain"]

    let_go_on(still)

    assert mailbox.messages(), "what nobody had in hand goes on"
    assert taken_over.message_id not in message_ids(settings().mailbox)
    assert [one.id for one in queued.letters() if one.state == "uncertain"] == [taken_over.id]


def test_what_nobody_has_taken_over_waits_again_when_it_comes_back(
    queued: Desk, mailbox: Mailbox, still: subprocess.Popen[bytes]
) -> None:
    time.sleep(2.5)

    let_go_on(still)

    assert set(states(queued).values()) <= {"queued", "sent"}
    assert send_queued(queued.visit.id).left == 0
    assert set(states(queued).values()) == {"sent"}
    assert count_duplicates(settings().mailbox) == 0
    assert len(mailbox.messages()) == 10


def test_whoever_has_lost_the_visit_calls_no_letter_of_it_uncertain(asked: Desk) -> None:
    """The other has the visit, and its letters with it."""
    number = asked.visit.id
    (letter,) = asked.letters()
    with writing(settings().database) as session:
        take_up(session, number)
        visits.get(session, number, lock=True).worker = "another"
        assert outbox.take(session, letter.id, "a process without a lease")
    try:
        with pytest.raises(LeaseLost):
            recover(number)
    finally:
        lay_down(number)
    assert [one.state for one in asked.letters()] == ["sending"]


def let_go_on(process: subprocess.Popen[bytes]) -> None:
    """Until it ends; each claim lets it stand still once more."""
    while process.poll() is None:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGCONT)
        time.sleep(0.05)


def sending(desk: Desk) -> list[str]:
    return [state for state in states(desk).values() if state == "sending"]
