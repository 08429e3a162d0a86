"""kill -9 at fifty points of reading and of acting: each message is one row, moved once, dealt with once."""

import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from answers.incoming import acting
from answers.incoming.outcome import Outcome
from config.settings import Settings, settings, use
from database.engine import engine_for, reading
from database.incoming import IncomingRow
from database.models import AuditRow
from domain.incoming import MailState
from inbox.mail_server import Inbox
from tasks import incoming as rounds
from tests.databases import databases
from tests.desk import Desk
from tests.imap_server import ImapServer, imap_server
from tests.incoming_mail import answer_to, by_a_program, mail

POINTS, SEED = 50, 20240101
_VERBS = ("__enter__", "uids", "whole", "head", "move")


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """The visit whose request has been issued."""
    desk.until_asked()
    return desk


@pytest.fixture
def server(office: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImapServer]:
    """An inbox from which messages are moved, a few at a time; answers call their visit."""
    monkeypatch.setattr(rounds, "_BATCH", 3)
    monkeypatch.setattr(acting, "propose", lambda *_given: Outcome(MailState.DONE, "nhận", wakes=True))
    with imap_server() as running:
        use(office.model_copy(update={"inbox": running.settings(done_folder="xong")}))
        yield running


def messages(asked: Desk) -> list[bytes]:
    """Answers, one of them twice, programs, one without a name."""
    answers = [answer_to(asked.letters()[0], number) for number in range(1, 6)]
    nameless = mail(number=9).replace(b"Message-ID: <thu-9@bien-hoa.example>\r\n", b"")
    return [*answers, answers[0], by_a_program(7), by_a_program(8), nameless]


def in_a_process(work: Callable[[], object]) -> int:
    """Do it in a process of its own; the signal that ended it, 0 if none did."""
    child = os.fork()
    if child:
        return os.WTERMSIG(os.waitpid(child, 0)[1])
    try:
        engine_for(settings().database).dispose(close=False)
        work()
    finally:
        os._exit(0)


def dies_at(point: int, ticks: list[int]) -> None:
    """Let this process be killed at that point: before or after a verb, before or after a commit."""

    def tick(*_given: Any) -> None:
        ticks.append(1)
        if len(ticks) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in _VERBS:
        setattr(Inbox, name, _around(getattr(Inbox, name), tick))
    event.listen(Session, "before_commit", tick)
    event.listen(Session, "after_commit", tick)


def _around(verb: Callable[..., Any], tick: Callable[[], None]) -> Callable[..., Any]:
    def ticking(*given: Any, **named: Any) -> Any:
        tick()
        answer = verb(*given, **named)
        tick()
        return answer

    return ticking


def points_of(asked: Desk, server: ImapServer) -> int:
    """How many points a round over these messages has."""
    server.deliver(*messages(asked))
    told, tell = os.pipe()

    def count() -> None:
        ticks: list[int] = []
        dies_at(0, ticks)
        rounds.read_inbox()
        os.write(tell, f"{len(ticks)}".encode())

    assert in_a_process(count) == 0
    return int(os.read(told, 20))


def empty(server: ImapServer) -> None:
    for folder in ("INBOX", "xong"):
        with server.signed_in(folder) as client:
            client.store("1:*", "+FLAGS", r"(\Deleted)")
            client.expunge()


def test_each_message_is_one_row_moved_once_and_dealt_with_once_wherever_a_process_dies(
    asked: Desk, server: ImapServer
) -> None:
    before, called = databases().keep(settings().database), asked.visit.wake_wanted
    points = random.Random(SEED).sample(range(1, points_of(asked, server) + 1), POINTS)

    for point in points:
        empty(server)
        databases().put_back(before, settings().database)
        server.deliver(*messages(asked))
        assert in_a_process(lambda here=point: (dies_at(here, []), rounds.read_inbox())) == signal.SIGKILL  # type: ignore[misc]
        assert in_a_process(rounds.read_inbox) == 0
        with reading(settings().database) as session:
            rows = session.query(IncomingRow).all()
            acts = Counter(row.details["message"] for row in session.query(AuditRow) if "message" in row.details)
        assert (len(rows), {row.copy for row in rows}) == (8, {0}), point
        assert {row.state for row in rows} == {MailState.DONE}, point
        assert acts == Counter(row.id for row in rows), point
        assert asked.visit.wake_wanted == called + 5, point
        # What has no Message-ID is known by the whole alone: killed before it was moved, it stays where it lies.
        assert len(server.flags("xong")) + len(server.flags()) == 9, point
        assert len(server.flags()) <= 1, point
